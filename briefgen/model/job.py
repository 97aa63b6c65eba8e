"""Jobs of the scheduler: when, on which days, which briefings, what afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Annotated, Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, model_validator
from pydantic_core import PydanticCustomError

from briefgen.model.value import Flag, Refers, Slug, Text, Value

_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days"}


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        known = tuple(available_timezones())
        raise PydanticCustomError("unknown_name", "time zone", {"known": known}) from None
    return name


def _cron(text: str) -> str:
    from cronsim import CronSim, CronSimError

    fields = text.split()
    if len(fields) != 5:
        names = "minute hour day month weekday"
        raise ValueError(f"a cron expression has 5 fields, {names}; found {len(fields)}")
    _, _, day, _, weekday = text.upper().split()
    if set("LW") & set(day) or set("L#") & set(weekday):
        raise ValueError("crontab knows no `L`, `W`, `#` among the days")
    try:
        CronSim(text, datetime(2000, 1, 1, tzinfo=UTC))
    except CronSimError as error:
        raise ValueError(f"not a cron expression: {str(error).lower()}") from None
    return " ".join(fields)


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


ClockTime = Annotated[str, Field(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day, written `07:30`."""

Duration = Annotated[str, Field(pattern=r"^[1-9][0-9]{0,4}[smhd]$")]
"""A length of time: `90s`, `30m`, `2h`, `1d`."""

Zone = Annotated[str, AfterValidator(_zone)]
"""A time zone by its IANA name: `Asia/Shanghai`."""

Cron = Annotated[str, AfterValidator(_cron)]
"""A cron expression of five fields, as in a crontab: `30 7 * * 1-5`."""


def length(duration: str) -> timedelta:
    """How long a `Duration` is."""
    return timedelta(**{_UNITS[duration[-1]]: int(duration[:-1])})


class Job(Value):
    """What the scheduler does, and when."""

    at: Annotated[
        tuple[ClockTime, ...],
        BeforeValidator(_as_list, json_schema_input_type=ClockTime | tuple[ClockTime, ...]),
    ] = ()
    """The times of day: `07:30`, or a list. Either this or `cron`."""
    cron: Cron | None = None
    """The times as a cron expression: `30 7 * * 1-5`."""
    timezone: Zone
    """The time zone of `at` and `cron`."""
    calendar: Text | None = None
    """An exchange, such as `XSHG`: the job runs on its trading days only."""
    all: Flag = False
    """Build all briefings. One of `all`, `slugs` and `tags` says what is built."""
    slugs: tuple[Annotated[Slug, Refers("briefing")], ...] = ()
    """Build these briefings; the name of a folder stands for all its editions."""
    tags: tuple[Slug, ...] = ()
    """Build the briefings that carry one of these tags."""
    formats: tuple[Literal["html", "pdf", "plain"], ...] = ()
    """What to make; nothing said, what `briefgen build` makes."""
    publish: Text | None = None
    """The folder of the site that is published afterwards, as seen from the workspace."""
    grace: Duration = "2h"
    """How late a run may begin; later it counts as missed."""
    jobs: Annotated[int, Field(ge=1)] | None = None
    """How many worker processes build."""
    timeout: Duration | None = None
    """How long one briefing may take."""

    @model_validator(mode="after")
    def _says_one_thing(self) -> Job:
        _one_of({"at": self.at, "cron": self.cron})
        _one_of({"all": self.all, "slugs": self.slugs, "tags": self.tags})
        if self.publish and self.formats and not {"html", "pdf"} <= set(self.formats):
            raise ValueError("`publish` needs `html` and `pdf` among `formats`")
        return self

    @property
    def expressions(self) -> tuple[str, ...]:
        """The times as cron expressions."""
        if self.cron:
            return (self.cron,)
        return tuple(f"{int(time[3:])} {int(time[:2])} * * *" for time in self.at)


def _one_of(given: dict[str, Any]) -> None:
    found = [name for name, value in given.items() if value]
    if len(found) != 1:
        names = " or ".join(f"`{name}`" for name in given)
        raise ValueError(f"give {names}" + (", only one of them" if found else ""))
