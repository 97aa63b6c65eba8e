"""Rules on relationships that may impair objectivity, and on the proportions of ratings."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from briefgen.check.compliance.declared import (
    MONTH,
    WEEK,
    current,
    disclosures_file,
    named,
    outside_twelve_months,
    released_on,
)
from briefgen.check.compliance.printed import disclosed, unsaid
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown, rests_on
from briefgen.check.rules.eu.printed import no_place_to_print
from briefgen.model.disclosure_facts import Listing, Shareholder
from briefgen.model.statements import NET_THRESHOLD, net_positions, statements

HOLDER_THRESHOLD = 5
"""Percent of the firm's capital above which an issuer that holds it is named."""

SERVICES = ("managed-offering", "compensation", "mandate", "other-compensation", "client")
"""Those that count for twelve months; an agreement on the report counts as long as it runs."""

GRACE = timedelta(days=15)
"""How long after the end of a quarter the proportions of the one before may be given."""


def net_position_unstated(dossier: Dossier) -> Iterator[Answer]:
    """A net long or short position above 0.5% that is not stated with its side, or not known.

    Why: Delegated Regulation (EU) 2016/958, Art. 6(1)(a): a net position that exceeds 0.5% of the
    issued share capital is stated, and whether it is long or short. Exactly 0.5% does not exceed
    it. The sentence is written from the list `positions`: long less short, per issuer.

    Bad:  a net short position of 0.6%, and no section `disclosures`
    Good: positions: {as_of: 2026-02-28, rows: [{security: shili-soft, percent: 0.5}]}
    """
    yield from current(dossier, "positions", MONTH)
    for name, net in net_positions(dossier.briefing).items():
        if abs(net) > NET_THRESHOLD:
            side = "long" if net > 0 else "short"
            told = f"the net {side} position of {abs(net)}% in {named(dossier, name)}"
            yield from no_place_to_print(dossier, told)
    yield from _unprinted(dossier, "positions_net")


def issuer_shareholding_unstated(dossier: Dossier) -> Iterator[Answer]:
    """An issuer that holds more than 5% of the firm, and is not named for it, or is not known.

    Why: Delegated Regulation (EU) 2016/958, Art. 6(1)(b): holdings of the issuer in the producer
    that exceed 5% of its issued share capital are stated. Exactly 5% does not exceed it. The
    sentence is written from the list `shareholders`.

    Bad:  no list `shareholders`
    Good: shareholders: {as_of: 2026-02-28, rows: []}
    """
    yield from current(dossier, "shareholders", MONTH)
    listing: Listing[Shareholder] | None = dossier.briefing.disclosure_facts.shareholders
    for row in listing.rows if listing else ():
        if row.percent > HOLDER_THRESHOLD:
            told = f"that {named(dossier, row.security)} holds {row.percent}% of the firm"
            yield from no_place_to_print(dossier, told)
    yield from _unprinted(dossier, "shareholders")


def market_making_or_services_unstated(dossier: Dossier) -> Iterator[Answer]:
    """Market making, a managed offering or services of twelve months that are not stated or known.

    Why: Delegated Regulation (EU) 2016/958, Art. 6(1)(c): that the firm is a market maker, led or
    co-led an offering in the previous twelve months, or had an agreement on services with the
    issuer in that time. The sentences are written from `market_making` and `banking`; a service
    of another time does not belong into a sentence on twelve months.

    Bad:  {security: shili-cloud, service: compensation, date: 2024-09-20}, released 2026-03-02
    Good: {security: shili-cloud, service: compensation, date: 2025-09-20}
    """
    yield from current(dossier, "market_making", WEEK)
    yield from current(dossier, "banking", MONTH)
    yield from outside_twelve_months(dossier, SERVICES, tuple(dossier.briefing.securities))
    yield from no_place_to_print(dossier, "whether the firm makes a market or serves the issuers")
    yield from _unprinted(dossier, "market_making", "banking")


def _unprinted(dossier: Dossier, *kinds: str) -> Iterator[Problem]:
    """The statements of these kinds that the finished edition does not print."""
    output = dossier.output
    if output is None:
        return
    texts = disclosed(dossier, output)
    for statement in statements(dossier.briefing):
        for name in unsaid(statement, texts, dossier) if statement.kind.startswith(kinds) else ():
            told = statement.kind.replace("_", " ")
            yield Problem(
                ("front", "sections"),
                f"the disclosures do not print the statement “{told}” on {named(dossier, name)} as "
                f"of {statement.as_of}",
                "print it: `blocks/statements.html.j2` in a section `kind: disclosures`",
                subject=f"{name} {statement.kind}",
            )


def quarterly_proportions_missing(dossier: Dossier) -> Iterator[Answer]:
    """Proportions of buy, hold and sell that are not known, not of the last quarter, or unsound.

    Why: Delegated Regulation (EU) 2016/958, Art. 6(3): every quarter the proportion of all
    recommendations that are buy, hold, sell, and in each the share of issuers that got services.
    They are counted on the list `coverage`, whose day is the end of the last quarter; within 15
    days after it, that of the one before will do. One label counts as one of the three (CHK216).
    The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  coverage: {as_of: 2025-09-30, …}, released 2026-03-02
    Good: coverage: {as_of: 2025-12-31, …}
    """
    listing, day = dossier.briefing.disclosure_facts.coverage, released_on(dossier)
    path = ("disclosure_facts", "coverage")
    if listing is None:
        help_line = f"add `coverage: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown("there is no list `coverage` to count ratings on", help_line, path)
        return
    yield from rests_on(dossier, "CHK216")
    due = quarter_ends_before(day)
    allowed = due if day - due[0] <= GRACE else due[:1]
    if listing.as_of not in allowed:
        wanted = " or ".join(str(end) for end in allowed)
        yield Problem(
            path,
            f"the proportions are counted on {listing.as_of}; released on {day}, they must be of "
            f"{wanted}",
            f"count `coverage` in {disclosures_file(dossier)} anew",
            subject="as_of",
        )
    if "ratings" not in {section.kind for section in dossier.briefing.front.sections}:
        message = "the proportions of ratings are printed nowhere: there is no section `ratings`"
        help_line = "add `- {kind: ratings, title: …}` to `sections`"
        yield Problem(("front", "sections"), message, help_line, subject="section")


def quarter_ends_before(day: date) -> tuple[date, date]:
    """The ends of the last two quarters that were over on a day, the later one first."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    last = first - timedelta(days=1)
    before = date(last.year, last.month - 2, 1) - timedelta(days=1)
    return last, before
