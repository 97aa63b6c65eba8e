"""The rules of regulators and of the house, case by case: every page of `cases/` is run.

A block ```pass, ```fail, ```needs-human or ```not-evaluable changes the issued report in
`tests/full_desk`. `=` lines are the reasons of the verdict. Attestations with a digest of zeros are
signed for the briefing as the case has made it. What passes in print, and most of what fails there,
is printed together: as many cases on one desk as change different lines.
"""

import shutil
from collections import Counter
from itertools import filterfalse
from pathlib import Path

import pytest
from case_pages import Case, cases, sheets

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.check.inspection import inspect
from briefgen.check.rules import RULES
from briefgen.diagnostics.finding import Severity
from briefgen.model.digest import digest
from briefgen.model.release import Release
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
PRINTED = {"GEN-09", "GEN-12", "META-06", "META-07", "US-14"}
"""Rules that look at what only the PDF has, or at both files side by side."""
IN_THE_HTML = {"EU-15", "EU-16", "EU-17", "HK-11", "US-05", "US-06", "US-18"}
"""Rules that look at nothing but the HTML where there is one."""
ALONE = {"CN-08", "GEN-09", "GEN-12", "META-06", "META-07"}
"""Rules whose failing cases change what other rules look at, too."""
FULL_DESK = Path(__file__).parents[1] / "full_desk"


def is_printed(case: Case) -> bool:
    """Whether a case needs a PDF; without one, rules look at the HTML and at the values."""
    if BY_CODE[case.code].needs == "values" or case.code in IN_THE_HTML:
        return False
    says_so = case.code in PRINTED or any("PDF" in line for line in case.expected)
    return says_so or case.kind == "pass"


def is_shared(case: Case) -> bool:
    """Whether a case is printed together with others."""
    return is_printed(case) and (case.kind == "pass" or case.code not in ALONE)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FULL_DESK, tmp_path / "desk")) / "data"


def opened(data: Path) -> Workspace:
    made = open_workspace(data.parent)
    assert made.value is not None, made.findings
    return made.value


def signed(release: Release, signature: str) -> Release:
    """Attestations of zeros as attestations of the briefing as it is."""
    attestations = (
        one.model_copy(update={"digest": signature}) if one.digest == UNSIGNED else one
        for one in release.attestations
    )
    return release.model_copy(update={"attestations": tuple(attestations)})


def report(data: Path, *formats: str) -> Report:
    """The report on the values, or on an edition in these formats; what is unsigned is signed."""
    workspace = opened(data)
    prepared = pipeline.prepare(workspace, "note", formats)
    task, kit = prepared.value, workspace.kit
    assert task is not None, prepared.findings
    now = digest(task.briefing, task.release.waivers, workspace.templates)
    task = task.model_copy(update={"release": signed(task.release, now)})
    if formats:
        found = pipeline.make(task, kit, Memory()).report
        assert found is not None
        return found
    return inspect(RULES, pipeline.dossier_of(task.briefing, task.release, kit), task.places)


def assert_as_expected(case: Case, found: Report) -> None:
    (verdict,) = (one for one in found.verdicts if one.code == case.code)
    assert (str(case), list(verdict.reasons)) == (str(case), case.expected)
    assert (str(case), verdict.outcome) == (str(case), KINDS[case.kind])


@pytest.mark.parametrize("case", list(filterfalse(is_shared, cases(*KINDS))), ids=str)
def test_case(case: Case, data: Path) -> None:
    case.apply(data)
    formats = ("html", "pdf") if is_printed(case) else ("html",)
    found = report(data, *formats if BY_CODE[case.code].needs != "values" else ())
    assert_as_expected(case, found)


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_cases_that_share_an_edition(kind: str, tmp_path: Path) -> None:
    for desk, held in sheets(filter(is_shared, cases(kind)), FULL_DESK, tmp_path):
        found = report(desk / "data", "html", "pdf")
        for case in held:
            assert_as_expected(case, found)


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
