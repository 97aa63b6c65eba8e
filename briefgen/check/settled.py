"""What people settled: explanations of the source's contradictions, waivers, attestations."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Rule
from briefgen.diagnostics.finding import Collector, Finding, Severity
from briefgen.diagnostics.place import SourceMap, ValuePath
from briefgen.model.release import Attestation, Waiver
from briefgen.model.section import ReconciliationNotes
from briefgen.model.verdict import Report, Verdict

AT_BUILD = "it is decided on the finished edition"
"""Why a rule that needs the edition is not evaluable before there is one."""


MAY_WAIVE = ("supervisory-analyst", "compliance")
"""Who may waive an error."""


class Settled:
    """Applies what was settled to findings, and reports what settles nothing."""

    def __init__(self, dossier: Dossier, places: SourceMap) -> None:
        self._dossier, self._places = dossier, places
        self._explanations: dict[str, tuple[str, ValuePath]] = {}
        for position, section in enumerate(dossier.briefing.front.sections):
            if isinstance(section, ReconciliationNotes):
                at = ("front", "sections", position, "explanations")
                for key, text in section.explanations.items():
                    self._explanations[key] = (text, (*at, key))
        self._used: set[str] = set()
        self._applied: dict[int, Waiver] = {}
        self._refused: dict[int, str] = {}

    @property
    def waivers(self) -> tuple[Waiver, ...]:
        """The waivers that were applied, in the order of the file."""
        return tuple(waiver for _, waiver in sorted(self._applied.items()))

    @property
    def attestations(self) -> tuple[Attestation, ...]:
        """The attestations that hold for the digest."""
        given = self._dossier.release.attestations
        return tuple(one for one in given if one.digest == self._dossier.digest)

    def take_over(self, before: Report) -> None:
        """Count the waivers of the report before as applied, and its explanations as used."""
        explained = {found.explanation for found in before.contradictions}
        self._used |= {key for key, (text, _) in self._explanations.items() if text in explained}
        for position, waiver in enumerate(self._dossier.release.waivers):
            if waiver in before.waivers:
                self._applied[position] = waiver

    def is_attested(self, rule: str, subject: str) -> bool:
        """Whether somebody vouches for a rule's question."""
        return bool(self._dossier.attested(rule, subject))

    def explanation(self, key: str) -> str | None:
        """What the author says of a contradiction in the source."""
        self._used.add(key)
        return self._explanations.get(key, (None,))[0]

    def is_outdated(self, key: str) -> bool:
        """Whether there is an explanation of the same finding with other numbers."""
        about = key.rpartition(" @")[0]
        return any(given.rpartition(" @")[0] == about for given in self._explanations)

    def waived(
        self, rule: Rule, subject: str, level: Severity, message: str
    ) -> tuple[Severity, str]:
        """Level and message of a finding, after the waivers."""
        for position, waiver in enumerate(self._dossier.release.waivers):
            is_meant = waiver.rule == rule.code and waiver.subject in {None, subject}
            if is_meant and rule.blocks and rule.is_confirmed:
                self._refused[position] = "nothing may be issued against it"
            elif is_meant and (reason := self._not_entitled(waiver, level)):
                self._refused[position] = reason
            elif is_meant and self._dossier.day <= waiver.expires:
                self._applied[position] = waiver
                return Severity.NOTE, f"{message} ({told(waiver)})"
        return level, message

    def _not_entitled(self, waiver: Waiver, level: Severity) -> str | None:
        """Why a person may not waive an error: she wrote the report, or does not supervise it."""
        publication = self._dossier.briefing.front.publication
        authors = {author.id for author in publication.authors} if publication else set()
        if level is not Severity.ERROR:
            return None
        if waiver.by in authors:
            return f"`{waiver.by}` is an author"
        if waiver.role not in MAY_WAIVE:
            return f"an error is waived by {' or '.join(MAY_WAIVE)}, not by {waiver.role}"
        return None

    def findings(self, verdicts: Mapping[str, Verdict]) -> tuple[Finding, ...]:
        """What is settled and should not, or cannot be.

        Reports: REL101 expired, REL102 refused, REL103 about nothing, REL104 void.
        """
        out = Collector()
        undecided = {code for code, verdict in verdicts.items() if verdict.reasons == (AT_BUILD,)}
        for position, waiver in enumerate(self._dossier.release.waivers):
            place = self._places.value(("waivers", position))
            if position in self._refused:
                message = f"{waiver.rule} cannot be waived: {self._refused[position]}"
                out.report("REL102", message, place, f"meet {waiver.rule}")
            elif waiver.expires < self._dossier.day:
                message = f"the waiver of {waiver.rule} expired on {waiver.expires}"
                out.report("REL101", message, place, "mend what it waives, or have it renewed")
            elif position not in self._applied and waiver.rule not in undecided:
                message = f"the waiver of {waiver.rule} waives nothing"
                out.report("REL103", message, place, "delete it", Severity.WARNING)
        for key, (_, path) in self._explanations.items():
            if key not in self._used:
                message = f"`{key}` explains nothing that was found"
                help_line = "take code and subject from the finding, or delete it"
                out.report("REL103", message, self._places.key(path), help_line, Severity.WARNING)
        for position, one in enumerate(self._dossier.release.attestations):
            place = self._places.value(("attestations", position))
            if one.rule not in verdicts:
                message = f"no rule `{one.rule}` was asked of this briefing"
                out.report("REL103", message, place, "delete it", Severity.WARNING)
            elif one.digest != self._dossier.digest:
                message = f"the attestation of {one.rule} by {one.by} is void: the briefing changed"
                help_line = "have the briefing attested again; delete the old entry"
                out.report("REL104", message, place, help_line, Severity.WARNING)
        return tuple(out.findings)


def told(waiver: Waiver) -> str:
    """Who waives, for how long and why."""
    return f"waived by {waiver.by} ({waiver.role}) until {waiver.expires}: {waiver.reason}"
