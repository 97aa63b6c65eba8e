"""CN-21, 25, 27, 33: reviewed by others, allowed, recorded, and given out once."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import WEEK, current, named
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem
from briefgen.check.rules.cn.publishing import release_day, undeclared
from briefgen.model.output import Output
from briefgen.model.release import Role

REVIEWS: dict[str, tuple[str, tuple[Role, ...]]] = {
    "quality": ("quality review", ("quality-reviewer", "supervisory-analyst", "analyst")),
    "compliance": ("compliance review", ("compliance",)),
}
"""By subject of the attestation: what it is called, and in which functions it is given."""

EVIDENCE = "evidence.json"


def review_incomplete(dossier: Dossier) -> Iterator[Answer]:
    """The quality review or the compliance review is missing, or was done by the wrong person.

    Why: before release, two people who did not write the report look at it, one at its quality and
    one at its compliance (暂行规定, article 10), by a checklist. Their attestations hold for this
    text only: any change voids them. They are given by two people, neither of them an author, not
    after the release. The citation is from memory and runs as a warning until a lawyer confirms
    it.

    Bad:  both attestations by one person, or by an author
    Good: briefgen attest note CN-21 --subject quality --by … --role quality-reviewer …, and
          briefgen attest note CN-21 --subject compliance --by … --role compliance …
    """
    yield from undeclared(dossier)
    reviewers: dict[str, str] = {}
    for subject, (what, roles) in REVIEWS.items():
        question = (
            f"was the {what} done by its checklist, by somebody who did not write the report?"
        )
        yield from vouched(dossier, "CN-21", question, subject=subject, roles=roles)
        for given in dossier.attested("CN-21", subject):
            if (other := reviewers.setdefault(given.by, subject)) != subject:
                yield Problem(
                    ("attestations", dossier.release.attestations.index(given)),
                    f"`{given.by}` attests both the {REVIEWS[other][0]} and the {what}",
                    "have one of the two attested by another person",
                    subject=subject,
                )


def issuer_on_restricted_list(dossier: Dossier) -> Iterator[Answer]:
    """A security that stands on the restricted list, or is in a quiet period.

    Why: while the firm underwrites or advises, nothing may be published on the issuer, and insiders
    must not be read out of a report (隔离墙, 静默期). Looked at are all securities that the
    briefing names, by id, in the lists `restricted` and `quiet_periods`, which may be a week old.
    The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  restricted: {as_of: 2026-03-01, rows: [{security: shili-soft}]}
    Good: restricted: {as_of: 2026-03-01, rows: []}
    """
    briefing, facts, day = dossier.briefing, dossier.briefing.disclosure_facts, release_day(dossier)
    if not briefing.securities:
        return
    help_line = "take the security out, or hold the report back; ask compliance"
    yield from current(dossier, "restricted", WEEK)
    for at, row in enumerate(facts.restricted.rows if facts.restricted else ()):
        if row.security in briefing.securities:
            path = ("disclosure_facts", "restricted", "rows", at)
            message = f"{named(dossier, row.security)} is on the restricted list"
            yield Problem(path, message, help_line, subject=row.security)
    yield from current(dossier, "quiet_periods", WEEK)
    for at, quiet in enumerate(facts.quiet_periods.rows if facts.quiet_periods else ()):
        if quiet.security in briefing.securities and quiet.begins <= day <= quiet.ends:
            path = ("disclosure_facts", "quiet_periods", "rows", at)
            message = f"{named(dossier, quiet.security)} is in a quiet period from {quiet.begins} "
            message += f"to {quiet.ends} ({quiet.why})"
            yield Problem(path, message, help_line, subject=quiet.security)


def record_incomplete(dossier: Dossier) -> Iterator[Answer]:
    """An edition without the record of what it was made from.

    Why: time, mode, content, recipients and review of every report are kept for at least five
    years. The record is what readers get (HTML and PDF), the list of evidence with every number
    and its source, and the manifest, which is written last and holds digests, versions, the
    verdicts of the rules and what people attested. To archive them is the house's own task.

    Bad:  briefgen build note --format pdf
    Good: briefgen build note
    """
    names, slug = (dossier.output or Output()).names, dossier.briefing.slug
    wanted = {f"{slug}.html": "HTML", f"{slug}.pdf": "PDF", EVIDENCE: "list of evidence"}
    for name, what in wanted.items():
        if name not in names:
            message = f"the record of this edition lacks the {what}, `{name}`"
            yield Problem(("front",), message, "build all formats", subject=name)


def released_more_than_once(dossier: Dossier) -> Iterator[Answer]:
    """Somebody got the report before its release, or it was given out at several times.

    Why: all clients who are entitled to a report get it at one time; sales and chosen clients do
    not get it before (暂行规定, article 11). The list `distributions` says what was given out so
    far; a person confirms that nobody got it otherwise. The citation is from memory and runs as a
    warning until a lawyer confirms it.

    Bad:  {slug: note, at: 2026-03-02T07:00+08:00, recipients: 机构客户, kind: clients}, and
          `released_at` at 08:30
    Good: one time in `distributions`, that of `released_at`
    """
    yield from undeclared(dossier)
    briefing = dossier.briefing
    listing = briefing.disclosure_facts.distributions
    publication = briefing.front.publication
    if listing is None:
        yield from current(dossier, "distributions", WEEK)
    elif publication is not None:
        times = set()
        for at, row in enumerate(listing.rows):
            if row.slug != briefing.slug:
                continue
            path = ("disclosure_facts", "distributions", "rows", at)
            times.add(row.at)
            if publication.released_at and row.at < publication.released_at:
                message = f"{row.recipients} got the report at {row.at:%Y-%m-%d %H:%M %z}, before "
                message += f"its release at {publication.released_at:%Y-%m-%d %H:%M %z}"
                help_line = "correct the time of release, or report it to compliance"
                yield Problem(path, message, help_line, subject=f"{row.at:%Y-%m-%d %H:%M}")
        if len(times) > 1:
            told = ", ".join(f"{time:%Y-%m-%d %H:%M %z}" for time in sorted(times))
            yield Problem(
                ("disclosure_facts", "distributions"),
                f"the report was given out at {len(times)} times: {told}",
                "give it to all at one time",
                subject="times",
            )
    question = (
        "was the report, and what it says, given to nobody before its release: not to sales, "
    )
    question += "not to chosen clients, not to the issuers?"
    yield from vouched(dossier, "CN-33", question, roles=("compliance", "supervisory-analyst"))
