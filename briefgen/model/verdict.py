"""What a check says of a briefing: a verdict per rule, the packs that ran, what was waived."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Any, Literal

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.model.number import Shown
from briefgen.model.phrase import Phrase
from briefgen.model.release import Attestation, Waiver
from briefgen.model.value import Text, Value

Pack = Literal["CHK", "CN", "HK", "US", "EU", "UK", "GEN"]
"""The rules on every briefing, those of a place, and those of the house."""


class Outcome(StrEnum):
    """What became of a rule. Missing data never pass."""

    PASS = "pass"
    FAIL = "fail"
    NEEDS_HUMAN = "needs a human"
    NOT_EVALUABLE = "not evaluable"


class Mode(StrEnum):
    """What a rule needs to decide."""

    DOCUMENT = "document"
    """The document alone."""
    FEED = "feed"
    """Data of the firm, a register or the market."""
    HEURISTIC = "heuristic"
    """It flags, and a human decides."""
    HUMAN = "human"
    """A human attests; that the attestation is there and holds is checked."""


class Clause(Value):
    """What a rule rests on."""

    text: Text
    """The instrument and the clause as cited."""
    evidence: Text
    """How the clause is known, by tags: V read in a primary text, V2 in a secondary one,
    S measured on samples, I inferred from them, M from memory; `V2/M` is partly from memory."""
    basis: Literal["law", "derived", "house"] = "law"
    """Whether it is law, or a rule of our own that follows from law, or one of the house."""
    since: date | None = None
    """The first day on which it applies."""
    until: date | None = None
    """The last day on which it applies."""

    @property
    def is_from_memory(self) -> bool:
        """Whether a part of the citation was never checked against a text."""
        return "M" in self.evidence.split("/")


class Verdict(Value):
    """What became of one rule."""

    code: str
    name: str
    pack: Pack
    outcome: Outcome
    severity: Severity
    mode: Mode
    clause: Clause | None = None
    reasons: tuple[str, ...] = ()
    """Why it does not pass."""


class PackScope(Value):
    """Whether a pack of rules applies to a briefing, and why."""

    pack: Pack
    runs: bool
    reason: Literal["always", "licence", "audience", "not-issued", "elsewhere", "undeclared"]


class Contradiction(Value):
    """Something in which the source of a reconstruction contradicts itself.

    `kind` names the labels that write it (`found_KIND_topic`, `found_KIND_printed`,
    `found_KIND_recomputed`), `values` fills them in.
    """

    kind: str
    topic: str = ""
    """What it is about; without one, the label `found_KIND_topic`."""
    values: dict[str, Shown | str | tuple[Phrase, ...]] = {}
    is_between_reports: bool = False
    """Whether it lies between the reports that a comparison sets side by side: it is of these
    sources, whoever issues the comparison."""
    explanation: str | None = None
    """One line of Markdown: what the author says of it."""

    @property
    def mark(self) -> str:
        """Four digits that change with the numbers and texts that contradict each other."""
        told = "\n".join(
            text for _, value in sorted(self.values.items()) for text in _leaves(value)
        )
        return hashlib.sha256(told.encode()).hexdigest()[:4]


def _leaves(value: Any) -> Iterator[str]:
    """The numbers with their units and the texts inside a value, in order."""
    if isinstance(value, Shown):
        yield f"{value.number.value.normalize()} {value.number.unit}" if value.number else ""
    elif isinstance(value, Phrase):
        for name in sorted(value.values):
            yield from _leaves(value.values[name])
    elif isinstance(value, tuple):
        for inner in value:
            yield from _leaves(inner)
    else:
        yield str(value)


class Report(Value):
    """The result of checking one briefing."""

    digest: str
    """SHA-256 of what was checked: the briefing with all that it names, and the templates."""
    scope: tuple[PackScope, ...]
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    contradictions: tuple[Contradiction, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    """Those that were applied."""
    attestations: tuple[Attestation, ...] = ()
    """Those that hold for this digest."""
