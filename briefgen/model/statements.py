"""The statements on interests that a report must carry, made from the declared facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import Banking, Listing, OfSecurity, Position
from briefgen.model.value import Value

NET_THRESHOLD = Decimal("0.5")
"""Percent of the issued shares above which a net position is stated in Europe."""


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
    return (*found, *_totals(briefing), *_net(briefing), *_declared(briefing))


def _totals(briefing: Briefing) -> Iterator[Statement]:
    """What the positions of several business lines come to, on each side of a security."""
    listing = briefing.disclosure_facts.positions
    parts: dict[tuple[str, str], list[Decimal]] = {}
    for row in listing.rows if listing else ():
        parts.setdefault((row.security, row.side), []).append(row.percent)
    for (security, side), percents in parts.items():
        if listing is not None and len(percents) > 1:
            yield Statement(
                kind=f"positions_{side}_total",
                as_of=listing.as_of,
                securities=(security,),
                values={"percent": str(sum(percents))},
            )


def net_positions(briefing: Briefing) -> dict[str, Decimal]:
    """Long less short, by security. Units: percent of the issued shares."""
    listing, net = briefing.disclosure_facts.positions, dict[str, Decimal]()
    for row in listing.rows if listing else ():
        signed = row.percent if row.side == "long" else -row.percent
        net[row.security] = net.get(row.security, Decimal(0)) + signed
    return net


def _net(briefing: Briefing) -> Iterator[Statement]:
    """Net positions above the threshold, where the report goes to Europe."""
    publication, listing = briefing.front.publication, briefing.disclosure_facts.positions
    places = {*briefing.brokerage.licences, *(publication.audience if publication else ())}
    if listing is None or not places & {"EU", "UK"}:
        return
    for security, net in net_positions(briefing).items():
        if abs(net) > NET_THRESHOLD:
            yield Statement(
                kind=f"positions_net_{'long' if net > 0 else 'short'}",
                as_of=listing.as_of,
                securities=(security,),
                values={"percent": str(abs(net))},
            )


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
            is_told = kind == "interests" and declaration.nature is not None
            nature = {"nature": declaration.nature or ""} if is_told else {}
            if securities:
                yield Statement(
                    kind=f"declared_{kind}",
                    as_of=declaration.date,
                    securities=securities,
                    values={"person": names[declaration.person]} | nature,
                )
