"""What all values share, and the marks that say what a text field holds."""

from __future__ import annotations

import inspect
import re
from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from briefgen.model.docstrings import field_docstrings


class Value(BaseModel):
    """A frozen value: validated once, hashed by its canonical JSON, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """The schema, with the fields' docstrings as their descriptions."""
        schema = handler(core_schema)
        properties = handler.resolve_ref_schema(schema).get("properties", {})
        told = field_docstrings(cls)
        for name, field in cls.model_fields.items():
            said = told.get(name) or _meaning(cls, (field.annotation, *field.metadata))
            if said and (field.alias or name) in properties:
                properties[field.alias or name]["description"] = said
        return schema


def _meaning(owner: type, parts: Iterable[Any]) -> str | None:
    """What a field without docstring holds, by the first of its marks and types that says it."""
    for part in parts:
        if get_origin(part) is Literal:
            return inspect.getdoc(owner) if len(get_args(part)) == 1 else None
        if isinstance(part, Refers | Markdown | Formula):
            return part.meaning
        if inspect.isclass(part) and issubclass(part, Value):
            return inspect.getdoc(part)
        if part in _MEANINGS:
            return _MEANINGS[part]
        if said := _meaning(owner, get_args(part)):
            return said
    return None


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a text field as the name of something: `Refers("source")`.

    Loading checks each such name against the known ones and suggests the nearest.
    """

    kind: str

    @property
    def meaning(self) -> str | None:
        """What such a text names, for the JSON Schema."""
        return _NAMED.get(self.kind)


@dataclass(frozen=True, slots=True)
class Markdown:
    """Marks a text field as one line of Markdown that may hold `{{ … }}` expressions."""

    meaning = "One line of Markdown; numbers in it are bound by `{{ … }}`."


@dataclass(frozen=True, slots=True)
class Formula:
    """Marks a text field as one expression over facts, without the braces."""

    meaning = (
        "An expression over facts and table cells, without braces, such as "
        '`prices["kimi"].output / usd_cny | round(1)`.'
    )


_NAMED = {
    "briefing": "A briefing: a folder of `data/briefings/`.",
    "brokerage": "A file of `data/brokerages/`, without `.yaml`.",
    "column": "A column of the table.",
    "exhibit": "An entry of `exhibits.yaml`.",
    "house": "A name of `compares`.",
    "language": "The language of the edition: `zh-CN` or `en`.",
    "prose": "A Markdown file beside `briefing.yaml`.",
    "rating": "A label of the rating scheme of the brokerage.",
    "security": "The id of a row of `data/securities.csv`.",
    "source": "An entry of `data/sources.yaml`.",
    "stance": "One of `stances` of the brokerage.",
    "table": "A table of `tables/datapackage.yaml`.",
    "theme": "A file of `templates/themes/`, without `.yaml`.",
}
"""What names of each kind name."""


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("not a date like `2024-03-25`")
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"no such day: {value}") from None


_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?", re.ASCII)


_MONTHS = {"Q": 3, "H": 6}


def _iso_period(value: str) -> str:
    parts = value.split("/")
    if len(parts) > 2 or not all(_PERIOD.fullmatch(part) for part in parts):
        raise ValueError("not a day, month, quarter, half, year or `from/to` of these")
    for part in parts:
        if len(part) == 10:
            _iso_day(part)
        elif len(part) == 7 and part[5].isdigit() and not 1 <= int(part[5:]) <= 12:
            raise ValueError(f"no such month: {part}")
        elif part.startswith("0000"):
            raise ValueError(f"no such year: {part}")
    if _first_day(parts[0]) > _last_day(parts[-1]):
        raise ValueError("ends before it begins")
    return value


def _first_day(period: str) -> tuple[int, int, int]:
    """Year, month and day on which a period begins."""
    year, rest = int(period[:4]), period[5:]
    if rest[:1] in {"Q", "H"}:
        return year, (int(rest[1]) - 1) * _MONTHS[rest[0]] + 1, 1
    month, day = (*map(int, rest.split("-") if rest else ()), 1, 1)[:2]
    return year, month, day


def _last_day(period: str) -> tuple[int, int, int]:
    """Year, month and day on which a period ends; the 31st in every month."""
    year, rest = int(period[:4]), period[5:]
    if rest[:1] in {"Q", "H"}:
        return year, int(rest[1]) * _MONTHS[rest[0]], 31
    given = tuple(map(int, rest.split("-") if rest else ()))
    month, day = given + (12, 31)[len(given) :]
    return year, month, day


def period_end(period: str) -> date:
    """The last day of a `Period`."""
    year, month, day = _last_day(period.split("/")[-1])
    return date(year, month, min(day, monthrange(year, month)[1]))


def period_start(period: str) -> date:
    """The first day of a `Period`."""
    return date(*_first_day(period.split("/")[0]))


def year_before(day: date) -> date:
    """The same day a year earlier."""
    is_leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year - 1, day=28 if is_leap else day.day)


WEB = "https://"
"""How the address of a site that an edition links to begins."""

_ADDRESS = re.compile(r"https://[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+(:[0-9]+)?([/?#][!-~]*)?")


def _https(text: str) -> str:
    if not _ADDRESS.fullmatch(text):
        raise ValueError("not an address like `https://www.example.com/report`")
    return text


def wrong_inside(inside: tuple[int | str, ...], problem: str) -> PydanticCustomError:
    """The complaint of a validator about something inside its value, at that path."""
    return PydanticCustomError("wrong_inside", "{problem}", {"inside": inside, "problem": problem})


def each_once(names: Iterable[str], *inside: str) -> None:
    """Complain of a name in a list that stands there twice; `inside` leads from item to name."""
    seen: set[str] = set()
    for position, name in enumerate(names):
        if name in seen:
            raise wrong_inside((position, *inside), f"`{name}` is given twice")
        seen.add(name)


MOST_DIGITS = 30
"""How many digits a number of the data can have, written out without an exponent."""

_NUMERAL = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?")


class NumeralError(ValueError):
    """A text that is a number, but one with too many digits."""


def numeral(text: str) -> Decimal:
    """The number that a text of ASCII digits is, such as `-1.5` or `2e6`.

    Raises: ValueError; NumeralError for more than `MOST_DIGITS` digits.
    """
    if not _NUMERAL.fullmatch(text):
        raise ValueError("not a number")
    try:
        value = Decimal(text)
        exponent = int(value.as_tuple().exponent)
    except InvalidOperation:
        raise NumeralError("too many digits") from None
    written = value.as_tuple().digits
    digits = len(written)
    while exponent < 0 and digits and not written[digits - 1]:  # 0.5000 has one place
        digits, exponent = digits - 1, exponent + 1
    if max(digits, digits + exponent, -exponent) > MOST_DIGITS:
        raise NumeralError("too many digits")
    return value


def _numeral(value: Any) -> Any:
    try:
        return numeral(value) if isinstance(value, str) else value
    except NumeralError:
        raise PydanticCustomError("too_many_digits", "too many digits") from None
    except ValueError:
        raise PydanticCustomError("decimal_parsing", "not a number") from None


Numeral = Annotated[Decimal, BeforeValidator(_numeral)]
"""A number as data write it: ASCII digits, at most 30, with or without point and exponent."""

Day = Annotated[date, BeforeValidator(_iso_day)]
"""A calendar day, written `2024-03-25`."""

Period = Annotated[str, AfterValidator(_iso_period)]
"""A day, month, quarter, half or year as precisely as it is known, or a range `from/to`:
`2024-03-23`, `2024-03`, `2024-Q1`, `2023/2025`."""

Url = Annotated[str, AfterValidator(_https)]
"""The address of a site, `https` only, in ASCII: other characters as `%XX`."""

Text = Annotated[str, Field(min_length=1)]
"""Text that is not empty."""

Line = Annotated[str, Field(min_length=1), Markdown()]
"""One line of Markdown; numbers in it are bound by `{{ … }}`."""

Expression = Annotated[str, Field(min_length=1), Formula()]
"""An expression over facts and table cells, such as `output / input | times(1)`."""

Identifier = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
"""A name usable in expressions: small letters, digits, underscores."""

Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(?:[-.][a-z0-9]+)*$")]
"""A name usable in file names and links: small letters, digits, hyphens."""

Market = Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
"""A market by its country code: `CN`, `HK`, `US`."""

Flag = StrictBool
"""`true` or `false`, and no other spelling."""

_MEANINGS: dict[Any, str] = {
    get_args(Day)[1]: "A day, such as `2024-03-25`.",
    get_args(Period)[1]: (
        "A day, month, quarter, half or year, or a range of these: `2024-03-25`, `2024-03`, "
        "`2024-Q1`, `2023/2025`."
    ),
}
"""What fields of these types hold, by the validator of the type."""
