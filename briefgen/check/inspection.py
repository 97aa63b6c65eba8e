"""Runs the rules over a briefing: a verdict per rule, findings, and what was settled by people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question, Rule, Unknown
from briefgen.check.scope import scope
from briefgen.check.settled import AT_BUILD, Settled
from briefgen.diagnostics.finding import SEVERITIES, Collector, Finding, Severity
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.model.verdict import Contradiction, Outcome, Report, Verdict


def inspect(
    rules: Iterable[Rule], dossier: Dossier, places: SourceMap, before: Report | None = None
) -> Report:
    """Apply the rules of the packs that run, in their order; a rule sees the verdicts before it.

    `before` is the report on the values alone, when the finished edition is looked at: what it
    says of rules that need no more is taken over.
    Reports: the codes of the rules, REL101 to REL104.
    """
    return _Inspection(dossier, places, before).run(rules)


class _Inspection:
    def __init__(self, dossier: Dossier, places: SourceMap, before: Report | None) -> None:
        self.verdicts: dict[str, Verdict] = {}
        self.findings: dict[str, tuple[Finding, ...]] = {}
        self.dossier = replace(dossier, verdicts=self.verdicts, findings=self.findings)
        self.places, self.before = places, before
        self.settled = Settled(dossier, places)
        self.contradictions: list[Contradiction] = list(before.contradictions if before else ())
        self.known = {verdict.code: verdict for verdict in before.verdicts} if before else {}

    def run(self, rules: Iterable[Rule]) -> Report:
        packs = scope(self.dossier.briefing)
        running = {pack.pack for pack in packs if pack.runs}
        for rule in rules:
            if rule.pack in running and rule.applies_on(self.dossier.day):
                if self.before and rule.needs == "values":
                    self._take_over(rule, self.before)
                else:
                    self._apply(rule)
        is_last = self.before is not None or self.dossier.output is None
        own = self.settled.findings(self.verdicts) if is_last else ()
        return Report(
            digest=self.dossier.digest,
            scope=packs,
            verdicts=tuple(self.verdicts.values()),
            findings=(*(f for found in self.findings.values() for f in found), *own),
            contradictions=tuple(self.contradictions),
            waivers=self.settled.waivers,
            attestations=self.settled.attestations,
        )

    def _take_over(self, rule: Rule, before: Report) -> None:
        self.verdicts[rule.code] = self.known[rule.code]
        self.findings[rule.code] = tuple(f for f in before.findings if f.code == rule.code)
        self.settled.take_over(before)

    def _apply(self, rule: Rule) -> None:
        if rule.needs == "edition" and self.dossier.output is None:
            self._conclude(rule, Outcome.NOT_EVALUABLE, [AT_BUILD], ())
            return
        out, reasons = Collector(), dict[Outcome, list[str]]()
        for answer in rule.find(self.dossier):
            outcome = self._weigh(rule, answer, out)
            if outcome is not Outcome.PASS:
                text = answer.reason if isinstance(answer, Unknown) else _message(answer)
                reasons.setdefault(outcome, []).append(text)
        worst = next((o for o in _FROM_WORST if o in reasons), Outcome.PASS)
        told = [text for outcome in _FROM_WORST for text in reasons.get(outcome, ())]
        self._conclude(rule, worst, told, tuple(out.findings))

    def _conclude(
        self, rule: Rule, outcome: Outcome, reasons: list[str], findings: tuple[Finding, ...]
    ) -> None:
        self.verdicts[rule.code] = Verdict(
            code=rule.code,
            name=rule.name,
            pack=rule.pack,
            outcome=outcome,
            severity=rule.level,
            mode=rule.mode,
            clause=rule.clause,
            reasons=tuple(dict.fromkeys(reasons)),
        )
        self.findings[rule.code] = findings

    def _weigh(self, rule: Rule, answer: Answer, out: Collector) -> Outcome:
        """What one answer means for the rule, after what people said of it; it may be reported."""
        if isinstance(answer, Problem):
            return self._problem(rule, answer, out)
        if isinstance(answer, Question) and self.settled.is_attested(rule.code, answer.subject):
            return Outcome.PASS
        level = self._level_of_doubt(rule, is_question=isinstance(answer, Question))
        if level is not None:
            place = self.places.value(answer.path)
            if isinstance(answer, Question):
                message = f"needs a human: {answer.text}"
                help_line = _attest(self.dossier.briefing.slug, rule.code, answer.subject)
            else:
                message = f"not evaluable: {answer.reason}"
                help_line = answer.help or "give the data that it needs"
            level, message = self.settled.waived(rule, answer.subject, level, message)
            out.report(rule.code, message, place, help_line, level)
        return Outcome.NEEDS_HUMAN if isinstance(answer, Question) else Outcome.NOT_EVALUABLE

    def _level_of_doubt(self, rule: Rule, *, is_question: bool) -> Severity | None:
        """How much a missing answer weighs: it stops what is issued, and nothing else.

        A question weighs as much as its rule; missing data stop only what a rule blocks.
        """
        front = self.dossier.briefing.front
        if front.issuance == "draft" and front.publication is not None:
            return Severity.NOTE
        if front.issuance != "issued":
            return None
        if is_question or rule.blocks:
            return min(rule.level, Severity.WARNING, key=SEVERITIES.index)
        return Severity.WARNING

    def _problem(self, rule: Rule, problem: Problem, out: Collector) -> Outcome:
        if problem.told_as and not _adds(rule, problem.told_as):
            return Outcome.FAIL
        place, level, outcome = self._place(problem), self._level(rule), Outcome.FAIL
        message, help_line = problem.message, problem.help
        if problem.contradiction and (
            self.dossier.is_reconstruction or problem.contradiction.is_between_reports
        ):
            named = f"{rule.code} {problem.subject}".strip()
            key = f"{named} @{problem.contradiction.mark}"
            explanation = self.settled.explanation(key)
            update = {"explanation": explanation}
            self.contradictions.append(problem.contradiction.model_copy(update=update))
            if explanation is not None:
                level, outcome = Severity.NOTE, Outcome.PASS
                message = f"of the source, explained: {message}"
                help_line = None
            else:
                help_line = f"if the source is at fault, explain it in `reconciliation`: `{key}: …`"
                if self.settled.is_outdated(key):
                    help_line = (
                        f"its explanation is of other values: read it again, then key `{key}`"
                    )
        level, message = self.settled.waived(rule, problem.subject, level, message)
        fix = problem.fix
        if fix is not None and not self._is_mendable(problem):
            fix, help_line = (
                None,
                f"{help_line or 'mend it'}; by hand: it is folded or escaped here",
            )
        out.report(rule.code, message, place, help_line, level, fix)
        return outcome

    def _is_mendable(self, problem: Problem) -> bool:
        """Whether the words in question stand in the file as the rule read them."""
        text = problem.text or ""
        if problem.line is None:
            return self.places.holds(problem.path, text, problem.nth)
        if self.places.has((*problem.path, problem.line)):  # parameters are filled in
            return False
        prose = self.dossier.briefing.prose.get(str(problem.path[-1]), "").splitlines()
        line = prose[problem.line - 1] if problem.line <= len(prose) else ""
        return "\\" not in line and line.startswith(text, problem.column - 1)

    def _level(self, rule: Rule) -> Severity:
        """How much a failure weighs: of a draft, no clause is broken yet."""
        is_draft = self.dossier.briefing.front.issuance == "draft"
        if is_draft and rule.clause is not None and rule.level is Severity.ERROR:
            return Severity.WARNING
        return rule.level

    def _place(self, problem: Problem) -> Place | None:
        if problem.place is not None:
            return problem.place
        if problem.text and problem.line is None:
            return self.places.inside(problem.path, problem.text, problem.nth)
        if problem.line is None:
            return self.places.value(problem.path)
        width = len(problem.text or " ")
        return self.places.line(problem.path, problem.line, problem.column, width)


_FROM_WORST = (Outcome.FAIL, Outcome.NOT_EVALUABLE, Outcome.NEEDS_HUMAN)


def _adds(rule: Rule, told_as: Severity) -> bool:
    """Whether a rule makes a finding heavier that another one tells: those of the house do not."""
    is_outside = rule.clause is not None and rule.clause.basis != "house"
    return is_outside and SEVERITIES.index(rule.level) < SEVERITIES.index(told_as)


def _message(answer: Problem | Question) -> str:
    return answer.message if isinstance(answer, Problem) else answer.text


def _attest(slug: str, rule: str, subject: str) -> str:
    about = f" --subject {subject}" if subject else ""
    return f"who can vouch for it writes `briefgen attest {slug} {rule}{about} …`"


def listed(report: Report) -> Iterator[tuple[Outcome, int]]:
    """How many rules ended with each outcome."""
    for outcome in Outcome:
        yield outcome, sum(verdict.outcome is outcome for verdict in report.verdicts)
