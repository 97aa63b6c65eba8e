"""Rules on who produced a recommendation, for whom, and when it was finished and given out."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import disclosures_file, released_on
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question, Unknown
from briefgen.check.rules.eu.printed import no_place_to_print, not_said
from briefgen.model.publication import Publication
from briefgen.model.release import Role

PUBLICATION = ("front", "publication")

_REVIEWERS: tuple[Role, ...] = ("compliance", "counsel", "supervisory-analyst")


def _publication(dossier: Dossier) -> Iterator[Publication | Unknown]:
    """How the report is published, or that nothing says so."""
    publication = dossier.briefing.front.publication
    help_line = "add `publication: {audience: […], authors: […]}` to briefing.yaml"
    yield publication or Unknown("nothing says how the report is published", help_line)


def person_without_job_title(dossier: Dossier) -> Iterator[Answer]:
    """A person who had a part in the report and stands there without a job title.

    Why: Delegated Regulation (EU) 2016/958, Art. 2(1): the name and job title of every natural
    person involved in the production are shown clearly and prominently, so that a reader knows
    who speaks in what function. That holds for contacts and contributors, too.

    Bad:  {id: bing, name: 示例丙, role: contact}
    Good: {id: bing, name: 示例丙, title: 研究助理, role: contact}
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
            continue
        if not publication.authors:
            help_line = "add everybody who had a part to `publication.authors`"
            yield Problem(PUBLICATION, "the report names nobody who produced it", help_line)
        for position, author in enumerate(publication.authors):
            if author.title is None:
                yield Problem(
                    (*PUBLICATION, "authors", position),
                    f"{author.name} (`{author.id}`, {author.role}) has no job title",
                    "add `title: …`, also for contacts and contributors",
                    subject=author.id,
                )


def producer_or_regulator_unnamed(dossier: Dossier) -> Iterator[Answer]:
    """A report that does not name the legal person behind it and the authority over that person.

    Why: Delegated Regulation (EU) 2016/958, Art. 2(1)(b) and 2(2): the legal person on whose
    behalf the authors act and the competent authority are named, so that a reader knows whom to
    hold to account. Both are printed from the licence, in the section `disclosures`.

    Bad:  licences: {} in the brokerage's file
    Good: licences: {EU: {entity: Example Securities (Europe) SA, regulator: AMF}}
    """
    licences, house = dossier.briefing.brokerage.licences, dossier.briefing.front.brokerage
    if not licences:
        yield Problem(
            ("brokerage",),
            f"`{house}` names no legal person and no regulator that it answers to",
            f"add `licences: {{EU: {{entity: …, regulator: …}}}}` to `brokerages/{house}.yaml`",
        )
        return
    yield from no_place_to_print(dossier, "the legal person and its regulator")
    licence = licences.get("EU") or licences.get("UK")
    if licence is None:
        yield Question(
            f"`{house}` has no licence in the European Union: under whose name and which regulator "
            "does the report go out there?"
        )
        licence = next(iter(licences.values()))
    yield from not_said(dossier, licence.entity, licence.regulator)


def completion_time_missing(dossier: Dossier) -> Iterator[Answer]:
    """A report without the day and time at which it was finished, or finished after its release.

    Why: Delegated Regulation (EU) 2016/958, Art. 3(1)(e): date and time of the completion of the
    production are indicated, for a view is worth what was known then.

    Bad:  completed_at: 2026-03-02T09:00+08:00, with released_at: 2026-03-02T08:30+08:00
    Good: completed_at: 2026-03-01T20:15+08:00
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
        elif publication.completed_at is None:
            help_line = "add `completed_at: 2026-03-01T20:15+08:00` to `publication`"
            yield Unknown("nothing says when the report was finished", help_line, PUBLICATION)
        elif publication.released_at and publication.completed_at > publication.released_at:
            yield Problem(
                (*PUBLICATION, "completed_at"),
                f"the report was finished at {publication.completed_at.isoformat()}, after its "
                f"release at {publication.released_at.isoformat()}",
                "mend one of the two times",
            )


def shown_to_issuer_and_amended(dossier: Dossier) -> Iterator[Answer]:
    """Whether the report was shown to an issuer before its release, and changed after that.

    Why: Delegated Regulation (EU) 2016/958, Art. 4(1)(a): a recommendation that was disclosed to
    the issuer and then amended says so. No program can know whom a draft was sent to; somebody of
    the house who is no author vouches for what `shown_to_issuer` says. The citation is from memory
    and runs as a warning until a lawyer confirms it.

    Bad:  shown_to_issuer: amended, and nobody vouches for it
    Good: shown_to_issuer: "no", attested by compliance
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
        elif publication.shown_to_issuer is None:
            help_line = 'add `shown_to_issuer: "no"`, `facts-checked` or `amended`'
            reason = "nothing says whether an issuer saw the report before its release"
            yield Unknown(reason, help_line, PUBLICATION)
        else:
            if publication.shown_to_issuer == "amended":
                yield from no_place_to_print(dossier, "that the report was amended")
            told = {
                "no": "no issuer saw the report before its release",
                "facts-checked": "issuers saw no more than facts, and nothing was amended after",
                "amended": "an issuer saw the report, and it was amended after that",
            }[publication.shown_to_issuer]
            question = f"is it so that {told}?"
            yield from vouched(dossier, "EU-08", question, roles=_REVIEWERS)


def first_dissemination_missing(dossier: Dossier) -> Iterator[Answer]:
    """A report without the day and time of its first dissemination, or with another than happened.

    Why: Delegated Regulation (EU) 2016/958, Art. 8: the date and time at which a recommendation
    is first disseminated are shown; who got it earlier could trade on it. Where the list of
    distributions is there, the first one must be at that time. The citation is from memory and
    runs as a warning until a lawyer confirms it.

    Bad:  publication without `released_at`
    Good: released_at: 2026-03-02T08:30+08:00
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
            continue
        released = publication.released_at
        if released is None:
            help_line = "add `released_at: 2026-03-02T08:30+08:00` to `publication`"
            yield Unknown("nothing says when the report is first given out", help_line, PUBLICATION)
            continue
        listing = dossier.briefing.disclosure_facts.distributions
        rows = listing.rows if listing else ()
        times = [row.at for row in rows if row.slug == dossier.briefing.slug]
        if times and min(times) != released:
            yield Problem(
                (*PUBLICATION, "released_at"),
                f"the report says that it was first given out at {released.isoformat()}, the list "
                f"of distributions says {min(times).isoformat()}",
                f"mend `released_at`, or `distributions` in {disclosures_file(dossier)}",
            )


def alterations_unstated(dossier: Dossier) -> Iterator[Answer]:
    """A report of somebody else that was changed, and does not say how.

    Why: Delegated Regulation (EU) 2016/958, Art. 10: who passes on a recommendation that was
    substantially altered indicates the alteration in detail and where the original can be found.
    A translation is an alteration, too.

    Bad:  originator: {name: Example Research, country: US, date: 2026-02-20, altered: true}
    Good: … altered: true, alterations: 删去第三节并译为中文, link: https://www.example.com/note
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
            continue
        origin, path = publication.originator, (*PUBLICATION, "originator")
        if origin is None:
            continue
        yield from no_place_to_print(dossier, "who produced the report")
        if origin.altered and not origin.alterations:
            message = f"the report of {origin.name} was altered, and nothing says how"
            help_line = "say in detail what was changed: `alterations: …`"
            yield Problem(path, message, help_line, subject="alterations")
        if origin.alterations and not origin.altered:
            message = f"`alterations` tells what was changed in the report of {origin.name}, and "
            message += "`altered` says that nothing was"
            yield Problem(path, message, "write `altered: true`", subject="altered")
        if origin.altered and not origin.link:
            message = f"nothing says where the original report of {origin.name} can be found"
            yield Problem(path, message, "add `link: https://…`", subject="link")


def issuer_sponsorship_unlabelled(dossier: Dossier) -> Iterator[Answer]:
    """Research that an issuer pays for, called independent or not looked at by a human.

    Why: Directive (EU) 2024/2811 and its technical standards: research that an issuer pays for is
    labelled issuer-sponsored and follows a code of conduct; what does not is a marketing
    communication. An agreement with a named issuer on producing the report and `independent` do
    not go together; of sponsored research somebody vouches that it follows the code.

    Bad:  funding: independent, with {security: shili-cloud, service: agreement, …} in `banking`
    Good: funding: issuer-sponsored, attested by compliance
    """
    for publication in _publication(dossier):
        if isinstance(publication, Unknown):
            yield publication
        elif publication.funding == "issuer-sponsored":
            yield from no_place_to_print(dossier, "that an issuer paid for the report")
            question = "does the issuer-sponsored research follow the code of conduct?"
            yield from vouched(dossier, "EU-21", question, roles=_REVIEWERS)
        else:
            yield from _agreements(dossier)


def _agreements(dossier: Dossier) -> Iterator[Answer]:
    listing = dossier.briefing.disclosure_facts.banking
    if listing is None:
        reason = "without the list `banking` nobody can tell whether an issuer pays for the report"
        help_line = f"add `banking: {{as_of: …, rows: […]}}` to {disclosures_file(dossier)}"
        yield Unknown(reason, help_line, ("disclosure_facts", "banking"))
        return
    for row in listing.rows:
        if row.service == "agreement" and row.date <= released_on(dossier):
            name = dossier.briefing.securities[row.security].name_zh
            yield Problem(
                (*PUBLICATION, "funding"),
                f"the report is called independent, and there is an agreement of {row.date} with "
                f"`{name}` on producing it",
                "write `funding: issuer-sponsored`, or mend `banking`",
                subject=row.security,
            )
