"""Interests of the firm that research on Hong Kong securities must disclose."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from briefgen.check.compliance.declared import (
    MONTH,
    WEEK,
    held,
    named,
    outside_twelve_months,
    services,
)
from briefgen.check.compliance.denials import contradicted, holdings_denied, strict_thresholds
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer
from briefgen.check.rules.hk.issuers import facts_on_issuers, in_hong_kong

PAID = ("compensation", "mandate", "managed-offering")
"""The services that make an investment banking relationship."""


def hk_interest_of_one_percent(dossier: Dossier) -> Iterator[Answer]:
    """The firm's holdings in issuers listed in Hong Kong are not known, or are told wrongly.

    Why: paragraph 16.5 of the SFC's Code of Conduct wants financial interests disclosed that
    aggregate 1% or more of the market capitalisation. The threshold includes 1% itself, the
    business lines and affiliates count together, and a standing sentence cannot deny what the
    positions say. That the statements stand on the page is HK-11.

    Bad:  本公司不持有上述公司 1% 或以上的权益, with positions of 0.6% and 0.4%
    Good: positions: {as_of: 2026-02-28, rows: […]}, and no sentence of that kind
    """
    issuers = in_hong_kong(dossier)
    yield from facts_on_issuers(dossier, "positions", MONTH)
    if issuers:
        holdings = {
            name: sum((row.percent for row in held(dossier, name)), Decimal(0)) for name in issuers
        }
        yield from holdings_denied(dossier, holdings)
        yield from strict_thresholds(dossier)


def hk_banking_relationship(dossier: Dossier) -> Iterator[Answer]:
    """Investment banking for issuers listed in Hong Kong is not known, or is told wrongly.

    Why: paragraph 16.5 wants pay or a mandate for investment banking within the preceding twelve
    months disclosed. Older services do not belong into that sentence, and a standing sentence
    cannot deny what the list of services says.

    Bad:  {security: shili-cloud, service: compensation, date: 2024-09-20}, released 2026-03-02
    Good: {security: shili-cloud, service: compensation, date: 2025-09-20}
    """
    issuers = in_hong_kong(dossier)
    yield from facts_on_issuers(dossier, "banking", MONTH)
    yield from outside_twelve_months(dossier, PAID, issuers)
    done = {row.security: row for row in services(dossier, PAID, issuers) if not row.expected}
    facts = {
        name: f"there was a `{row.service}` for {named(dossier, name)} on {row.date}"
        for name, row in done.items()
    }
    yield from contradicted(dossier, "banking", facts)


def hk_market_making(dossier: Dossier) -> Iterator[Answer]:
    """Whether the firm makes a market in issuers listed in Hong Kong is not known, or denied.

    Why: paragraph 16.5 wants market making in the issuer's securities disclosed, as it is when the
    report is issued.

    Bad:  no list `market_making`
    Good: market_making: {as_of: 2026-02-28, rows: []}
    """
    issuers = in_hong_kong(dossier)
    yield from facts_on_issuers(dossier, "market_making", WEEK)
    listing = dossier.briefing.disclosure_facts.market_making
    facts = {
        row.security: f"the firm makes a market in {row.instrument} of "
        f"{named(dossier, row.security)}"
        for row in (listing.rows if listing else ())
        if row.security in issuers
    }
    yield from contradicted(dossier, "market_making", facts)


def hk_officer_of_issuer(dossier: Dossier) -> Iterator[Answer]:
    """Whether somebody of the firm is an officer of an issuer is not known, denied or not vouched.

    Why: paragraph 16.5 wants disclosed that an individual employed by or associated with the firm
    is an officer of the issuer. Systems know employees; that associates were asked too, a person
    must say.

    Bad:  no list `officers`
    Good: officers: {as_of: 2026-02-28, rows: []}, and compliance attests HK-06
    """
    issuers = in_hong_kong(dossier)
    yield from facts_on_issuers(dossier, "officers", MONTH)
    listing = dossier.briefing.disclosure_facts.officers
    rows = [row for row in (listing.rows if listing else ()) if row.security in issuers]
    facts = {
        row.security: f"`{row.person}` is {row.office} of {named(dossier, row.security)}"
        for row in rows
    }
    yield from contradicted(dossier, "officers", facts)
    if issuers and listing is not None:
        names = ", ".join(named(dossier, name) for name in issuers)
        question = (
            f"does the list `officers` of {listing.as_of} cover persons associated with the firm, "
            f"not only its employees, for {names}?"
        )
        yield from vouched(dossier, "HK-06", question, roles=("compliance",))
