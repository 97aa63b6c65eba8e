"""Rules on whether a briefing may be published at all, and as whose."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem


def issued_without_publication(dossier: Dossier) -> Iterator[Problem]:
    """An issued report that does not say how it is published.

    Why: which rules apply follows from who issues the report and who receives it; without that,
    nothing can be said to be met.

    Bad:  issuance: issued
    Good: issuance: issued, with publication: {audience: [CN], authors: […], released_at: …}
    """
    front = dossier.briefing.front
    if front.issuance == "issued" and front.publication is None:
        yield Problem(
            ("front", "issuance"),
            "an issued report must say how it is published",
            "add `publication: {audience: […], authors: […], released_at: …}`",
        )


def issued_without_licence(dossier: Dossier) -> Iterator[Problem]:
    """An issued report of a house for which no licence is on record.

    Why: publishing research is a licensed activity; the report names the entity that holds the
    licence, its regulator and its number.

    Bad:  issuance: issued, and no `licences` in the brokerage's file
    Good: licences: {CN: {entity: …, activities: [证券投资咨询业务], regulator: 中国证监会}}
    """
    briefing = dossier.briefing
    if briefing.front.issuance == "issued" and not briefing.brokerage.licences:
        yield Problem(
            ("front", "brokerage"),
            f"`{briefing.front.brokerage}` has no licence on record, so it can issue nothing",
            f"add `licences` to `brokerages/{briefing.front.brokerage}.yaml`, or make it a draft",
        )


def reconstruction_with_publication(dossier: Dossier) -> Iterator[Problem]:
    """A reconstruction that has authors, a release or recipients.

    Why: nobody issues a reconstruction. Names and times would make an example look like a report
    that the brokerage gave out.

    Bad:  issuance: reconstruction, with publication: {authors: […]}
    Good: issuance: reconstruction, without `publication`
    """
    front = dossier.briefing.front
    if dossier.is_reconstruction and front.publication is not None:
        yield Problem(
            ("front", "publication"),
            "a reconstruction is published by nobody",
            "delete `publication`",
        )
