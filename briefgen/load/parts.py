"""Parts of tables: the rows that hold a key in a column, for the editions of a family.

What is read of such a table is recorded as `prices.csv#vendor_id=kimi`: its head and those rows.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefgen.diagnostics.finding import Collector
from briefgen.load.cells import Row
from briefgen.load.csv_rows import read_rows, text_of

REMEMBERED = 32
"""Of how many tables it is remembered which rows hold which key."""


def part_name(file: str, column: str, key: str) -> str:
    """What a part is called where it is recorded as read."""
    return f"{file}#{column}={key}"


def part_of(text: str, file: str, column: str, key: str) -> bytes:
    """The text of a CSV file with its head and the rows that hold `key` in `column`."""
    rows = read_rows(text, file, Collector()) or ()
    return text_of(text, rows, csv_groups(text, file, column).get(key, ())).encode()


@lru_cache(maxsize=REMEMBERED)
def csv_groups(text: str, file: str, column: str) -> Mapping[str, tuple[int, ...]]:
    """The positions of the rows of a CSV file, by what they hold in a column."""
    return row_groups(read_rows(text, file, Collector()) or (), column)


def row_groups(rows: Sequence[Row], column: str) -> dict[str, tuple[int, ...]]:
    """The positions of rows, the head being 0, by what they hold in a column."""
    head = list(rows[0][0]) if rows else []
    if column not in head:
        return {}
    found: dict[str, list[int]] = {}
    at = head.index(column)
    for position, (cells, _) in enumerate(rows[1:], start=1):
        found.setdefault(cells[at] or "", []).append(position)
    return {key: tuple(positions) for key, positions in found.items()}
