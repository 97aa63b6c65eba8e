"""Briefings set side by side: what expressions can name of the others."""

from __future__ import annotations

from typing import Any

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.counts import Fields, count
from briefgen.load.expressions import Names, Rows
from briefgen.load.grammar import Parts
from briefgen.load.reported import Reported
from briefgen.model.briefing import Briefing
from briefgen.model.number import Number
from briefgen.model.table import Table
from briefgen.model.unit import QuantityError


class Comparison:
    """The compared briefings by the names that `compares` gives them."""

    def __init__(self, places: SourceMap, reported: Reported, out: Collector) -> None:
        self._places, self._reported, self._out = places, reported, out
        self.briefings: dict[str, Briefing] = {}

    def add(self, alias: str, slug: str, made: Made[Briefing]) -> None:
        """Take in a briefing; one with errors is reported where it is named.

        Reports: LOD203.
        """
        if made.value is None:
            place = self._places.value(("front", "compares", alias))
            message = f"the compared briefing `{slug}` has errors"
            if reason := next((f.message for f in made.findings if f.code == "LOD203"), None):
                message = f"{message}: {reason}"
            self._out.report("LOD203", message, place, f"see `briefgen check {slug}`")
            self._reported.add("fact", alias)
        else:
            self.briefings[alias] = made.value

    def names(self) -> dict[str, Parts]:
        """What expressions can name: `tfzq.usd_cny`, `tfzq.prices["kimi"].output`."""
        return {alias: House(alias, briefing) for alias, briefing in self.briefings.items()}

    def sources(self) -> list[str]:
        """The sources that the compared briefings name."""
        return [name for briefing in self.briefings.values() for name in briefing.sources]


class House(Parts):
    """A compared briefing inside an expression: its facts, tables and counts."""

    def __init__(self, alias: str, briefing: Briefing) -> None:
        self._alias, self._briefing = alias, briefing
        self._cells = Names({}, briefing.tables, briefing.units, {}, Reported())
        self._counts = count(briefing.front, briefing.recommendations, briefing.units, Reported())

    def __str__(self) -> str:
        return self._alias

    def __getitem__(self, part: str) -> Any:
        briefing = self._briefing
        if part in briefing.facts:
            return self._renamed(briefing.facts[part])
        if part in briefing.tables:
            return Rows(self, briefing.tables[part])
        if part == "recommendations":
            groups = {name: self._renamed(n) for name, n in self._counts[part].parts.items()}
            return Fields(f"{self._alias}.recommendations", groups)
        if part == "date":
            return briefing.front.date
        known = {*briefing.facts, *briefing.tables, "recommendations", "date"}
        raise QuantityError("LOD402", f"`{self._alias}` has no `{part}`", did_you_mean(part, known))

    def cell(self, table: Table, key: str, column: str) -> Number | str:
        """A cell of one of its tables."""
        cell = self._cells.cell(table, key, column)
        return self._renamed(cell) if isinstance(cell, Number) else cell

    def _renamed(self, number: Number) -> Number:
        """A number, and those it was computed from, with the briefing before name and place."""
        return number.model_copy(
            update={
                "name": f"{self._alias}.{number.name}",
                "origin": f"{self._briefing.slug}/{number.origin}",
                "inputs": tuple(map(self._renamed, number.inputs)),
            }
        )
