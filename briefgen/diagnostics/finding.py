"""A problem as a value, and a stage's result together with its problems."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Generic, TypeVar

from briefgen.diagnostics.place import NamedPlace, Place

T = TypeVar("T")


class Severity(StrEnum):
    """How much a finding weighs: an error stops the build, the others do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


SEVERITIES = tuple(Severity)
"""From the heaviest down."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem: code, what is wrong, where, and what to type instead."""

    code: str
    message: str
    place: NamedPlace | Place | None = None
    help: str | None = None
    severity: Severity = Severity.ERROR
    fix: str | None = None
    """What can safely be written in place of the text at `place`."""


@dataclass(frozen=True, slots=True)
class Made(Generic[T]):
    """What a stage made and what it found; `value` is None when errors kept it from being made."""

    value: T | None
    findings: tuple[Finding, ...] = ()

    @property
    def failed(self) -> bool:
        """Whether errors stand in the way of the next stage."""
        return self.value is None or has_errors(self.findings)


@dataclass(slots=True)
class Collector:
    """Gathers findings while a stage goes on, so that all of them are shown at once."""

    findings: list[Finding] = field(default_factory=list)

    def report(
        self,
        code: str,
        message: str,
        place: Place | None = None,
        help: str | None = None,
        severity: Severity = Severity.ERROR,
        fix: str | None = None,
    ) -> None:
        """Add a finding, once; a place with a name of its own is named in the message."""
        if isinstance(place, NamedPlace):
            message = f"{message}, in {place.name}"
        self.add([Finding(code, message, place, help, severity, fix)])

    def add(self, findings: Iterable[Finding]) -> None:
        """Add findings, each once."""
        self.findings += [found for found in findings if found not in self.findings]

    def made(self, value: T | None) -> Made[T]:
        """The stage's result: the value, unless an error was found."""
        return Made(None if has_errors(self.findings) else value, tuple(self.findings))


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether any finding is of error level."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def in_order(findings: Iterable[Finding]) -> list[Finding]:
    """Findings by file, line and column; those without a place come last."""
    return sorted(
        findings,
        key=lambda f: (f.place is None, f.place and (f.place.file, f.place.line, f.place.column)),
    )
