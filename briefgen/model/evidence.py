"""The evidence list: every number of an edition, once, in the order in which it appears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from briefgen.model import numbering
from briefgen.model.briefing import Briefing
from briefgen.model.number import Number, Shown, Style, places
from briefgen.model.table import Table

KEPT_PLACES = 4
"""Digits after the point that the list shows of a derived number below ten; fewer above."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the list, how it is written, and the numbers of its sources."""

    number: Number
    shown: Shown
    sources: tuple[int, ...]
    is_inline: bool
    """Whether the number was computed in the text and has no name of its own."""
    table: str | None
    """The table that alone shows the number; None where the text names it."""
    label: str | None
    """What people call it: row and column of a cell, the label of a key figure."""


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The entries, and the sources that they or exhibits name, counted from 1."""

    entries: tuple[Entry, ...]
    sources: tuple[tuple[int, str], ...]

    def anchors(self) -> dict[str, str]:
        """Where the row of each number stands, by the number's name."""
        return {
            entry.number.name: f"number-{position}"
            for position, entry in enumerate(self.entries, start=1)
        }

    @property
    def named(self) -> list[Entry]:
        """The numbers that the text names."""
        return [entry for entry in self.entries if entry.table is None]

    @property
    def tables(self) -> list[tuple[str, list[Entry]]]:
        """The numbers that only tables show, by table."""
        cells = [entry for entry in self.entries if entry.table is not None]
        return [
            (name, list(run)) for name, run in groupby(cells, key=lambda entry: entry.table or "")
        ]


def evidence(briefing: Briefing) -> EvidenceList:
    """Facts, table cells and derived numbers that the edition shows or computes with."""
    found: dict[str, tuple[Shown, str | None]] = {}
    for shown, table in _numbers(briefing):
        number = shown.number
        for needed in (*number.inputs, number) if number else ():
            style = shown.style if needed is number and _is_inline(number) else Style()
            found.setdefault(needed.name, (Shown(number=needed, style=style), table))
    listed = [(shown.number, shown, table) for shown, table in found.values() if shown.number]
    read = (name for number, *_ in listed if not number.formula for name in number.sources)
    labels = _labels(briefing)
    placed = numbering.number(briefing).exhibits
    cited = (name for exhibit in placed for name in briefing.exhibits[exhibit].sources)
    counted = {name: n for n, name in enumerate(dict.fromkeys((*read, *cited)), start=1)}
    entries = tuple(
        Entry(
            number,
            _rounded(shown),
            tuple(counted[name] for name in number.sources if name in counted),
            is_inline=_is_inline(number) and number.name in briefing.numbers,
            table=table,
            label=labels.get(number.name),
        )
        for number, shown, table in listed
    )
    return EvidenceList(entries, tuple((n, name) for name, n in counted.items()))


def _is_inline(number: Number) -> bool:
    """Whether the number was computed where it is shown and has no name of its own."""
    return number.formula is not None and number.origin is None


def _rounded(shown: Shown) -> Shown:
    """As the text shows it; a derived fact with many digits is rounded."""
    number = shown.number
    if number is None or shown.style != Style() or not number.is_derived:
        return shown
    kept = max(KEPT_PLACES - max(number.value.adjusted(), 0), 0)
    long = places(number.value) > kept
    return Shown(number=number, style=Style(digits=kept if long else None))


def _numbers(briefing: Briefing) -> Iterator[tuple[Shown, str | None]]:
    """Numbers of the text first, then facts, then by table what only that shows."""
    for shown in (*briefing.numbers.values(), *(Shown(number=n) for n in briefing.facts.values())):
        yield shown, None
    for table in briefing.tables.values():
        for column in table.columns:
            if column.is_numeric:
                for row in table.row_keys:
                    if cell := table.number(row, column.name, briefing.units):
                        yield Shown(number=cell), table.name
        yield from _computed(briefing, table)


def _computed(briefing: Briefing, table: Table) -> Iterator[tuple[Shown, str | None]]:
    """The numbers of the computed columns over a table, named by row and formula."""
    for exhibit_id, columns in briefing.computed.items():
        view = briefing.exhibits[exhibit_id].view
        if view is None or view.table != table.name:
            continue
        for formula, results in columns.items():
            for row, shown in zip(table.row_keys, results, strict=True):
                if shown.number is not None and shown.number.is_derived:
                    update = {"name": f'{table.name}["{row}"]: {formula}'}
                    number = shown.number.model_copy(update=update)
                    yield shown.model_copy(update={"number": number}), table.name


def _labels(briefing: Briefing) -> dict[str, str]:
    """What people call a number, by its name: cells by row and column, facts by key figures."""
    labels = {}
    for table in briefing.tables.values():
        rows = row_labels(table)
        for column in table.columns:
            title = column.title or column.name
            for row in table.row_keys:
                labels[f'{table.name}["{row}"].{column.name}'] = f"{rows[row]} · {title}"
    for exhibit_id, columns in briefing.computed.items():
        view = briefing.exhibits[exhibit_id].view
        for shown in view.columns if view else ():
            if view and shown.formula in columns:
                for row, label in row_labels(briefing.tables[view.table]).items():
                    labels[f'{view.table}["{row}"]: {shown.formula}'] = f"{label} · {shown.header}"
    for figure in briefing.front.key_figures:
        number = briefing.numbers[figure.number].number
        if number is not None:
            labels[number.name] = figure.label
    return labels


def row_labels(table: Table) -> dict[str, str]:
    """What people call the rows, by key: the first text that is another one in every row."""
    for column in table.columns:
        labels = dict(table.cells(column.name))
        is_text = column.type == "string" and column.name != table.key
        if is_text and None not in labels.values() and len(set(labels.values())) == len(labels):
            return {row: label or row for row, label in labels.items()}
    return {row: row for row in table.row_keys}
