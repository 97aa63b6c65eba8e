"""Days on which an exchange trades or does not, whatever the calendar library knows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated

from pydantic import model_validator

from briefgen.model.value import Day, Refers, Text, Value, wrong_inside

_LONGEST = timedelta(days=366)


class SpecialDays(Value):
    """A day, or all days from `day` to `until`."""

    day: Day
    until: Day | None = None
    """The last day."""
    reason: Text
    """Why: 春节."""
    source: Annotated[Text, Refers("source")] | None = None
    """Where it was announced."""

    @model_validator(mode="after")
    def _goes_forward(self) -> SpecialDays:
        if self.until is not None and self.until < self.day:
            raise wrong_inside(("until",), "ends before it begins")
        if self.until is not None and self.until - self.day > _LONGEST:
            raise wrong_inside(("until",), f"more than {_LONGEST.days} days")
        return self

    def days(self) -> Iterator[date]:
        """Each of the days."""
        count = ((self.until or self.day) - self.day).days + 1
        return (self.day + timedelta(days=n) for n in range(count))


class Exceptions(Value):
    """What differs from the calendar of an exchange."""

    closed: tuple[SpecialDays, ...] = ()
    """Days without trading."""
    open: tuple[SpecialDays, ...] = ()
    """Days with trading, such as a Saturday."""

    @model_validator(mode="after")
    def _each_day_once(self) -> Exceptions:
        seen: set[date] = set()
        for name, entries in (("closed", self.closed), ("open", self.open)):
            for position, entry in enumerate(entries):
                for day in entry.days():
                    if day in seen:
                        raise wrong_inside((name, position, "day"), f"{day} is given twice")
                    seen.add(day)
        return self


Holidays = dict[str, Exceptions]
"""`data/holidays.yaml`: exceptions by exchange."""
