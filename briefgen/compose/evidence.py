"""The evidence list: every number of an edition, once, in the order in which it appears."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from briefgen.model.briefing import Briefing
from briefgen.model.number import Number, Shown, Style, places

KEPT_PLACES = 4
"""Digits after the point that the list shows of a derived number."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A number of the list, how it is written, and the numbers of its sources."""

    number: Number
    shown: Shown
    sources: tuple[int, ...]

    @property
    def is_inline(self) -> bool:
        """Whether the number was computed in the text and has no name of its own."""
        return _is_inline(self.number) and self.number.name == self.number.formula


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The entries, and the sources that they name, counted from 1."""

    entries: tuple[Entry, ...]
    sources: tuple[tuple[int, str], ...]


def evidence(briefing: Briefing) -> EvidenceList:
    """Facts, table cells and derived numbers that the edition shows or computes with."""
    found: dict[str, Shown] = {}
    for shown in _numbers(briefing):
        number = shown.number
        for needed in (*number.inputs, number) if number else ():
            style = shown.style if needed is number and _is_inline(number) else Style()
            found.setdefault(needed.name, Shown(number=needed, style=style))
    numbers = [shown.number for shown in found.values() if shown.number]
    read = (name for number in numbers if not number.formula for name in number.sources)
    counted = {name: position for position, name in enumerate(dict.fromkeys(read), start=1)}
    entries = tuple(
        Entry(number, _rounded(shown), tuple(counted[n] for n in number.sources if n in counted))
        for number, shown in zip(numbers, found.values(), strict=True)
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
    long = places(number.value) > KEPT_PLACES
    return Shown(number=number, style=Style(digits=KEPT_PLACES if long else None))


def _numbers(briefing: Briefing) -> Iterator[Shown]:
    yield from briefing.numbers.values()
    for exhibit_id, columns in briefing.computed.items():
        view = briefing.exhibits[exhibit_id].view
        assert view is not None, "only views have computed columns"
        table = briefing.tables[view.table]
        for formula, results in columns.items():
            for row, shown in zip(table.row_keys, results, strict=True):
                if shown.number is not None and shown.number.is_derived:
                    name = f'{table.name}["{row}"]: {formula}'
                    yield shown.model_copy(
                        update={"number": shown.number.model_copy(update={"name": name})}
                    )
    for fact in briefing.facts.values():
        yield Shown(number=fact)
    for table in briefing.tables.values():
        for column in table.columns:
            if column.is_numeric:
                for row in table.row_keys:
                    if cell := table.number(row, column.name, briefing.units):
                        yield Shown(number=cell)
