"""Dates on an axis: days, months, quarters, halves and years as they are written in data."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from pydantic import TypeAdapter, ValidationError

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.model.value import Period

_PERIOD: TypeAdapter[str] = TypeAdapter(Period)
STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
"""How many months may lie between two ticks."""


def middle(text: str) -> float:
    """The middle of a period, in days since the year 1.

    Raises: ValueError when the text is no period.
    """
    try:
        parts = _PERIOD.validate_python(text).split("/")
    except ValidationError:
        raise ValueError(f"`{text}` is not a day, month, quarter, half or year") from None
    return (_first(parts[0]).toordinal() + _last(parts[-1]).toordinal()) / 2


def _first(part: str) -> date:
    if len(part) == 10:
        return date.fromisoformat(part)
    return date(int(part[:4]), _months(part)[0], 1)


def _last(part: str) -> date:
    if len(part) == 10:
        return date.fromisoformat(part)
    return _month_start(int(part[:4]) * 12 + _months(part)[1]) - timedelta(days=1)


def _months(part: str) -> tuple[int, int]:
    """First and last month of a year, half, quarter or month."""
    match part[5:6]:
        case "":
            return 1, 12
        case "H":
            return int(part[6]) * 6 - 5, int(part[6]) * 6
        case "Q":
            return int(part[6]) * 3 - 2, int(part[6]) * 3
        case _:
            return int(part[5:]), int(part[5:])


def _month_start(months: int) -> date:
    """The first day of a month, counted from January of year 0."""
    return date(months // 12, months % 12 + 1, 1)


def positions(canvas: Canvas, table: str, column: str, field: str) -> list[float]:
    """The middles of the periods in a column.

    Raises: ChartError for a cell that is missing or no period.
    """
    found = []
    for row, text in enumerate(canvas.texts(table, column), start=1):
        if text == MISSING:
            raise ChartError(field, f"row {row} of table `{table}` has no `{column}`")
        try:
            found.append(middle(text))
        except ValueError as error:
            raise ChartError(
                field,
                f"row {row} of table `{table}`: {error}",
                "write it like `2024-03-25`, `2024-03`, `2024-Q1` or `2024`",
            ) from None
    return found


def ticks(low: float, high: float, length_mm: float, apart_mm: float) -> list[tuple[float, str]]:
    """Starts of years, or of months in short spans, no nearer to each other than `apart_mm`."""
    months = max(high - low, 1) / 30.44
    fitting = max(1.0, length_mm / apart_mm)
    step = next((step for step in STEPS if months / step <= fitting), STEPS[-1])
    return list(_starts(low, high, step))


def _starts(low: float, high: float, step: int) -> Iterator[tuple[float, str]]:
    first = date.fromordinal(int(low))
    month = -(-(first.year * 12 + first.month - 1) // step) * step
    while (start := _month_start(month)).toordinal() <= high:
        if start.toordinal() >= low:
            yield start.toordinal(), f"{start:%Y}" if step % 12 == 0 else f"{start:%Y-%m}"
        month += step


def apart(places: Sequence[float], widths: Sequence[float], gap: float) -> list[int]:
    """Which of ascending labels can be written without touching; the last always."""
    kept: list[int] = []
    edge = float("inf")
    for i in range(len(places) - 1, -1, -1):
        if places[i] + widths[i] / 2 <= edge:
            kept.append(i)
            edge = places[i] - widths[i] / 2 - gap
    return kept[::-1]
