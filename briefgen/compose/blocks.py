"""What section templates show beyond prose: table exhibits and rating schemes, as rows of text."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from markupsafe import Markup, escape

from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
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
class ExhibitTable:
    """A table exhibit, ready to be written.

    Shape: `groups` holds pairs of group name (or None) and rows; a row has a cell per head.
    """

    heads: tuple[Head, ...]
    unit: str
    """The unit of all number columns, when they share one."""
    groups: tuple[tuple[str | None, tuple[tuple[Markup, ...], ...]], ...]


def exhibit_table(briefing: Briefing, exhibit_id: str, words: Words) -> ExhibitTable:
    """The table exhibit's heads, groups and cells."""
    view = briefing.exhibits[exhibit_id].view
    assert view is not None
    table = briefing.tables[view.table]
    heads: list[Head] = []
    columns: list[list[Markup]] = []
    for shown in view.columns:
        if shown.formula is not None:
            results = briefing.computed[exhibit_id][shown.formula]
            heads.append(Head(shown.header or "", "", is_number=True))
            columns.append([words.number(result) for result in results])
            continue
        column = table.column(shown.column or "")
        unit = words.unit(parse_unit(column.unit, briefing.units)) if column.is_numeric else ""
        heads.append(Head(shown.header or column.title or column.name, unit, column.is_numeric))
        cells = [_cell(briefing, table, row, column.name, words) for row in table.row_keys]
        columns.append(cells)
    units = {head.unit for head in heads if head.unit}
    rows = list(zip(*columns, strict=True))
    names: list[str | None] = [None] * len(rows)
    if view.group_by is not None:
        names = [cell for _, cell in table.cells(view.group_by)]
    named = groupby(zip(names, rows, strict=True), key=lambda pair: pair[0])
    groups = tuple((name, tuple(row for _, row in run)) for name, run in named)
    return ExhibitTable(tuple(heads), units.pop() if len(units) == 1 else "", groups)


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
