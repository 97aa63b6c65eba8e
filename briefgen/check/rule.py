"""What a rule is: a function over a dossier, with a code, a severity, and what it rests on."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from inspect import getdoc
from typing import Literal

from briefgen.check.dossier import Dossier
from briefgen.diagnostics.finding import SEVERITIES, Severity
from briefgen.diagnostics.place import Place, ValuePath
from briefgen.model.verdict import Clause, Contradiction, Mode, Outcome, Pack


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, and where: the rule fails.

    Units: `line` and `column` count from 1 inside a text of prose; `nth` counts from 0.
    """

    path: ValuePath
    message: str
    help: str | None = None
    text: str | None = None
    """The words in question, to point at within the value."""
    line: int | None = None
    column: int = 1
    nth: int = 0
    """Which of the places where a one-line value holds `text`."""
    subject: str = ""
    """What within the rule; explanations and waivers name it."""
    place: Place | None = None
    """Where it stands, when that is in no data file: in the finished edition."""
    fix: str | None = None
    """What can safely be written in place of `text`."""
    contradiction: Contradiction | None = None
    """What a source says and what follows from it, when it is the source that is at fault."""
    told_as: Severity | None = None
    """How heavy the finding of another rule is that tells the same already."""


@dataclass(frozen=True, slots=True)
class Question:
    """What a human must settle; an attestation answers it."""

    text: str
    subject: str = ""
    path: ValuePath = ("front",)


@dataclass(frozen=True, slots=True)
class Unknown:
    """Data that are missing: the rule cannot be evaluated."""

    reason: str
    help: str | None = None
    path: ValuePath = ("front",)
    subject: str = ""


Answer = Problem | Question | Unknown
"""What a rule yields; a rule that yields nothing passes."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in a table of rules; its explanation is the function's docstring."""

    code: str
    severity: Severity
    find: Callable[[Dossier], Iterator[Answer]]
    clause: Clause | None = None
    mode: Mode = Mode.DOCUMENT
    blocks: bool = False
    """Whether nothing may be issued against it: it cannot be waived, and must be evaluable."""
    needs: Literal["values", "edition", "both"] = "values"
    """What it looks at: the values, the finished edition, or first the one and then the other."""

    @property
    def name(self) -> str:
        """The rule's name: the function's, with hyphens."""
        return self.find.__name__.replace("_", "-")

    @property
    def explanation(self) -> str:
        """What, why, bad, good."""
        return getdoc(self.find) or ""

    @property
    def pack(self) -> Pack:
        """The pack of the rule, as its code says."""
        packs: dict[str, Pack] = {
            "CN": "CN", "HK": "HK", "US": "US", "EU": "EU", "UK": "UK", "GEN": "GEN", "META": "GEN",
        }  # fmt: skip
        return packs.get(self.code.split("-")[0], "CHK")

    @property
    def is_confirmed(self) -> bool:
        """Whether no part of its clause is cited from memory."""
        return self.clause is None or not self.clause.is_from_memory

    @property
    def level(self) -> Severity:
        """The severity it runs at: no more than a warning while its clause is from memory."""
        if self.is_confirmed or self.severity is not Severity.ERROR:
            return self.severity
        return Severity.WARNING

    def applies_on(self, day: date) -> bool:
        """Whether the clause is in force on a day."""
        clause = self.clause
        return clause is None or (
            (clause.since is None or clause.since <= day)
            and (clause.until is None or day <= clause.until)
        )


def rests_on(dossier: Dossier, *codes: str) -> Iterator[Answer]:
    """What a rule yields that holds when other rules do, and fails or is unknown when they are."""
    for code in codes:
        verdict = dossier.verdicts[code]
        is_failed = verdict.outcome is Outcome.FAIL  # also when it is waived
        failing = list(dossier.findings.get(code, ())) if is_failed else []
        if verdict.outcome is Outcome.NOT_EVALUABLE:
            yield Unknown(f"it rests on {code}: {verdict.reasons[0]}")
        elif failing:
            more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
            message = f"it rests on {code}, which fails: {failing[0].message}{more}"
            help_line = f"mend {code}"
            worst = min(failing, key=lambda finding: SEVERITIES.index(finding.severity))
            yield Problem(
                ("front",),
                message,
                help_line,
                subject=code,
                place=failing[0].place,
                told_as=worst.severity,
            )
