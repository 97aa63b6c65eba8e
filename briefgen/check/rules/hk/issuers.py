"""The issuers listed in Hong Kong that a briefing names."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import current, named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Unknown


def in_hong_kong(dossier: Dossier) -> tuple[str, ...]:
    """The ids of the securities whose market is Hong Kong."""
    return tuple(name for name, one in dossier.briefing.securities.items() if one.market == "HK")


def unknown_market(dossier: Dossier) -> Iterator[Unknown]:
    """That securities may be listed in Hong Kong, and nobody knows."""
    unknown = [
        named(dossier, name)
        for name, one in dossier.briefing.securities.items()
        if one.market is None
    ]
    if unknown:
        yield Unknown(
            f"the market of {', '.join(unknown)} is not known, and may be Hong Kong",
            "give `market` in `securities.csv`",
            ("securities",),
        )


def facts_on_issuers(dossier: Dossier, name: str, most_days: int) -> Iterator[Answer]:
    """What is missing before a list can tell of the issuers listed in Hong Kong."""
    yield from unknown_market(dossier)
    if in_hong_kong(dossier):
        yield from current(dossier, name, most_days)
