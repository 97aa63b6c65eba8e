"""Conflicts of interest that research for the United States must disclose."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from briefgen.check.compliance.declared import (
    MONTH,
    WEEK,
    analysts,
    current,
    declaration,
    disclosures_file,
    held,
    named,
    outside_twelve_months,
    released_on,
    services,
    unsigned,
)
from briefgen.check.compliance.denials import contradicted, holdings_denied
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.us.issuers import facts_on_issuers, issuers, told
from briefgen.model.disclosure_facts import Declaration

BANKING = ("managed-offering", "compensation")
OTHER = ("other-compensation", "client")
GRACE_DAYS = 10
"""So many days after the end of a month, the month before will do: NASD Rule 2711(h)(1)(B), whose
successor in Rule 2241(c)(4)(F) may be more lenient."""


def us_analyst_interest(dossier: Dossier) -> Iterator[Answer]:
    """An analyst has not declared the interests of the household, or not what they are.

    Why: FINRA Rule 2241(c)(4)(A) wants the financial interests of the analyst and the household
    disclosed, and their nature: shares, options, long or short. The citation is from memory and
    runs as a warning until a lawyer confirms it. Each analyst vouches for the declaration.

    Bad:  {person: jia, date: 2026-02-27, interests: [shili-soft]}
    Good: {person: jia, date: 2026-02-27, interests: [shili-soft], nature: 普通股}, attested by jia
    """
    if not issuers(dossier):
        return
    yield from unsigned(dossier)
    for author in analysts(dossier):
        for found in declaration(dossier, author):
            if not isinstance(found, Declaration):
                yield found
                continue
            held_here = [name for name in found.interests if name in issuers(dossier)]
            if held_here and found.nature is None:
                names = ", ".join(named(dossier, name) for name in held_here)
                yield Problem(
                    ("disclosure_facts", "declarations"),
                    f"{author.name} has an interest in {names}, and the declaration of "
                    f"{found.date} does not say of what nature",
                    f"give `nature` in {disclosures_file(dossier)}",
                    subject=f"{author.id} nature",
                )
            yield from vouched(
                dossier,
                "US-09",
                f"does the declaration of {author.name} of {found.date} name all financial "
                f"interests that {author.name} and the household have in {told(dossier)}?",
                subject=author.id,
                person=author.id,
            )


def us_banking_relationship(dossier: Dossier) -> Iterator[Answer]:
    """Offerings and investment banking pay are not known, are misdated, or reveal a secret.

    Why: FINRA Rule 2241(c)(4)(C) wants offerings managed and pay for investment banking in the
    past twelve months disclosed, and pay expected in the next three; fines followed where the
    database was not fed. By (c)(5) nothing need be disclosed that would reveal a coming deal, so
    counsel looks at everything that is expected.

    Bad:  {security: shili-cloud, service: compensation, date: 2026-05-01, expected: true}
    Good: the same, and counsel attests US-10 --subject shili-cloud
    """
    yield from facts_on_issuers(dossier, "banking", MONTH)
    yield from outside_twelve_months(dossier, BANKING, issuers(dossier))
    rows = services(dossier, BANKING, issuers(dossier))
    facts = {
        row.security: f"there was a `{row.service}` for {named(dossier, row.security)} on "
        f"{row.date}"
        for row in rows
        if not row.expected
    }
    yield from contradicted(dossier, "banking", facts)
    for security in dict.fromkeys(row.security for row in rows if row.expected):
        question = (
            f"the report says that the firm expects business from {named(dossier, security)}: may "
            "it, or would it reveal a deal that is not public (Rule 2241(c)(5))?"
        )
        yield from vouched(dossier, "US-10", question, subject=security, roles=("counsel",))


def us_other_compensation(dossier: Dossier) -> Iterator[Answer]:
    """Other pay and client relations are not known, or do not say for which services.

    Why: FINRA Rule 2241(c)(4)(D) and (E) want other pay of the past twelve months disclosed, and
    that the issuer was a client, with the types of services.

    Bad:  {security: shili-soft, service: client, date: 2025-11-03}
    Good: {security: shili-soft, service: client, date: 2025-11-03, detail: 托管服务}
    """
    yield from facts_on_issuers(dossier, "banking", MONTH)
    yield from outside_twelve_months(dossier, OTHER, issuers(dossier))
    for row in services(dossier, OTHER, issuers(dossier)):
        if row.detail is None:
            yield Problem(
                ("disclosure_facts", "banking"),
                f"{named(dossier, row.security)}: the `{row.service}` of {row.date} does not say "
                "for which services",
                f"give `detail` in {disclosures_file(dossier)}",
                subject=f"{row.security} {row.service}",
            )


def us_ownership_of_one_percent(dossier: Dossier) -> Iterator[Answer]:
    """The firm's holdings are not known as of the end of the month, or are denied.

    Why: FINRA Rule 2241(c)(4)(F) wants it disclosed when the firm and its affiliates own 1% or
    more of a class of common equity, as of the last month end; shortly after it, the month end
    before will do. The citation is from memory and runs as a warning until a lawyer confirms it, as
    does the grace of ten days, which was that of the rule before.

    Bad:  positions: {as_of: 2026-02-15, …}, released 2026-03-02
    Good: positions: {as_of: 2026-02-28, …}
    """
    if not issuers(dossier):
        return
    yield from current(dossier, "positions", 2 * MONTH)
    listing, released = dossier.briefing.disclosure_facts.positions, released_on(dossier)
    if listing is None:
        return
    last = _month_end_before(released)
    allowed = {last}
    if (released - last).days < GRACE_DAYS:
        allowed.add(_month_end_before(last))
    if listing.as_of not in allowed and listing.as_of <= released:
        days = " or ".join(str(day) for day in sorted(allowed))
        yield Problem(
            ("disclosure_facts", "positions", "as_of"),
            f"the positions are of {listing.as_of}; for a release on {released} they are to be of "
            f"the end of the month, {days}",
            f"give the positions of that day in {disclosures_file(dossier)}",
            subject="as-of",
        )
    holdings = {
        name: sum((r.percent for r in held(dossier, name) if r.side == "long"), Decimal(0))
        for name in issuers(dossier)
    }
    yield from holdings_denied(dossier, holdings)


def _month_end_before(day: date) -> date:
    return day.replace(day=1) - timedelta(days=1)


def us_market_making(dossier: Dossier) -> Iterator[Answer]:
    """Whether the firm makes a market in securities of the issuers is not known, or denied.

    Why: FINRA Rule 2241(c)(4)(G) wants market making disclosed as of the day of publication. The
    citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  market_making: {as_of: 2026-01-31, rows: []}, released 2026-03-02
    Good: market_making: {as_of: 2026-02-28, rows: []}
    """
    yield from facts_on_issuers(dossier, "market_making", WEEK)
    listing = dossier.briefing.disclosure_facts.market_making
    facts = {
        row.security: f"the firm makes a market in {row.instrument} of "
        f"{named(dossier, row.security)}"
        for row in (listing.rows if listing else ())
    }
    yield from contradicted(dossier, "market_making", facts)
