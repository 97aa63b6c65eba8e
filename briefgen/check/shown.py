"""What an exhibit shows: the columns, texts and numbers that it takes from the data."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit
from briefgen.model.markdown import SUBSTITUTIONS, parser
from briefgen.model.marks import marked
from briefgen.model.number import Shown
from briefgen.model.table import Table
from briefgen.model.value import Refers

_SUBSTITUTION = re.compile(r"\{\{.*?\}\}")


@dataclass(frozen=True, slots=True)
class Data:
    """The part of a table that an exhibit shows."""

    table: Table
    columns: tuple[str, ...]


def data(exhibit: Exhibit, briefing: Briefing) -> Iterator[Data]:
    """The tables of a chart or view, with the columns that it names."""
    marks = [field for field in marked(exhibit) if isinstance(field.mark, Refers)]
    columns = tuple(field.text for field in marks if field.mark == Refers("column"))
    for field in marks:
        table = briefing.tables.get(field.text) if field.mark == Refers("table") else None
        if table is not None:
            yield Data(table, tuple(name for name in columns if name in table.column_names))


def texts(exhibit: Exhibit, briefing: Briefing) -> Iterator[str]:
    """All texts of an exhibit's data: cells of its tables, of its grid, labels of its chart."""
    for part in data(exhibit, briefing):
        for row in part.table.rows:
            yield from filter(None, row)
    if exhibit.grid is not None:
        yield from exhibit.grid.heads
        for row in exhibit.grid.rows:
            yield from (_SUBSTITUTION.sub(" ", cell) for cell in row)
    if exhibit.chart is not None:
        yield from _strings(exhibit.chart.model_dump())


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _strings(inner)


def bound(text: str, briefing: Briefing) -> Iterator[Shown]:
    """The numbers of the expressions in one line of Markdown."""
    for token in parser().parseInline(text):
        for child in token.children or ():
            if child.type in SUBSTITUTIONS:
                yield briefing.numbers[child.content.strip()]


def sources(exhibit_id: str, briefing: Briefing) -> Iterator[str]:
    """The sources of all numbers that an exhibit shows."""
    exhibit = briefing.exhibits[exhibit_id]
    for part in data(exhibit, briefing):
        for name in part.columns:
            yield part.table.column(name).source or part.table.source
    for column in briefing.computed.get(exhibit_id, {}).values():
        for shown in column:
            yield from shown.number.sources if shown.number else ()
    for row in exhibit.grid.rows if exhibit.grid else ():
        for cell in row:
            for shown in bound(cell, briefing):
                yield from shown.number.sources if shown.number else ()
