"""What expressions can count, and the day of the briefing."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.grammar import Parts
from briefgen.load.reported import REPORTED, Reported
from briefgen.model.briefing import Front
from briefgen.model.number import Number
from briefgen.model.recommendation import Group
from briefgen.model.unit import QuantityError, Unit, UnitName


class Fields(Parts):
    """Something inside an expression that has named parts: `recommendations.office`."""

    def __init__(
        self, name: str, parts: Mapping[str, Any], kind: str = "", reported: Reported | None = None
    ) -> None:
        self._name, self.parts = name, parts
        self._kind, self._reported = kind, reported

    def __str__(self) -> str:
        return self._name

    def __getitem__(self, part: str) -> Any:
        if part in self.parts:
            return self.parts[part]
        if self._reported and self._reported.covers(self._kind, part):
            raise QuantityError(REPORTED, f"`{part}` has findings of its own")
        known = did_you_mean(part, self.parts)
        raise QuantityError("LOD402", f"`{self._name}` has no `{part}`", known)


def count(
    front: Front | None,
    groups: Mapping[str, Group],
    units: Mapping[str, UnitName],
    reported: Reported,
) -> dict[str, Fields]:
    """What expressions can count: `recommendations.securities`, `recommendations.office`."""
    unit = Unit(factors=(("companies", 1),)) if "companies" in units else Unit()

    def number(name: str, value: int, of: str | None) -> Number:
        return Number(
            value=Decimal(value),
            unit=unit,
            name=name,
            origin="recommendations.yaml",
            is_exact=True,
            where=of,
        )

    securities = {pick.security for group in groups.values() for pick in group.picks}
    numbers = {"securities": number("recommendations.securities", len(securities), None)}
    for group_id, group in groups.items():
        numbers[group_id] = number(f"recommendations.{group_id}", len(group.picks), group.theme)
    return {
        "recommendations": Fields("recommendations", numbers, "group", reported),
        "briefing": Fields("briefing", {"date": front.date if front else ""}),
    }
