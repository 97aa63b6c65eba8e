"""The data of exhibits as rows of cells: of tables as they are shown, of charts as drawn from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from briefgen.model.bands import NAME as RATING_BANDS
from briefgen.model.bands import rating_bands
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Chart, Exhibit, Grid, TableView
from briefgen.model.language import write_unit
from briefgen.model.markdown import SUBSTITUTIONS, parser
from briefgen.model.marks import marked
from briefgen.model.number import Shown, Style
from briefgen.model.plain import plain_text
from briefgen.model.table import Table
from briefgen.model.unit import parse_unit
from briefgen.model.value import Refers, Value

Cell = str | Shown | None
"""A text, a number and how it is written, or nothing."""


@dataclass(frozen=True, slots=True)
class Rows:
    """One block of data.

    Shape: `heads` and `units` have an entry per column, or none where columns have no names; a row
    has a cell per column.
    """

    heads: tuple[str, ...]
    units: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    as_of: str | None = None


def rows_of(briefing: Briefing, exhibit_id: str) -> tuple[Rows, ...]:
    """What an exhibit shows; a chart with events has two blocks, an image the text for it."""
    exhibit = briefing.exhibits[exhibit_id]
    if exhibit.view is not None:
        return (_view(briefing, exhibit_id, exhibit.view),)
    if exhibit.grid is not None:
        return (_grid(briefing, exhibit.grid),)
    if exhibit.image is not None:
        return (Rows((), (), ((exhibit.alt,),)),)
    assert exhibit.chart is not None, "an exhibit is a chart, an image, a view or a grid"
    return tuple(_chart(briefing, exhibit, exhibit.chart))


def _view(briefing: Briefing, exhibit_id: str, view: TableView) -> Rows:
    table = briefing.tables[view.table]
    columns = []
    if view.group_by is not None and all(c.column != view.group_by for c in view.columns):
        columns.append(_column(briefing, table, view.group_by))
    for shown in view.columns:
        if shown.formula is not None:
            columns.append(
                _computed(
                    shown.header or "", briefing.computed[exhibit_id][shown.formula], briefing
                )
            )
        else:
            columns.append(_column(briefing, table, shown.column or "", shown.header))
    return _rows(columns, table.as_of)


_Column = tuple[str, str, Sequence[Cell]]
"""Head, unit, cells."""


def _rows(columns: list[_Column], as_of: str | None) -> Rows:
    heads, units, cells = zip(*columns, strict=True)
    return Rows(heads, units, tuple(zip(*cells, strict=True)), as_of)


def _column(briefing: Briefing, table: Table, name: str, header: str | None = None) -> _Column:
    column = table.column(name)
    head = header or column.title or column.name
    if not column.is_numeric:
        return head, "", [cell for _, cell in table.cells(name)]
    unit = write_unit(parse_unit(column.unit, briefing.units), briefing.language, briefing.units)
    numbers = [table.number(row, name, briefing.units) for row in table.row_keys]
    style = Style(kind="value")
    return head, unit, [Shown(number=n, style=style) if n else None for n in numbers]


def _computed(head: str, results: tuple[Shown, ...], briefing: Briefing) -> _Column:
    return head, _unit(results, briefing), results


def _unit(cells: Sequence[Cell], briefing: Briefing) -> str:
    """The unit that all numbers of a column share, where they are written with one."""
    shown = [cell for cell in cells if isinstance(cell, Shown) and cell.number]
    units = {cell.number.unit for cell in shown if cell.number}
    has_unit = all(cell.style.kind in {"plain", "value", "compact"} for cell in shown)
    if not has_unit or len(units) != 1:
        return ""
    return write_unit(units.pop(), briefing.language, briefing.units)


def _grid(briefing: Briefing, grid: Grid) -> Rows:
    columns: list[_Column] = []
    for head, texts in zip(grid.heads, zip(*grid.rows, strict=True), strict=True):
        cells = [_cell(briefing, text) for text in texts]
        columns.append((head, _unit(cells, briefing), cells))
    return _rows(columns, None)


def _cell(briefing: Briefing, text: str) -> Cell:
    """A cell of a grid: a number, where it is one and nothing else."""
    if not text:
        return None
    (paragraph,) = parser().parseInline(text)
    tokens = paragraph.children or []
    if len(tokens) == 1 and tokens[0].type in SUBSTITUTIONS:
        return briefing.numbers[tokens[0].content.strip()]
    return plain_text(text, briefing)


def _chart(briefing: Briefing, exhibit: Exhibit, chart: Chart) -> Iterator[Rows]:
    names = [field for field in marked(exhibit) if isinstance(field.mark, Refers)]
    columns = dict.fromkeys(field.text for field in names if field.mark == Refers("column"))
    tables = [briefing.tables[f.text] for f in names if f.mark == Refers("table")]
    for position, table in enumerate(tables):
        own = ["date", "event"] if position else list(columns)
        yield _rows([_column(briefing, table, name) for name in own], table.as_of)
    if chart.kind == RATING_BANDS.replace(" ", "-"):
        bands = rating_bands(briefing)
        yield _rows([_column(briefing, bands, n) for n in bands.column_names[1:]], None)
    elif not tables:
        yield from _listed(chart)


def _listed(chart: Chart) -> Iterator[Rows]:
    """The items of a chart that is written out in `exhibits.yaml`."""
    for name in type(chart).model_fields:
        items = getattr(chart, name)
        if isinstance(items, tuple) and items and isinstance(items[0], Value):
            records = [item.model_dump(mode="json", by_alias=True) for item in items]
            rows = [_flat(record) for record in records]
            width = max(map(len, rows))
            padded = tuple((*row, *(None,) * (width - len(row))) for row in rows)
            yield Rows((), (), padded)


def _flat(record: dict[str, object]) -> list[Cell]:
    cells: list[Cell] = []
    for value in record.values():
        many = value if isinstance(value, list) else [value]
        cells += [None if one is None else str(one) for one in many]
    return cells
