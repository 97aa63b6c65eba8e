"""What section templates show beyond prose: table exhibits and rating schemes, as rows of text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup, escape

from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import ColumnView, Grid
from briefgen.model.language import MINUS
from briefgen.model.number import Shown, Style
from briefgen.model.rating import RatingClass, Reading, Scheme
from briefgen.model.table import Table
from briefgen.model.unit import parse_unit


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a column."""

    text: str
    unit: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table exhibit; `span` rows high."""

    text: Markup
    head: Head
    span: int = 1


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
        heads.insert(0, Head(words.label("rank"), "", is_number=False))
        rows = [[escape(str(n)), *row] for n, row in enumerate(rows, start=1)]
        merged = [i + 1 for i in merged]
    names: list[str | None] = [None] * len(rows)
    if view.group_by is not None:
        names = [cell for _, cell in table.cells(view.group_by)]
    units = {head.unit for head in heads if head.unit}
    named = groupby(zip(names, rows, strict=True), key=lambda pair: pair[0])
    groups = tuple((name, _merge([r for _, r in run], heads, merged)) for name, run in named)
    return ExhibitTable(tuple(heads), units.pop() if len(units) == 1 else "", groups)


def _grid(grid: Grid, words: Words, line: Callable[[str], Markup]) -> ExhibitTable:
    heads = tuple(
        Head(text, "", is_number=position in grid.numbers)
        for position, text in enumerate(grid.heads, start=1)
    )
    missing = escape(words.label("missing"))
    rows = tuple(
        tuple(
            Cell(line(text) if text else missing, head)
            for text, head in zip(row, heads, strict=True)
        )
        for row in grid.rows
    )
    return ExhibitTable(heads, "", ((None, rows),))


def _column(
    briefing: Briefing, exhibit_id: str, shown: ColumnView, table: Table, words: Words
) -> tuple[Head, list[Markup]]:
    """A column's head and its cells, from top to bottom."""
    if shown.formula is not None:
        results = briefing.computed[exhibit_id][shown.formula]
        head = Head(shown.header or "", "", is_number=True)
        return head, [words.number(result) for result in results]
    column = table.column(shown.column or "")
    unit = words.unit(parse_unit(column.unit, briefing.units)) if column.is_numeric else ""
    head = Head(shown.header or column.title or column.name, unit, column.is_numeric)
    return head, [_cell(briefing, table, row, column.name, words) for row in table.row_keys]


def _merge(
    rows: list[list[Markup]], heads: list[Head], merged: list[int]
) -> tuple[tuple[Cell, ...], ...]:
    """Rows of cells; in merged columns equal neighbours become one cell, from left to right."""
    spans = {(i, column): 1 for i in range(len(rows)) for column in range(len(heads))}
    for depth, column in enumerate(merged):
        top = 0
        for i in range(1, len(rows)):
            if all(rows[i][c] == rows[top][c] for c in merged[: depth + 1]):
                spans[top, column] += 1
                spans[i, column] = 0
            else:
                top = i
    return tuple(
        tuple(
            Cell(text, heads[column], spans[i, column])
            for column, text in enumerate(row)
            if spans[i, column]
        )
        for i, row in enumerate(rows)
    )


def _cell(briefing: Briefing, table: Table, row: str, column: str, words: Words) -> Markup:
    if not table.column(column).is_numeric:
        return escape(table.cell(row, column) or words.label("missing"))
    number = table.number(row, column, briefing.units)
    if number is None:
        return escape(words.label("missing"))
    return words.number(Shown(number=number, style=Style(kind="value")))


@dataclass(frozen=True, slots=True)
class Contested:
    """A bound that no single class claims under every reading.

    Shape: `claims` pairs each reading with the labels that claim the bound.
    """

    at: str
    claims: tuple[tuple[Reading, tuple[str, ...]], ...]


def percent(value: Decimal) -> str:
    """A bound as text: `+20%`, `−10%`, `0%`."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value):f}%"


def definition(rating: RatingClass, words: Words) -> str:
    """What a class means, written from its bounds."""
    lower, upper = rating.lower, rating.upper
    if lower is None or upper is None:
        bound, side = (lower, "lower") if lower is not None else (upper, "upper")
        if bound is None:
            return words.label("band_all")
        edge = {True: "closed", False: "open", None: "unstated"}[bound.included]
        return words.label(f"band_{side}_{edge}", at=percent(bound.at))
    unstated = lower.included is None or upper.included is None
    text = words.label("band_between", lower=percent(lower.at), upper=percent(upper.at))
    if unstated:
        return text + words.label("band_unstated_mark")
    marks = ("[" if lower.included else "(", "]" if upper.included else ")")
    return f"{marks[0]}{percent(lower.at)}, {percent(upper.at)}{marks[1]}"


def contested(scheme: Scheme) -> list[Contested]:
    """The bounds that are claimed by none or by several, under at least one reading."""
    found = []
    for bound in scheme.bounds():
        claims = tuple((reading, scheme.claimants(bound, reading)) for reading in Reading)
        if any(len(labels) != 1 for _, labels in claims):
            found.append(Contested(percent(bound), claims))
    return found
