"""Rules on lists: names given twice, stances, profiles against recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.phrase import Phrase
from briefgen.model.section import Profiles, Risks
from briefgen.model.verdict import Contradiction


def name_twice(dossier: Dossier) -> Iterator[Problem]:
    """A name that stands twice in one list.

    Why: it is counted twice, or one of the two was meant to be something else. Looked at are the
    picks and targets of a group, companies and products of profiles, risks, key figures and
    related reports.

    Bad:  products: [智能问答, 语音识别, 智能问答]
    Good: products: [智能问答, 语音识别]
    """
    for what, listed in _lists(dossier.briefing):
        seen: set[str] = set()
        for name, path in listed:
            key = re.sub(r"\s", "", name).casefold()
            if key in seen:
                message = f"`{name}` stands twice in {what}"
                yield Problem(path, message, "delete one of the two, or mend it", subject=name)
            seen.add(key)


def _lists(briefing: Briefing) -> Iterator[tuple[str, list[tuple[str, ValuePath]]]]:
    """Every list of names: what it is, its names and where they stand."""
    for group_id, group in briefing.recommendations.items():
        at: ValuePath = ("recommendations", group_id)
        picks = [
            (briefing.securities[pick.security].name_zh, (*at, "picks", n, "security"))
            for n, pick in enumerate(group.picks)
        ]
        targets = [(target, (*at, "targets", n)) for n, target in enumerate(group.targets)]
        yield f"the group `{group_id}`", picks + targets
    front = briefing.front
    figures = [figure.label for figure in front.key_figures]
    yield "the key figures", _numbered(figures, ("front", "key_figures"), "label")
    titles = [report.title for report in front.related]
    yield "the related reports", _numbered(titles, ("front", "related"), "title")
    for position, section in enumerate(front.sections):
        at = ("front", "sections", position, "items")
        if isinstance(section, Risks):
            yield "the risks", _numbered((item.name for item in section.items), at, "name")
        if isinstance(section, Profiles):
            names = [_profiled(item.security, item.name, briefing) for item in section.items]
            yield "the profiles", _numbered(names, at)
            for number, item in enumerate(section.items):
                products = _numbered(item.products, (*at, number, "products"))
                yield f"the products of `{names[number]}`", products


def _numbered(names: Iterable[str], at: ValuePath, *inside: str) -> list[tuple[str, ValuePath]]:
    return [(name, (*at, number, *inside)) for number, name in enumerate(names)]


def _profiled(security: str | None, name: str | None, briefing: Briefing) -> str:
    return briefing.securities[security].name_zh if security else name or ""


def two_stances(dossier: Dossier) -> Iterator[Problem]:
    """One security under two stances.

    Why: a reader cannot tell which of the two the house holds. A list of the summary and one of
    the body that differ are found this way, too. When a source prints both, it contradicts itself.

    Bad:  示例股份 under 推荐 and under 建议关注
    Good: one stance, or the reason for both in words
    """
    briefing = dossier.briefing
    groups: dict[str, list[str]] = {}
    last: dict[str, ValuePath] = {}
    for group_id, group in briefing.recommendations.items():
        for number, pick in enumerate(group.picks):
            groups.setdefault(pick.security, []).append(group_id)
            last[pick.security] = ("recommendations", group_id, "picks", number, "security")
    together: dict[tuple[str, ...], list[str]] = {}
    for security, named_in in groups.items():
        if len({briefing.recommendations[name].stance for name in named_in}) > 1:
            together.setdefault(tuple(named_in), []).append(security)
    for stood_in, securities in together.items():
        yield _in_two_minds(briefing, stood_in, securities, last[securities[0]])


def _in_two_minds(
    briefing: Briefing, named_in: tuple[str, ...], securities: list[str], path: ValuePath
) -> Problem:
    """The finding on all securities that stand in the same groups of several stances."""
    held = {
        briefing.recommendations[group].theme: briefing.brokerage.stances[
            briefing.recommendations[group].stance
        ]
        for group in named_in
    }
    names = [briefing.securities[security].name_zh for security in securities]
    stances = " and ".join(f"`{stance}` ({theme})" for theme, stance in held.items())
    verb = "has" if len(names) == 1 else "have"
    each = tuple(
        Phrase(label="found_two_stances_each", values={"stance": stance, "theme": theme})
        for theme, stance in held.items()
    )
    listed = tuple(Phrase(label="found_two_stances_name", values={"name": name}) for name in names)
    whose = (Phrase(label="found_two_stances_names", values={"names": listed}),)
    return Problem(
        path,
        f"{', '.join(f'`{name}`' for name in names)} {verb} several stances: {stances}",
        "keep one stance",
        subject=" ".join(named_in),
        contradiction=Contradiction(kind="two_stances", values={"names": whose, "stances": each}),
    )


def recommended_not_profiled(dossier: Dossier) -> Iterator[Problem]:
    """A recommended security that the profiles of companies leave out.

    Why: where companies are introduced one by one, a reader looks there for the reason of each
    recommendation. Briefings without profiles of securities are left alone.

    Bad:  示例股份 in recommendations.yaml, not in `profiles`
    Good: a profile of it
    """
    briefing = dossier.briefing
    profiled = dict(_profiles(briefing))
    for security, path in _picks(briefing).items():
        if profiled and security not in profiled:
            name = briefing.securities[security].name_zh
            yield Problem(
                path,
                f"`{name}` is recommended and has no profile",
                f"add a profile: `- security: {security}`",
                subject=security,
                contradiction=Contradiction(kind="not_profiled", topic=name),
            )


def profiled_not_recommended(dossier: Dossier) -> Iterator[Problem]:
    """A security that is introduced among the companies, and not recommended.

    Why: a reader takes a profile beside the recommended ones for a recommendation; the lists
    should say the same, or the text say why not. Briefings without recommended securities are
    left alone.

    Bad:  示例股份 in `profiles`, in no group of recommendations.yaml
    Good: in both, or in none
    """
    briefing = dossier.briefing
    picked = _picks(briefing)
    for security, path in _profiles(briefing):
        if picked and security not in picked:
            name = briefing.securities[security].name_zh
            yield Problem(
                path,
                f"`{name}` has a profile and is not recommended",
                "add it to a group of recommendations.yaml, or delete the profile",
                subject=security,
                contradiction=Contradiction(kind="not_recommended", topic=name),
            )


def _profiles(briefing: Briefing) -> Iterator[tuple[str, ValuePath]]:
    for position, section in enumerate(briefing.front.sections):
        for number, item in enumerate(section.items if isinstance(section, Profiles) else ()):
            if item.security:
                yield item.security, ("front", "sections", position, "items", number, "security")


def _picks(briefing: Briefing) -> dict[str, ValuePath]:
    """The recommended securities, and where each is named first."""
    found: dict[str, ValuePath] = {}
    for group_id, group in briefing.recommendations.items():
        for number, pick in enumerate(group.picks):
            path = ("recommendations", group_id, "picks", number, "security")
            found.setdefault(pick.security, path)
    return found
