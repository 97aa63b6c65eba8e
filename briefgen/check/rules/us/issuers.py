"""The issuers that a report for the United States names."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import current, named
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer


def issuers(dossier: Dossier) -> tuple[str, ...]:
    """The ids of all securities that the briefing names, wherever they are listed."""
    return tuple(dossier.briefing.securities)


def told(dossier: Dossier) -> str:
    """The issuers in a message."""
    return ", ".join(named(dossier, name) for name in issuers(dossier))


def facts_on_issuers(dossier: Dossier, name: str, most_days: int) -> Iterator[Answer]:
    """What is missing before a list can tell of the issuers; nothing, where none is named."""
    if issuers(dossier):
        yield from current(dossier, name, most_days)
