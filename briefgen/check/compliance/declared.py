"""What a brokerage declares of its interests: whether it is there, and holds for the release."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import Any

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.model.disclosure_facts import Banking, Declaration, Listing, Position
from briefgen.model.history import release_day
from briefgen.model.publication import Author

MONTH, WEEK = 31, 7
"""How old, in days, a list may be on release; what may change daily is asked for weekly."""


def released_on(dossier: Dossier) -> date:
    """The day of release; the briefing's, where no time is given."""
    return release_day(dossier.briefing)


def disclosures_file(dossier: Dossier) -> str:
    """Where the lists stand."""
    return f"`disclosures/{dossier.briefing.front.brokerage}.yaml`"


def current(dossier: Dossier, name: str, most_days: int) -> Iterator[Answer]:
    """What keeps a list from saying how things stand on release: it is missing, too old, too new.

    Units: `most_days` counts back from the day of release.
    """
    listing: Listing[Any] | None = getattr(dossier.briefing.disclosure_facts, name)
    path, day = ("disclosure_facts", name), released_on(dossier)
    if listing is None:
        help_line = f"add `{name}: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown(f"there is no list `{name}`", help_line, path, name)
    elif listing.as_of > day:
        message = f"the list `{name}` is of {listing.as_of}, after the release on {day}"
        yield Problem(path, message, "give the list as it stood before the release", subject=name)
    elif (day - listing.as_of).days > most_days:
        age = (day - listing.as_of).days
        reason = (
            f"the list `{name}` is of {listing.as_of}, {age} days before the release on {day}; "
            f"{most_days} are the most"
        )
        help_line = f"bring `{name}` in {disclosures_file(dossier)} up to date"
        yield Unknown(reason, help_line, path, name)


def held(dossier: Dossier, security: str) -> tuple[Position, ...]:
    """The positions of the firm in a security."""
    listing = dossier.briefing.disclosure_facts.positions
    return tuple(row for row in listing.rows if row.security == security) if listing else ()


def services(
    dossier: Dossier, kinds: Collection[str], securities: Collection[str]
) -> tuple[Banking, ...]:
    """The services of some kinds for some issuers."""
    listing = dossier.briefing.disclosure_facts.banking
    rows = listing.rows if listing else ()
    return tuple(row for row in rows if row.service in kinds and row.security in securities)


def outside_twelve_months(
    dossier: Dossier, kinds: Collection[str], securities: Collection[str]
) -> Iterator[Problem]:
    """Services of after the day of the list: the statement speaks of the twelve months before it.

    Those that are expected have no such window; older ones are left out of the statement.
    """
    listing = dossier.briefing.disclosure_facts.banking
    for row in services(dossier, kinds, securities):
        if listing is not None and not row.expected and row.date > listing.as_of:
            name = named(dossier, row.security)
            yield Problem(
                ("disclosure_facts", "banking"),
                f"{name}: the `{row.service}` of {row.date} is after the day of the list, "
                f"{listing.as_of}, up to which the statement speaks of twelve months",
                f"bring `as_of` of `banking` in {disclosures_file(dossier)} up to date",
                subject=f"{row.security} {row.service}",
            )


def named(dossier: Dossier, security: str) -> str:
    """A security in a message, as the briefing's language names it."""
    known = dossier.briefing.securities[security]
    is_chinese = dossier.briefing.language.startswith("zh")
    return f"`{known.name_zh if is_chinese else known.name_en or known.name_zh}`"


def analysts(dossier: Dossier) -> tuple[Author, ...]:
    """The authors who sign."""
    publication = dossier.briefing.front.publication
    authors = publication.authors if publication else ()
    return tuple(author for author in authors if author.role == "analyst")


def unsigned(dossier: Dossier) -> Iterator[Unknown]:
    """That no analyst is named, where none is."""
    if not analysts(dossier):
        help_line = "add `{id: …, name: …, role: analyst}` to `publication.authors`"
        yield Unknown("no analyst is named among the authors", help_line, ("front", "publication"))


def declaration(dossier: Dossier, author: Author) -> Iterator[Declaration | Answer]:
    """What an analyst declares, or why that is not known."""
    yield from current(dossier, "declarations", MONTH)
    listing = dossier.briefing.disclosure_facts.declarations
    if listing is None:
        return
    path, day, known = ("disclosure_facts", "declarations"), released_on(dossier), author.id
    own = [row for row in listing.rows if row.person == author.id]
    help_line = f"add `{{person: {known}, date: …}}` to `declarations` of "
    if not own:
        reason = f"{author.name} (`{known}`) has declared neither interests nor offices"
        yield Unknown(reason, help_line + disclosures_file(dossier), path, known)
    for row in own:
        if row.date > day:
            message = f"{author.name} declared on {row.date}, after the release on {day}"
            yield Problem(path, message, "have it declared before the release", subject=known)
        elif day - row.date > timedelta(days=MONTH):
            reason = f"the declaration of {author.name} is of {row.date}, over {MONTH} days old"
            yield Unknown(reason, "have it declared anew", path, known)
        yield row
