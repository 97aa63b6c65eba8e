"""One briefing at a time: cold, after a word or a cell was changed, and unchanged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from desks import ADVERBS, LONG, SHORT, Desk, Subject, shipped
from figures import Figure, ratios, walls
from processes import Sample, WrongRunError, measured

UNCHANGED_S = 0.35
WORD_PERCENT = 60
KINDS = ("cold", "one word changed", "one cell changed", "nothing changed")


@dataclass(frozen=True, slots=True)
class Case:
    """A build that is measured once in every round, in a workspace of its own."""

    subject: Subject
    kind: str
    desk: Desk
    state: str
    prepare: Callable[[int], None]
    samples: list[Sample] = field(default_factory=list)

    def run(self, number: int) -> None:
        """Measure it. Raises: WrongRunError."""
        self.prepare(number)
        sample = build(self.desk, self.subject.slug)
        (edition,) = sample.said["editions"]
        if edition["state"] != self.state:
            told = f"{self.subject.slug}, {self.kind}: {edition['state']}, not {self.state}"
            raise WrongRunError(f"{told}; why: {edition['why']}")
        self.samples.append(sample)


def build(desk: Desk, *arguments: str) -> Sample:
    """Call `briefgen build` in a workspace."""
    command: tuple[str | Path, ...] = (
        "-m",
        "briefgen",
        "build",
        *arguments,
        "--json",
        "--cache",
        desk.cache,
    )
    return measured(command, desk.root)


def measure(folder: Path, rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """All figures of single briefings; every round has another order. Raises: WrongRunError."""
    cases = [case for subject in (SHORT, LONG) for case in _cases(folder, subject, tell)]
    for number in range(rounds):
        tell(f"single briefings: round {number + 1} of {rounds}")
        for case in (*cases[number % len(cases) :], *cases[: number % len(cases)]):
            case.run(number)
    found = []
    for subject, name in ((SHORT, "short"), (LONG, "long")):
        by_kind = {case.kind: case.samples for case in cases if case.subject is subject}
        for kind, samples in by_kind.items():
            bar = UNCHANGED_S if kind == "nothing changed" else None
            found.append(walls(f"{name} briefing, {kind}", samples, bar))
            if kind == "one word changed":
                title = f"{name} briefing, {kind}: share of cold"
                found.append(ratios(title, samples, by_kind["cold"], "%", WORD_PERCENT))
    return found


def _cases(folder: Path, subject: Subject, tell: Callable[[str], None]) -> list[Case]:
    """The four of a briefing, after a build that nobody measures."""
    tell(f"making ready: {subject.slug}")
    first = shipped(folder / subject.slug / "first")
    build(first, subject.slug)
    cases = []
    for kind in KINDS:
        desk = Desk(first.root.with_name(kind.replace(" ", "-")))
        shutil.copytree(first.root, desk.root)
        build(desk, subject.slug)
        state = "unchanged" if kind == "nothing changed" else "built"
        cases.append(Case(subject, kind, desk, state, _preparation(kind, desk, subject)))
    return cases


def _preparation(kind: str, desk: Desk, subject: Subject) -> Callable[[int], None]:
    """What is done before a round; each makes other changes, so that no cache knows them."""
    match kind:
        case "cold":
            return lambda _: desk.forget()
        case "one word changed":
            return lambda number: desk.change(subject, subject.word, ADVERBS[number])
        case "one cell changed":
            return lambda number: desk.change(subject, subject.cell, str(number + 1))
    return lambda _: None
