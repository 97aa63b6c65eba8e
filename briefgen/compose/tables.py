"""Table exhibits as heads, groups and cells, ready for the template."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from markupsafe import Markup, escape

from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import ColumnView, Grid
from briefgen.model.number import Shown, Style
from briefgen.model.table import Table
from briefgen.model.unit import parse_unit


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    text: str
    unit: str
    is_number: bool
    is_tight: bool = False
    """Whether the cells are short words or days, which are not to be broken."""


TIGHT_CELLS = 6
"""Ideographs that a short word may have."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table exhibit; `span` rows high."""

    text: Markup
    head: Head
    span: int = 1
    pad_em: float = 0
    """What a number leaves free at its right, so that the points of a column stand in line."""


@dataclass(frozen=True, slots=True)
class ExhibitTable:
    """A table exhibit, ready to be written.

    Shape: `groups` holds pairs of group name (or None) and rows; a row has a cell per head, less
    the cells that one above reaches into.
    """

    heads: tuple[Head, ...]
    unit: str
    """The unit of all number columns, when they share one."""
    groups: tuple[tuple[str | None, tuple[tuple[Cell, ...], ...]], ...]


def exhibit_table(
    briefing: Briefing, exhibit_id: str, words: Words, line: Callable[[str], Markup]
) -> ExhibitTable:
    """The table exhibit's heads, groups and cells."""
    exhibit = briefing.exhibits[exhibit_id]
    if exhibit.grid is not None:
        return _grid(exhibit.grid, words, line)
    view = exhibit.view
    assert view is not None, "charts are not tables"
    table = briefing.tables[view.table]
    columns = [_column(briefing, exhibit_id, shown, table, words) for shown in view.columns]
    heads = [head for head, _ in columns]
    rows = [list(row) for row in zip(*(cells for _, cells in columns), strict=True)]
    merged = [i for i, shown in enumerate(view.columns) if shown.column in view.merge]
    if view.rank:
        heads.insert(0, Head(words.label("rank"), "", is_number=False, is_tight=True))
        rows = [[escape(str(n)), *row] for n, row in enumerate(rows, start=1)]
        merged = [i + 1 for i in merged]
    names: list[str | None] = [None] * len(rows)
    if view.group_by is not None:
        names = [cell for _, cell in table.cells(view.group_by)]
    units = {
        head.unit
        for head, shown in zip(heads[-len(columns) :], view.columns, strict=True)
        if head.is_number and (head.unit or shown.column)
    }
    named = groupby(zip(names, _padded(rows, heads), strict=True), key=lambda pair: pair[0])
    groups = tuple((name, _merge([r for _, r in run], merged)) for name, run in named)
    return ExhibitTable(tuple(heads), units.pop() if len(units) == 1 else "", groups)


def _grid(grid: Grid, words: Words, line: Callable[[str], Markup]) -> ExhibitTable:
    columns = zip(*grid.rows, strict=True)
    heads = tuple(
        Head(text, "", position in grid.numbers, _is_tight(cells))
        for position, (text, cells) in enumerate(zip(grid.heads, columns, strict=True), start=1)
    )
    missing = escape(words.label("missing"))
    texts = [[line(text) if text else missing for text in row] for row in grid.rows]
    rows = tuple(tuple(row) for row in _padded(texts, list(heads)))
    return ExhibitTable(heads, "", ((None, rows),))


def _column(
    briefing: Briefing, exhibit_id: str, shown: ColumnView, table: Table, words: Words
) -> tuple[Head, list[Markup]]:
    """A column's head and its cells, from top to bottom."""
    if shown.formula is not None:
        return _computed_column(briefing.computed[exhibit_id][shown.formula], shown, words)
    column = table.column(shown.column or "")
    unit = words.unit(parse_unit(column.unit, briefing.units)) if column.is_numeric else ""
    head = Head(
        shown.header or column.title or column.name,
        unit,
        column.is_numeric,
        is_tight=_is_tight(cell or "" for _, cell in table.cells(column.name)),
    )
    return head, [_cell(briefing, table, row, column.name, words) for row in table.row_keys]


def _is_tight(cells: Iterable[str]) -> bool:
    return all(len(cell) <= TIGHT_CELLS or _DAY.fullmatch(cell) for cell in cells)


def _computed_column(
    results: tuple[Shown, ...], shown: ColumnView, words: Words
) -> tuple[Head, list[Markup]]:
    """A computed column; a unit that all its numbers share goes into the head."""
    head = Head(shown.header or "", "", is_number=True)
    units = {result.number.unit for result in results if result.number}
    plain = all(result.style.kind == "plain" for result in results)
    if plain and len(units) == 1 and not (unit := units.pop()).is_pure:
        head = replace(head, unit=words.unit(unit))
        styles = [Style(kind="value", digits=result.style.digits) for result in results]
        results = tuple(
            Shown(number=r.number, style=s) for r, s in zip(results, styles, strict=True)
        )
    return head, [words.number(result) for result in results]


def _merge(rows: list[list[Cell]], merged: list[int]) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cells; in merged columns equal neighbours become one cell, from left to right."""
    spans = {(i, column): 1 for i, row in enumerate(rows) for column in range(len(row))}
    for depth, column in enumerate(merged):
        top = 0
        for i in range(1, len(rows)):
            if all(rows[i][c].text == rows[top][c].text for c in merged[: depth + 1]):
                spans[top, column] += 1
                spans[i, column] = 0
            else:
                top = i
    return tuple(
        tuple(
            replace(cell, span=spans[i, column])
            for column, cell in enumerate(row)
            if spans[i, column]
        )
        for i, row in enumerate(rows)
    )


def _padded(rows: list[list[Markup]], heads: list[Head]) -> list[list[Cell]]:
    """Cells with their heads; numbers of a column are padded to one length of decimals."""
    pads = [_pads([row[column] for row in rows], head) for column, head in enumerate(heads)]
    return [
        [
            Cell(text, head, pad_em=pads[column][i])
            for column, (text, head) in enumerate(zip(row, heads, strict=True))
        ]
        for i, row in enumerate(rows)
    ]


DIGIT_EM, POINT_EM = 0.555, 0.278
"""Advances of a digit and a point in the themes' sans, counted in the size of the text."""


def _pads(cells: list[Markup], head: Head) -> list[float]:
    """For each cell of a number column, the width of the decimals that it lacks."""
    decimals = [re.search(r"\d\.(\d+)", cell.striptags()) for cell in cells]
    lengths = [len(found[1]) if found else 0 for found in decimals]
    longest = max(lengths, default=0)
    if not head.is_number or longest == 0:
        return [0] * len(cells)
    return [(longest - length) * DIGIT_EM + (POINT_EM if length == 0 else 0) for length in lengths]


def _cell(briefing: Briefing, table: Table, row: str, column: str, words: Words) -> Markup:
    if not table.column(column).is_numeric:
        return escape(table.cell(row, column) or words.label("missing"))
    number = table.number(row, column, briefing.units)
    if number is None:
        return escape(words.label("missing"))
    return words.number(Shown(number=number, style=Style(kind="value")))
