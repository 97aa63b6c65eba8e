"""Cells of workbooks, Parquet files and queries as the texts that a CSV file would hold."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from uuid import UUID

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place

Row = tuple[Sequence[str | None], Sequence[Place]]
"""The cells of a row, None for nothing, and their places."""

DIGITS = 17
"""How many digits a floating-point number may need to be told from its neighbours."""


def as_rows(
    head: Sequence[str],
    body: Iterable[Sequence[object]],
    place: Callable[[int, int], Place],
    out: Collector,
    digits: int = DIGITS,
) -> list[Row] | None:
    """Rows of text, the head first; None after a finding.

    `place` is asked with row and column, from 0; the head is row 0.
    Reports: LOD307, once for each column.
    """
    rows: list[Row] = [(head, [place(0, column) for column in range(len(head))])]
    odd: dict[int, tuple[str, Place]] = {}
    for line, values in enumerate(body, start=1):
        cells: list[str | None] = []
        for column, value in enumerate(values):
            try:
                cells.append(cell_text(value, digits))
            except TypeError:
                odd.setdefault(column, (type(value).__name__, place(line, column)))
        rows.append((cells, [place(line, column) for column in range(len(values))]))
    for column, (kind, at) in odd.items():
        help_line = "tables hold texts, numbers, dates and `true` or `false`"
        out.report("LOD307", f"`{head[column]}` holds a `{kind}`", at, help_line)
    return None if odd else rows


def cell_text(value: object, digits: int = DIGITS) -> str | None:
    """The text that CSV would hold; None for nothing.

    `0.1` stays `0.1`, a whole number has no `.0`, a Decimal keeps its digits, a day at midnight is
    the day.
    Raises: TypeError for what has no such text.
    """
    match value:
        case None | str():
            return value
        case bool():
            return str(value).lower()
        case int() | UUID():
            return str(value)
        case float():
            return _number(value, digits)
        case Decimal():
            return f"{value:f}"
        case datetime():
            return (value.date() if _is_day(value) else value).isoformat()
        case date() | time():
            return value.isoformat()
    raise TypeError(type(value).__name__)


def _is_day(value: datetime) -> bool:
    return value.tzinfo is None and value.time() == time()


def _number(value: float, digits: int) -> str:
    """The shortest decimal number that is this one, without an exponent."""
    shortest = repr(value) if digits >= DIGITS else f"{value:.{digits}g}"
    text = f"{Decimal(shortest):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
