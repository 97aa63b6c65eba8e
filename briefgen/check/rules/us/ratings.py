"""What a rating means, what it rests on, and what may keep it from coming true."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.check.compliance.declared import named
from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, rests_on
from briefgen.diagnostics.place import ValuePath
from briefgen.model.call import RatingCall
from briefgen.model.recommendation import Pick
from briefgen.model.release import Role


def us_rating_definitions(dossier: Dossier) -> Iterator[Answer]:
    """A rating is given, and its meaning, horizon or benchmark is not.

    Why: FINRA Rule 2241(c)(2) wants the meaning of each rating of the system defined, with the
    time horizon and the benchmarks on which it rests; firms were fined for leaving it out.

    Bad:  a pick with a `call`, and no section `kind: ratings`
    Good: the section is there, and no band, horizon or benchmark is missing or disputed
    """
    front = dossier.briefing.front
    rated = [call.kind for _, _, call in calls(dossier)]
    rated += [front.rating.kind] if front.rating else []
    if not rated:
        return
    if not any(section.kind == "ratings" for section in front.sections):
        message = f"ratings are given ({len(rated)}), and no section defines them"
        yield Problem(("front", "sections"), message, "add `- kind: ratings`", subject="section")
    yield from rests_on(
        dossier, "CHK202", "CHK204", "CHK207", "CHK208", "CHK209", "CHK210", "CHK211"
    )


def us_valuation_and_risks(dossier: Dossier) -> Iterator[Answer]:
    """A rating or target price without its method of valuation or without what may impede it.

    Why: FINRA Rule 2241(c)(1) wants a reasonable basis for a rating or target, the valuation
    method, and the risks that may keep it from being reached. That both are there is checked;
    whether they are reasonable, a reviewer attests.

    Bad:  call: {label: 买入, target: soft_target}
    Good: call: {label: 买入, target: soft_target, valuation: …, risks: …}, and US-16 attested
    """
    found = list(calls(dossier))
    for path, pick, call in found:
        for field, what in (
            ("valuation", "the method of valuation"),
            ("risks", "the risks that may impede it"),
        ):
            if getattr(call, field) is None:
                given = "target price" if call.target else "rating"
                yield Problem(
                    path,
                    f"the {given} of {named(dossier, pick.security)} comes without {what}",
                    f"give `{field}` below its `call` in `recommendations.yaml`",
                    subject=f"{pick.security} {field}",
                )
    if found:
        question = (
            "are the ratings and target prices of "
            f"{', '.join(named(dossier, pick.security) for _, pick, _ in found)} reasonable by the "
            "methods and risks that the report gives?"
        )
        roles: tuple[Role, ...] = ("supervisory-analyst", "quality-reviewer")
        yield from vouched(dossier, "US-16", question, roles=roles)


def calls(dossier: Dossier) -> Iterator[tuple[ValuePath, Pick, RatingCall]]:
    """The ratings of securities, and where they stand."""
    for key, group in dossier.briefing.recommendations.items():
        for position, pick in enumerate(group.picks):
            if pick.call is not None:
                yield ("recommendations", key, "picks", position, "call"), pick, pick.call
