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
        return self.number.formula is not None and self.number.origin is None


@dataclass(frozen=True, slots=True)
class EvidenceList:
    """The entries, and the sources that they name, counted from 1."""

    entries: tuple[Entry, ...]
    sources: tuple[tuple[int, str], ...]


def evidence(briefing: Briefing) -> EvidenceList:
    """Facts, table cells and derived numbers that the edition shows or computes with."""
    found: dict[str, Number] = {}
    for number in _numbers(briefing):
        for needed in (*number.inputs, number):
            found.setdefault(needed.name, needed)
    read = (name for number in found.values() if not number.formula for name in number.sources)
    counted = {name: position for position, name in enumerate(dict.fromkeys(read), start=1)}
    entries = tuple(
        Entry(number, _shown(number), tuple(counted[n] for n in number.sources if n in counted))
        for number in found.values()
    )
    return EvidenceList(entries, tuple((n, name) for name, n in counted.items()))


def _shown(number: Number) -> Shown:
    """As it is; a derived number with many digits is rounded."""
    long = number.is_derived and places(number.value) > KEPT_PLACES
    return Shown(number=number, style=Style(digits=KEPT_PLACES if long else None))


def _numbers(briefing: Briefing) -> Iterator[Number]:
    for shown in briefing.numbers.values():
        if shown.number is not None:
            yield shown.number
    yield from briefing.facts.values()
    for table in briefing.tables.values():
        for column in table.columns:
            if column.is_numeric:
                for row in table.row_keys:
                    if number := table.number(row, column.name, briefing.units):
                        yield number
