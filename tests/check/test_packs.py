"""The rules of regulators and of the house, case by case: every page of `cases/` is run.

A block ```pass, ```fail, ```needs-human or ```not-evaluable changes the issued report in
`tests/full_desk`. `=` lines are the reasons of the verdict. Attestations with a digest of zeros are
signed for the briefing as the case has made it.
"""

import shutil
from collections import Counter
from pathlib import Path

import pytest
from case_pages import NOTE, Case, cases

from briefgen import pipeline
from briefgen.check.rules import RULES
from briefgen.diagnostics.finding import Severity
from briefgen.model.digest import digest
from briefgen.model.verdict import Mode, Outcome, Report
from briefgen.workspace import Workspace, open_workspace

KINDS = {
    "pass": Outcome.PASS,
    "fail": Outcome.FAIL,
    "needs-human": Outcome.NEEDS_HUMAN,
    "not-evaluable": Outcome.NOT_EVALUABLE,
}
BY_CODE = {rule.code: rule for rule in RULES if rule.pack != "CHK"}
UNSIGNED = "0" * 64
IN_THE_HTML = {"EU-16", "EU-17", "HK-11", "US-05", "US-06", "US-18"}
"""Rules that look at nothing but the HTML where there is one; cases of others get a PDF, too."""


@pytest.fixture
def data(tmp_path: Path) -> Path:
    desk = Path(__file__).parents[1] / "full_desk"
    return Path(shutil.copytree(desk, tmp_path / "desk")) / "data"


def opened(data: Path) -> Workspace:
    made = open_workspace(data.parent)
    assert made.value is not None, made.findings
    return made.value


def sign(workspace: Workspace) -> None:
    """Attestations of zeros become attestations of the briefing as it is."""
    loaded = pipeline.load(workspace, "note")
    briefing = loaded.made.value
    file = workspace.root / "data" / NOTE / "attestations.yaml"
    if briefing is not None and file.exists():
        signed = digest(briefing, loaded.release.waivers, workspace.templates)
        file.write_text(file.read_text("utf-8").replace(UNSIGNED, signed), "utf-8")


def report(data: Path, *formats: str) -> Report:
    """The report on the values, or on an edition in these formats."""
    workspace = opened(data)
    sign(workspace)
    if formats:
        checked = pipeline.rehearse(workspace, "note", formats)
    else:
        checked = pipeline.check(workspace, "note")
    assert checked.report is not None, checked.findings
    return checked.report


@pytest.mark.parametrize("case", list(cases(*KINDS)), ids=str)
def test_case(case: Case, data: Path) -> None:
    case.apply(data)
    formats = ("html",) if case.code in IN_THE_HTML else ("html", "pdf")
    found = report(data, *formats if BY_CODE[case.code].needs != "values" else ())
    verdicts = {verdict.code: verdict for verdict in found.verdicts}
    assert list(verdicts[case.code].reasons) == case.expected
    assert verdicts[case.code].outcome is KINDS[case.kind]


def test_the_report_that_cases_change_passes_every_rule(data: Path) -> None:
    found = report(data, "html", "pdf")
    assert [v for v in found.verdicts if v.outcome is not Outcome.PASS] == []
    assert [f for f in found.findings if f.severity is not Severity.NOTE] == []


def test_every_rule_has_a_case_that_passes_and_one_that_does_not() -> None:
    kinds: dict[str, set[str]] = {code: set() for code in BY_CODE}
    for case in cases(*KINDS):
        kinds[case.code].add("pass" if case.kind == "pass" else "other")
    assert {code for code, found in kinds.items() if found != {"pass", "other"}} == set()


def test_the_catalogue_is_whole() -> None:
    sizes = {"CN": 35, "HK": 17, "US": 18, "EU": 21, "UK": 1, "GEN": 12, "META": 7}
    wanted = [
        f"{pack}-{number:02d}" for pack, size in sizes.items() for number in range(1, size + 1)
    ]
    assert sorted(BY_CODE) == sorted(wanted)


def test_clauses_from_memory_are_warnings() -> None:
    for rule in BY_CODE.values():
        assert rule.clause is not None, rule.code
        if rule.clause.is_from_memory:
            assert rule.level is not Severity.ERROR, rule.code


def test_how_the_rules_decide() -> None:
    counts = Counter(rule.mode for rule in BY_CODE.values())
    wanted = {Mode.DOCUMENT: 59, Mode.FEED: 28, Mode.HEURISTIC: 7, Mode.HUMAN: 17}
    assert counts == wanted
