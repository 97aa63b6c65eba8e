"""Houses side by side: who says what of which security."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.model.briefing import Briefing
from briefgen.model.security import Security


@dataclass(frozen=True, slots=True)
class Stances:
    """A security and what each house says of it.

    Shape: `words` has an entry per house, in the order of the comparison: the house's own words,
    empty where it does not name the security.
    """

    security: Security
    words: tuple[tuple[str, ...], ...]


def stances(briefing: Briefing) -> list[Stances]:
    """All securities that any compared house recommends; those of several houses come first."""
    houses = list(briefing.compared.values())
    securities = {name: s for house in houses for name, s in house.securities.items()}
    rows = [Stances(security, _words(name, houses)) for name, security in securities.items()]
    named = [row for row in rows if any(row.words)]
    return sorted(named, key=lambda row: -sum(bool(words) for words in row.words))


def _words(security: str, houses: list[Briefing]) -> tuple[tuple[str, ...], ...]:
    return tuple(
        tuple(
            dict.fromkeys(
                house.brokerage.stances[group.stance]
                for group in house.recommendations.values()
                if any(pick.security == security for pick in group.picks)
            )
        )
        for house in houses
    )
