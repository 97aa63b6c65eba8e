"""What several rules of mainland China ask: is the publication declared, and on which day is it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta, timezone

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Unknown

BEIJING = timezone(timedelta(hours=8))


def release_day(dossier: Dossier) -> date:
    """The day of release in Beijing; the day of the briefing, where no time is given."""
    publication = dossier.briefing.front.publication
    moment = publication.released_at if publication else None
    return moment.astimezone(BEIJING).date() if moment else dossier.day


def undeclared(dossier: Dossier) -> Iterator[Unknown]:
    """What a rule on the publication says where none is declared."""
    if dossier.briefing.front.publication is None:
        help_line = "add `publication:` to briefing.yaml"
        yield Unknown("how the report is published is not declared", help_line)
