"""Whether a report is research in the United States, who may have it there, who approved it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.declared import MONTH, WEEK, current, disclosures_file
from briefgen.check.compliance.printed import disclosed
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, rests_on
from briefgen.check.rules.us.issuers import issuers
from briefgen.check.saying import squeezed
from briefgen.model.publication import Publication
from briefgen.model.release import Role

INSTITUTIONS = re.compile(
    r"主要(?:的)?(?:美国)?机构投资者|major\s+(?:U\.?S\.?\s+)?institutional\s+investors?",
    re.IGNORECASE,
)


def us_scope_decision(dossier: Dossier) -> Iterator[Answer]:
    """Nobody has decided whether the document is a research report.

    Why: FINRA Rule 2241(a)(11) leaves some documents out, and a firm that took 65 “updates” for no
    reports was fined. Whatever rates, targets or recommends an issuer raises the question, and a
    person answers it. The citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  document: update, with a rating of a security, and nothing else said
    Good: compliance attests US-01: it is a research report, and treated as one
    """
    briefing = dossier.briefing
    picks = [pick for group in briefing.recommendations.values() for pick in group.picks]
    triggers = {
        "ratings": sum(pick.call is not None for pick in picks),
        "target prices": sum(
            pick.call is not None and pick.call.target is not None for pick in picks
        ),
        "recommended securities": len({pick.security for pick in picks}),
    }
    if issuers(dossier) and any(triggers.values()):
        found = ", ".join(f"{count} {what}" for what, count in triggers.items() if count)
        publication = briefing.front.publication
        kind = publication.document if publication else briefing.front.kind
        question = (
            f"the `{kind}` has {found}: is it treated as a research report under Rule 2241, or "
            "which exclusion of (a)(11) holds?"
        )
        roles: tuple[Role, ...] = ("compliance", "supervisory-analyst", "counsel")
        yield from vouched(dossier, "US-01", question, roles=roles)


def us_recipients(dossier: Dossier) -> Iterator[Answer]:
    """The report goes to the United States without legend, without a broker there, or to anybody.

    Why: under Rule 15a-6(a)(2) a foreign broker sends research to major institutional investors
    only, and trades go through a registered broker, whom the report names. The citation is from
    memory and runs as a warning until a lawyer confirms it. The list of distributions shows who
    got it.

    Bad:  audience: [CN, US], no `legend`
    Good: legend: 在美国仅向主要机构投资者发送，由 Example Securities (USA) Inc 承担责任。
          us_broker: Example Securities (USA) Inc
    """
    publication = dossier.briefing.front.publication
    if publication is None or "US" not in publication.audience:
        return
    path = ("front", "publication")
    if publication.us_broker is None:
        message = "the report goes to the United States and names no broker registered there"
        yield Problem(path, message, "give `us_broker`", subject="broker")
    elif publication.legend and publication.us_broker not in publication.legend:
        message = f"the legend does not name the broker, `{publication.us_broker}`"
        yield Problem((*path, "legend"), message, "name it in the legend", subject="broker")
    if publication.legend is None:
        message = "no legend says for whom in the United States the report is"
        yield Problem(path, message, "write `legend:` below `publication`", subject="legend")
    elif INSTITUTIONS.search(publication.legend):
        yield from _given_to_others(dossier, publication)
    elif "US" not in dossier.briefing.brokerage.licences:
        message = (
            "the legend does not limit the report to major institutional investors, and the house "
            "has no licence in the United States"
        )
        yield Problem(
            (*path, "legend"), message, "limit it, or add `licences.US`", subject="legend"
        )


def _given_to_others(dossier: Dossier, publication: Publication) -> Iterator[Answer]:
    """Distributions that do not keep to the major institutions that the legend names."""
    yield from current(dossier, "distributions", WEEK)
    listing = dossier.briefing.disclosure_facts.distributions
    for row in listing.rows if listing else ():
        places = row.places or publication.audience
        is_ours = row.slug == dossier.briefing.slug and "US" in places
        if is_ours and row.kind not in {"major-us-institutions", "internal"}:
            yield Problem(
                ("disclosure_facts", "distributions"),
                f"`{row.recipients}` got the report on {row.at.date()} as `{row.kind}`, in the "
                "United States too; by the legend only major institutional investors get it there",
                f"give `places` without `US` in {disclosures_file(dossier)}, if it went elsewhere",
                subject=row.recipients,
            )


def us_supervisory_approval(dossier: Dossier) -> Iterator[Answer]:
    """No registered supervisory analyst approved the report before its release.

    Why: research reports of members are approved before they are published by a principal who is
    qualified as a supervisory analyst (Series 16). The approval holds for this very text; any
    change voids it.

    Bad:  US-17 attested by somebody whom `registrations` does not list for Series 16
    Good: {number: "1234567", name: 示例丁, person: ding, category: Series 16, …}, who attests it
    """
    question = "does a supervisory analyst approve this report for release?"
    roles: tuple[Role, ...] = ("supervisory-analyst",)
    unsettled = list(vouched(dossier, "US-17", question, roles=roles))
    yield from unsettled
    if unsettled:
        return
    yield from current(dossier, "registrations", MONTH)
    listing = dossier.briefing.disclosure_facts.registrations
    by = {one.by for one in dossier.attested("US-17") if one.role in roles}
    known = {row.person for row in (listing.rows if listing else ()) if "Series 16" in row.category}
    if listing is not None and not by & known:
        yield Problem(
            ("disclosure_facts", "registrations"),
            f"{', '.join(f'`{one}`' for one in sorted(by))} approved the report, and the register "
            f"of {listing.as_of} lists nobody of that id for Series 16",
            f"have a registered person approve it, or mend {disclosures_file(dossier)}",
        )


def us_third_party_research(dossier: Dossier) -> Iterator[Answer]:
    """Research of somebody else is passed on without label or without the member's disclosures.

    Why: FINRA Rule 2241(h) lets a member distribute third-party research when it is labelled as
    such and the member adds its own disclosures on offerings, holdings and market making. The
    citation is from memory and runs as a warning until a lawyer confirms it.

    Bad:  originator: {name: Example Research Ltd, …}, and no list `positions`
    Good: originator: {name: Example Research Ltd, …}, all lists, and its name in the disclosures
    """
    publication = dossier.briefing.front.publication
    originator = publication.originator if publication else None
    if originator is None:
        return
    yield from rests_on(dossier, "US-10", "US-12", "US-13")
    if dossier.output is not None and not any(
        squeezed(originator.name) in text for text in disclosed(dossier, dossier.output)
    ):
        message = f"the disclosures do not say that the report comes from {originator.name}"
        help_line = "print it: `blocks/statements.html.j2` in a section `kind: disclosures`"
        yield Problem(("front", "publication", "originator"), message, help_line)
