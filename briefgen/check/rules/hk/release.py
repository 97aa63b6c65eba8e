"""Whether a report may go out in Hong Kong on its day, and who had a say in it."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import WEEK, named, released_on
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.hk.issuers import facts_on_issuers, in_hong_kong

SHOWN = {
    "no": "the draft was shown to no issuer",
    "facts-checked": "issuers checked facts of the draft, through compliance, and saw no view or "
    "target price",
    "amended": "issuers saw the draft through compliance, and it was amended",
}


def hk_quiet_period(dossier: Dossier) -> Iterator[Answer]:
    """The report is released in a quiet period of a Hong Kong issuer that it names.

    Why: after an offering that it managed, a firm publishes nothing on the issuer: 40 days after
    an initial one, 10 after a later one. The periods are from memory, and run as a warning until a
    lawyer confirms them; the days are those that the firm's own calendar gives.

    Bad:  {security: shili-cloud, begins: 2026-02-01, ends: 2026-03-12, …}, released 2026-03-02
    Good: released 2026-03-13
    """
    yield from facts_on_issuers(dossier, "quiet_periods", WEEK)
    listing, day = dossier.briefing.disclosure_facts.quiet_periods, released_on(dossier)
    for row in listing.rows if listing else ():
        if row.security in in_hong_kong(dossier) and row.begins <= day <= row.ends:
            yield Problem(
                ("disclosure_facts", "quiet_periods"),
                f"{named(dossier, row.security)} is in a quiet period from {row.begins} to "
                f"{row.ends} ({row.why}); the release is on {day}",
                "release the report later, or leave the issuer out",
                subject=row.security,
            )


def hk_no_banking_approval(dossier: Dossier) -> Iterator[Answer]:
    """Nobody attests that investment banking did not approve the report.

    Why: paragraph 16.6 keeps research from reporting to investment banking and from needing its
    approval; only facts may be checked, and only through legal or compliance. No file shows who
    read a draft, so compliance vouches for it.

    Bad:  no `shown_to_issuer`, no attestation
    Good: shown_to_issuer: facts-checked, and compliance attests HK-16
    """
    publication = dossier.briefing.front.publication
    if publication is None or publication.shown_to_issuer is None:
        reason = "it is not said whether an issuer saw the draft"
        help_line = 'write `shown_to_issuer: "no"`, `facts-checked` or `amended`'
        yield Unknown(reason, help_line, ("front", "publication"))
        return
    question = (
        "is it true that nobody of investment banking approved the report or saw more of it than "
        f"facts to check through compliance, and that {SHOWN[publication.shown_to_issuer]}?"
    )
    yield from vouched(dossier, "HK-16", question, roles=("compliance", "counsel"))
