"""What a rule is: a function over a briefing, with a code and a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from inspect import getdoc

from briefgen.diagnostics.finding import Collector, Finding, Severity
from briefgen.diagnostics.place import SourceMap, ValuePath
from briefgen.model.briefing import Briefing


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found, and where.

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


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in the table of rules; its explanation is the function's docstring."""

    code: str
    severity: Severity
    find: Callable[[Briefing], Iterator[Problem]]

    @property
    def name(self) -> str:
        """The rule's name: the function's, with hyphens."""
        return self.find.__name__.replace("_", "-")

    @property
    def explanation(self) -> str:
        """What, why, bad, good."""
        return getdoc(self.find) or ""


def run(rules: tuple[Rule, ...], briefing: Briefing, places: SourceMap) -> tuple[Finding, ...]:
    """Apply rules to a briefing."""
    out = Collector()
    for rule in rules:
        for problem in rule.find(briefing):
            place = places.value(problem.path)
            if problem.text and problem.line is None:
                place = places.inside(problem.path, problem.text, problem.nth)
            elif place and problem.line is not None:
                width = len(problem.text or " ")
                place = replace(place, line=problem.line, column=problem.column, width=width)
            out.report(rule.code, problem.message, place, problem.help, rule.severity)
    return tuple(out.findings)
