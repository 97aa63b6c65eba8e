"""What all values share, and the marks that say what a text field holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool


class Value(BaseModel):
    """A frozen value: validated once, hashed by its canonical JSON, never changed."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


@dataclass(frozen=True, slots=True)
class Refers:
    """Marks a text field as the name of something: `Refers("source")`.

    Loading checks each such name against the known ones and suggests the nearest.
    """

    kind: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """Marks a text field as one line of Markdown that may hold `{{ … }}` expressions."""


@dataclass(frozen=True, slots=True)
class Formula:
    """Marks a text field as one expression over facts, without the braces."""


def _iso_day(value: Any) -> Any:
    if isinstance(value, str) and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise ValueError("not a date like `2024-03-25`")
    try:
        return date.fromisoformat(value) if isinstance(value, str) else value
    except ValueError:
        raise ValueError(f"no such day: {value}") from None


_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?", re.ASCII)


def _iso_period(value: str) -> str:
    parts = value.split("/")
    if len(parts) > 2 or not all(_PERIOD.fullmatch(part) for part in parts):
        raise ValueError("not a day, month, quarter, half, year or `from/to` of these")
    for part in parts:
        if len(part) == 10:
            _iso_day(part)
        elif len(part) == 7 and part[5].isdigit() and not 1 <= int(part[5:]) <= 12:
            raise ValueError(f"no such month: {part}")
    return value


Day = Annotated[date, BeforeValidator(_iso_day)]
"""A calendar day, written `2024-03-25`."""

Period = Annotated[str, AfterValidator(_iso_period)]
"""A day, month, quarter, half or year as precisely as it is known, or a range `from/to`:
`2024-03-23`, `2024-03`, `2024-Q1`, `2023/2025`."""

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
