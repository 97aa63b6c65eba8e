"""What analysts must declare and undertake before research goes to Hong Kong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from briefgen.check.compliance.certifying import PAY_WORDS, missing_limbs, not_certifying
from briefgen.check.compliance.declared import (
    WEEK,
    analysts,
    current,
    declaration,
    named,
    released_on,
    unsigned,
)
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.hk.issuers import in_hong_kong, unknown_market
from briefgen.model.disclosure_facts import Declaration
from briefgen.model.publication import Author

DAYS_BEFORE, BUSINESS_DAYS_AFTER = 30, 3
SATURDAY = 5


def hk_analyst_interest(dossier: Dossier) -> Iterator[Answer]:
    """An analyst has not declared interests in the Hong Kong issuers, or does not stand by it.

    Why: paragraph 16.4 wants the financial interests of analysts and their associates disclosed;
    the citation is from memory and runs as a warning until a lawyer confirms it. The statement is
    made from the declaration, and each analyst vouches that it covers these issuers and associates.

    Bad:  no row `person: jia` in `declarations`
    Good: {person: jia, date: 2026-02-27}, and jia attests HK-07
    """
    yield from unknown_market(dossier)
    if names := _issuers(dossier):
        yield from unsigned(dossier)
        for author in analysts(dossier):
            for found in declaration(dossier, author):
                if isinstance(found, Declaration):
                    yield from vouched(
                        dossier,
                        "HK-07",
                        f"does the declaration of {author.name} of {found.date} name all interests "
                        f"that {author.name} and associates have in {names}?",
                        subject=author.id,
                        person=author.id,
                    )
                else:
                    yield found


def hk_analyst_office(dossier: Dossier) -> Iterator[Answer]:
    """An analyst has not declared offices at the Hong Kong issuers, or the list says otherwise.

    Why: paragraph 16.4 wants it disclosed when an analyst or an associate is an officer of the
    issuer; the citation is from memory and runs as a warning until a lawyer confirms it. The list
    of officers of the firm must not know more than the analyst's own declaration.

    Bad:  officers: {rows: [{security: shili-cloud, person: jia, …}]}, no `offices` of jia
    Good: {person: jia, date: 2026-02-27, offices: [shili-cloud]}, and jia attests HK-09
    """
    yield from unknown_market(dossier)
    if names := _issuers(dossier):
        yield from unsigned(dossier)
        for author in analysts(dossier):
            for found in declaration(dossier, author):
                if isinstance(found, Declaration):
                    yield from _undeclared(dossier, author, found)
                    yield from vouched(
                        dossier,
                        "HK-09",
                        f"does the declaration of {author.name} of {found.date} name all offices "
                        f"that {author.name} and associates hold at {names}?",
                        subject=author.id,
                        person=author.id,
                    )
                else:
                    yield found


def _undeclared(dossier: Dossier, author: Author, declared: Declaration) -> Iterator[Problem]:
    listing = dossier.briefing.disclosure_facts.officers
    for row in listing.rows if listing else ():
        known = row.security in declared.offices or row.security not in in_hong_kong(dossier)
        if row.person == author.id and not known:
            yield Problem(
                ("disclosure_facts", "declarations"),
                f"{author.name} is {row.office} of {named(dossier, row.security)} in `officers`, "
                f"and the declaration of {declared.date} does not say so",
                f"have `offices: [{row.security}]` declared, or mend `officers`",
                subject=f"{author.id} {row.security}",
            )


def hk_dealing_blackout(dossier: Dossier) -> Iterator[Answer]:
    """An analyst dealt in a Hong Kong issuer around the release, or has not undertaken not to.

    Why: paragraph 16 of the Code of Conduct keeps analysts from dealing in what they write on for
    30 days before the report and three business days after it, and from writing within 30 days of
    a trade of theirs. Saturdays and Sundays are no business days; holidays of the exchange are not
    known here and make the time longer. Compliance may attest an exception for a major event.

    Bad:  {security: shili-cloud, person: jia, side: buy, date: 2026-02-20}, released 2026-03-02
    Good: no trade since 2026-01-31, and jia attests HK-08
    """
    yield from unknown_market(dossier)
    issuers = in_hong_kong(dossier)
    if not issuers:
        return
    yield from unsigned(dossier)
    released = released_on(dossier)
    first, last = released - timedelta(days=DAYS_BEFORE), _business_days_after(released)
    listing = dossier.briefing.disclosure_facts.dealings
    if listing is None or listing.as_of <= released:
        yield from current(dossier, "dealings", WEEK)
    for author in analysts(dossier):
        for row in listing.rows if listing else ():
            if row.person != author.id or row.security not in issuers or row.date < first:
                continue
            subject = f"{author.id} {row.security}"
            is_excepted = any(
                one.role == "compliance" and one.by != author.id
                for one in dossier.attested("HK-08", subject)
            )
            if row.date <= last and not is_excepted:
                yield Problem(
                    ("disclosure_facts", "dealings"),
                    f"{author.name} had a `{row.side}` in {named(dossier, row.security)} on "
                    f"{row.date}; from {first} to {last} there must be none",
                    "release the report later, or have compliance attest the exception for a major "
                    f"event: `HK-08`, subject `{subject}`",
                    subject=subject,
                )
        yield from vouched(
            dossier,
            "HK-08",
            f"does {author.name} undertake not to deal in {_issuers(dossier)} until the end of "
            f"{last}, three business days after the release on {released}? Weekends are left out, "
            "holidays of the exchange are not known here",
            subject=author.id,
            person=author.id,
        )


def _business_days_after(day: date) -> date:
    left = BUSINESS_DAYS_AFTER
    while left:
        day += timedelta(days=1)
        left -= day.weekday() < SATURDAY
    return day


def _issuers(dossier: Dossier) -> str:
    return ", ".join(named(dossier, name) for name in in_hong_kong(dossier))


def hk_certification(dossier: Dossier) -> Iterator[Answer]:
    """The analysts do not certify their views and their pay.

    Why: reports in Hong Kong carry a statement by each analyst that the views are personal ones and
    that pay is not related to them; the citation is from memory and runs as a warning until a
    lawyer confirms it. US-03 asks for the exact limbs.

    Bad:  certification: 本报告内容来自公开资料。
    Good: certification: 署名分析师声明：本报告全部观点均反映本人的个人看法；报酬不与观点相关。
    """
    publication = dossier.briefing.front.publication
    text = publication.certification if publication else None
    path = ("front", "publication", "certification")
    yield from unsigned(dossier)
    if text is None:
        yield Problem(
            path,
            "there is no certification of views and pay",
            "write `certification:` below `publication`",
            subject="certification",
        )
        return
    if "personal-views" in missing_limbs(text):
        message = "the certification does not say that the views are the analyst's own"
        yield Problem(path, message, "add it: 均反映本人的个人看法", subject="views")
    if not PAY_WORDS.search(text):
        message = "the certification says nothing of the analyst's pay"
        yield Problem(path, message, "add it: 本人的报酬不与……观点相关", subject="pay")
    for name in not_certifying(text, dossier):
        message = f"the certification does not speak for {name}"
        yield Problem(
            path, message, "begin it with 署名分析师, or name every analyst", subject=name
        )
