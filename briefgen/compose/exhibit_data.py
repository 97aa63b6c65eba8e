"""What a chart is drawn from, as tables: for readers who want the numbers."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit_rows import Cell, Rows, rows_of


@dataclass(frozen=True, slots=True)
class DataTable:
    """One block of the data of an exhibit.

    Shape: a row has a cell per head, a text and where it comes from; numbers have all their digits
    and no unit.
    """

    heads: tuple[tuple[str, bool], ...]
    """What a column is called, with its unit; whether it holds numbers."""
    rows: tuple[tuple[tuple[str, str], ...], ...]


def exhibit_data(briefing: Briefing, exhibit_id: str, words: Words) -> list[DataTable]:
    """The data of a chart; nothing of one whose columns have no names, such as a chain."""
    return [_table(block, words) for block in rows_of(briefing, exhibit_id) if block.heads]


def _table(block: Rows, words: Words) -> DataTable:
    heads = []
    for position, (head, unit) in enumerate(zip(block.heads, block.units, strict=True)):
        cells = [row[position] for row in block.rows]
        is_number = any(cell is not None and not isinstance(cell, str) for cell in cells)
        title = words.label("in_unit", title=head, unit=unit) if unit else head
        heads.append((title, is_number))
    rows = tuple(tuple(_text(cell, words) for cell in row) for row in block.rows)
    return DataTable(tuple(heads), rows)


def _text(cell: Cell, words: Words) -> tuple[str, str]:
    if cell is None or isinstance(cell, str):
        return cell or "", ""
    if cell.number is None:
        return words.text(cell), ""
    is_sourced = any(cell.number.sources)  # the table of the house's bands is its own source
    return f"{cell.number.value:f}", words.evidence(cell.number) if is_sourced else ""
