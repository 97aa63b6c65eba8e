"""Questions that people of the house must answer: by whom, when, and with what standing."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import released_on
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem, Question
from briefgen.model.release import Attestation, Role


def vouched(
    dossier: Dossier,
    code: str,
    question: str,
    *,
    subject: str = "",
    roles: tuple[Role, ...] = (),
    person: str | None = None,
) -> Iterator[Problem | Question]:
    """The question, while nobody has answered it; a problem, when the wrong person did.

    `person` is the id of the only one who can answer; without one it is anybody in one of `roles`
    who is no author, for nobody reviews what they wrote themselves.
    """
    given = dossier.attested(code, subject)
    if not given:
        yield Question(question, subject)
        return
    faults = [(one, _fault(dossier, one, roles, person)) for one in given]
    if not all(fault for _, fault in faults):
        return
    for attestation, fault in faults:
        position = dossier.release.attestations.index(attestation)
        about = f" about `{subject}`" if subject else ""
        yield Problem(
            ("attestations", position),
            f"the attestation of {code}{about} by `{attestation.by}` does not count: {fault}",
            f"have it attested by {_who(roles, person)}",
            subject=subject,
        )


def _fault(
    dossier: Dossier, attestation: Attestation, roles: tuple[Role, ...], person: str | None
) -> str | None:
    publication, day = dossier.briefing.front.publication, released_on(dossier)
    authors = {author.id for author in publication.authors} if publication else set()
    if attestation.date > day:
        return f"it is of {attestation.date}, after the release on {day}"
    if person is not None:
        return None if attestation.by == person else f"only `{person}` can say it"
    if attestation.by in authors:
        return "it comes from an author"
    if attestation.role not in roles:
        return f"it comes from `{attestation.role}`, not from {_who(roles, person)}"
    return None


def _who(roles: tuple[Role, ...], person: str | None) -> str:
    return f"`{person}`" if person else " or ".join(f"`{role}`" for role in roles)
