"""What the preview shows of a briefing at one moment."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from briefgen.diagnostics.finding import Finding, Severity


class State(StrEnum):
    """How a briefing stands, in words."""

    GOOD = "good"
    WARNINGS = "warnings"
    ERRORS = "errors"
    MAKING = "being made"
    UNSEEN = "not looked at yet"


@dataclass(frozen=True, slots=True)
class File:
    """A page or a PDF, with a version that changes when it does."""

    content: bytes
    version: str

    @classmethod
    def of(cls, content: bytes) -> File:
        """The file with this content."""
        return cls(content, hashlib.sha256(content).hexdigest()[:16])


@dataclass(frozen=True, slots=True)
class Shown:
    """A briefing as it is shown: the last good page and PDF, and all that was found since.

    Shape: `changed` is a time in seconds since the epoch; `findings` is None before anybody looked.
    """

    slug: str
    title: str
    house: str = ""
    state: State = State.UNSEEN
    findings: tuple[Finding, ...] | None = None
    changed: float | None = None
    page: File | None = None
    is_page_current: bool = False
    """Whether the page is made of the files as they are; it is not after errors."""
    paper: File | None = None
    is_paper_current: bool = False


def state_of(findings: Iterable[Finding]) -> State:
    """How a briefing stands that has these findings."""
    found = {finding.severity for finding in findings}
    if Severity.ERROR in found:
        return State.ERRORS
    return State.WARNINGS if Severity.WARNING in found else State.GOOD
