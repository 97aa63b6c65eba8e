"""The statements on interests that a report must carry, made from the declared facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import Banking, Listing, OfSecurity, Position
from briefgen.model.value import Value


class Statement(Value):
    """One sentence: `kind` names its label (`statement_KIND`), `values` fill it in.

    Shape: `securities` are ids; a negative statement names all that it is about.
    """

    kind: str
    as_of: date
    securities: tuple[str, ...]
    values: dict[str, str] = {}


def statements(briefing: Briefing) -> tuple[Statement, ...]:
    """What the facts say of the securities that the briefing names, list by list.

    A list that is missing gives no statement, for nothing is known; one without a row on some of
    the securities gives the negative statement on these.
    """
    facts = briefing.disclosure_facts
    lists: dict[str, Listing[Any] | None] = {
        "positions": facts.positions,
        "banking": facts.banking,
        "market_making": facts.market_making,
        "officers": facts.officers,
        "shareholders": facts.shareholders,
    }
    found = [
        statement
        for kind, listing in lists.items()
        if listing is not None
        for statement in _on_interests(briefing, kind, listing)
    ]
    return (*found, *_declared(briefing))


def _on_interests(briefing: Briefing, kind: str, listing: Listing[Any]) -> Iterator[Statement]:
    as_of, touched = listing.as_of, set()
    for row in listing.rows:
        touched.add(row.security)
        yield Statement(
            kind="_".join((kind, *_wording(row))),
            as_of=as_of,
            securities=(row.security,),
            values=_details(row),
        )
    if others := tuple(name for name in briefing.securities if name not in touched):
        yield Statement(kind=f"{kind}_none", as_of=as_of, securities=others)


def _wording(row: OfSecurity) -> Iterator[str]:
    """What tells the wordings of one list apart: the side of a position, the kind of service."""
    if isinstance(row, Position):
        yield row.side
    elif isinstance(row, Banking):
        yield row.service.replace("-", "_")
        if row.expected:
            yield "expected"


def _details(row: OfSecurity) -> dict[str, str]:
    """The other fields of a row as text; what is not given is left out."""
    return {
        name: f"{value:,}" if name == "shares" else str(value)
        for name, value in row
        if value is not None and name != "security"
    }


def _declared(briefing: Briefing) -> Iterator[Statement]:
    """What the authors declare for themselves, their households and associates."""
    publication, listing = briefing.front.publication, briefing.disclosure_facts.declarations
    if publication is None or listing is None:
        return
    names = {author.id: author.name for author in publication.authors}
    for declaration in listing.rows:
        if declaration.person not in names:
            continue
        held = {
            "interests": declaration.interests,
            "offices": declaration.offices,
            "paid_by": declaration.paid_by,
        }
        on = {
            kind: tuple(name for name in securities if name in briefing.securities)
            for kind, securities in held.items()
        }
        touched = {name for securities in on.values() for name in securities}
        on["none"] = tuple(name for name in briefing.securities if name not in touched)
        for kind, securities in on.items():
            if securities:
                yield Statement(
                    kind=f"declared_{kind}",
                    as_of=declaration.date,
                    securities=securities,
                    values={"person": names[declaration.person]},
                )
