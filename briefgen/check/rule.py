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
    """What a rule found: the path of the value, and for prose the line and column inside it."""

    path: ValuePath
    message: str
    help: str | None = None
    line: int | None = None
    text: str | None = None
    """The words in question, to point at within the value."""


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
                place = places.inside(problem.path, problem.text)
            elif place and problem.line is not None:
                lines = briefing.prose[str(problem.path[-1])].splitlines()
                column = lines[problem.line - 1].find(problem.text or "") + 1
                width = len(problem.text or " ")
                place = replace(place, line=problem.line, column=max(1, column), width=width)
            out.report(rule.code, problem.message, place, problem.help, rule.severity)
    return tuple(out.findings)
