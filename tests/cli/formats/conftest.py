"""What checking found of one briefing, made up: an outcome of every kind."""

from __future__ import annotations

from datetime import date

import pytest

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.model.release import Waiver
from briefgen.model.verdict import Mode, Outcome, PackScope, Report, Verdict
from briefgen.pipeline import Checked

WAIVER = Waiver(
    rule="CHK301", reason="旧图", by="qa-1", role="quality-reviewer", expires=date(2024, 6, 30)
)
FINDINGS = (
    Finding("LOD103", "unknown key `a,b: 5%`", Place("数据/f.yaml", 2, 3, 4), "did you\nmean `c`?"),
    Finding("CHK101", "`60` is bound to nothing", Place("o.md", 1, 16, 2), fix="{{ price }}"),
    Finding(
        "CHK301",
        "not placed (waived by qa-1 (quality-reviewer) until 2024-06-30: 旧图)",
        Place("e.yaml", 2, 3),
        severity=Severity.NOTE,
    ),
    Finding(
        "CHK404",
        "needs a human: is it so?",
        Place("b.yaml"),
        "ask <her> & \x07him",
        Severity.WARNING,
    ),
    Finding("LOD201", "not a number", NamedPlace("t.xlsx", 4, 2, name="cell B4")),
)


def verdict(code: str, outcome: Outcome, *reasons: str) -> Verdict:
    return Verdict(
        code=code,
        name=f"rule-{code.lower()}",
        pack="CHK",
        outcome=outcome,
        severity=Severity.ERROR,
        mode=Mode.DOCUMENT,
        reasons=reasons,
    )


@pytest.fixture
def results() -> dict[str, Checked]:
    report = Report(
        digest="ab" * 32,
        scope=(PackScope(pack="CHK", runs=True, reason="always"),),
        verdicts=(
            verdict("CHK101", Outcome.FAIL, "`60` is bound to nothing"),
            verdict("CHK201", Outcome.PASS),
            verdict("CHK301", Outcome.FAIL, "not placed"),
            verdict("CHK404", Outcome.NEEDS_HUMAN, "is it so?"),
            verdict("CHK701", Outcome.NOT_EVALUABLE, "no HTML was made"),
        ),
        findings=FINDINGS,
        waivers=(WAIVER,),
    )
    return {"note": Checked(report, FINDINGS), "lost": Checked(None, FINDINGS[:1])}
