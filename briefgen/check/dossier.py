"""What a rule may look at: the briefing, what people attested, the finished edition."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from briefgen.diagnostics.finding import Finding
from briefgen.model.briefing import Briefing
from briefgen.model.output import Output
from briefgen.model.release import Attestation, Release
from briefgen.model.theme import Fonts
from briefgen.model.value import period_end
from briefgen.model.verdict import Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dossier:
    """A briefing as it is checked.

    `verdicts` and `findings` (by code) are those of the rules that ran before.
    """

    briefing: Briefing
    digest: str
    release: Release
    fonts: Fonts
    """Those of its theme."""
    output: Output | None = None
    """The finished edition; None before it is built."""
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)
    findings: Mapping[str, tuple[Finding, ...]] = field(default_factory=dict)
    made: dict[str, Any] = field(default_factory=dict)
    """What rules share and is made once, by name."""

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What `make` gives; it is called for the first who asks."""
        if name not in self.made:
            self.made[name] = make()
        found: T = self.made[name]
        return found

    @property
    def edition(self) -> Output:
        """What the finished edition says, for rules that run on nothing else."""
        assert self.output is not None, "there is no edition yet"
        return self.output

    @property
    def day(self) -> date:
        """The day of the briefing, the last one of a month or year."""
        return period_end(self.briefing.front.date)

    @property
    def completed(self) -> date | None:
        """The day on which the report was finished; nobody can attest it before."""
        publication = self.briefing.front.publication
        moment = publication.completed_at if publication else None
        return moment.date() if moment else None

    @property
    def is_reconstruction(self) -> bool:
        """Whether the briefing rebuilds a report of somebody else."""
        return self.briefing.front.issuance == "reconstruction"

    def attested(self, rule: str, subject: str = "") -> tuple[Attestation, ...]:
        """The attestations that hold for this digest and answer a rule's question."""
        return tuple(
            attestation
            for attestation in self.release.attestations
            if attestation.rule == rule
            and (attestation.subject or "") == subject
            and attestation.digest == self.digest
            and (self.completed is None or attestation.date >= self.completed)
        )
