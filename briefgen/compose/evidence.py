"""The evidence list: every number of an edition, once, in the order in which it appears."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.briefing import Briefing
from briefgen.model.number import Number


def evidence(briefing: Briefing) -> list[Number]:
    """Facts, table cells and derived numbers that the edition shows or computes with."""
    found: dict[str, Number] = {}
    for number in _numbers(briefing):
        for needed in (*number.inputs, number):
            found.setdefault(needed.name, needed)
    return list(found.values())


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
