"""The rules on every briefing, case by case: every page of `cases/` is run.

A block ```bad or ```good changes the briefing in `tests/small_desk`. `=` lines are the findings
that are expected: severity, place in the file, message. A good case has none.
"""

import shutil
from itertools import filterfalse
from pathlib import Path

import pytest
from case_pages import NOTE, PAGES, Case, cases, sheets

from briefgen import pipeline
from briefgen.check.rules import RULES
from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.toolchain.fonts import faces
from briefgen.workspace import open_workspace

HERE = Path(__file__).parent


ON_EDITION = {rule.code for rule in RULES if rule.needs == "edition"}
RESTING = {rule.code for rule in RULES if rule.pack != "CHK"}
"""The rules of the packs: they may repeat what the rule of a case finds."""
ON_BOTH_FILES = {"CHK702", "CHK703", "CHK704", "CHK706", "CHK707", "CHK802"}
"""The rules whose cases need a PDF, too."""


def findings(data: Path, code: str = "") -> list[Finding]:
    """What is found in the values; for a rule on editions, in the edition that is made of them."""
    opened = open_workspace(data.parent)
    assert opened.value is not None, opened.findings
    if code in ON_EDITION:
        formats = ("html", "pdf") if code in ON_BOTH_FILES else ("html",)
        return in_order(pipeline.rehearse(opened.value, "note", formats).findings)
    return in_order(pipeline.check(opened.value, "note").findings)


def shown(finding: Finding) -> str:
    place = str(finding.place).removeprefix("data/").removeprefix(f"{NOTE}/")
    return f"{finding.severity} {place}: {finding.message}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE.parent / "small_desk", tmp_path / "desk")) / "data"


def test_the_briefing_that_cases_change_is_clean(data: Path) -> None:
    assert findings(data) == []
    assert findings(data, "CHK702") == []


def is_shared(case: Case) -> bool:
    """Whether a case is printed together with others."""
    return case.kind == "good" and case.code in ON_BOTH_FILES


@pytest.mark.parametrize("case", list(filterfalse(is_shared, cases("bad", "good"))), ids=str)
def test_case(case: Case, data: Path) -> None:
    if case.code == "CHK802" and not faces("Noto Sans CJK JP"):
        pytest.skip("needs a second font")
    case.apply(data)
    found = [f for f in findings(data, case.code) if f.code not in RESTING]
    assert [shown(finding) for finding in found] == case.expected
    assert {finding.code for finding in found} <= {case.code}
    assert bool(found) == (case.kind == "bad")


def test_good_cases_that_share_an_edition(tmp_path: Path) -> None:
    for desk, held in sheets(
        filter(is_shared, cases("good")), HERE.parent / "small_desk", tmp_path
    ):
        found = [f for f in findings(desk / "data", "CHK702") if f.code not in RESTING]
        assert ([str(case) for case in held], found) == ([str(case) for case in held], [])


def test_every_rule_has_a_page_with_a_bad_and_a_good_case() -> None:
    kinds: dict[str, set[str]] = {rule.code: set() for rule in RULES if rule.pack == "CHK"}
    for case in cases("bad", "good"):
        kinds[case.code].add(case.kind)
    assert {code for code, found in kinds.items() if found != {"bad", "good"}} == set()


def test_every_page_is_headed_by_code_and_name() -> None:
    heads = {page.read_text(encoding="utf-8").splitlines()[0] for page in PAGES}
    assert heads == {f"# {rule.code} {rule.name}" for rule in RULES}


def test_an_unbound_number_comes_with_help(data: Path) -> None:
    (data / NOTE / "overview.md").write_text("价格为 60 元。\n", encoding="utf-8")
    (finding,) = findings(data)
    assert finding.help == 'bind it: `{{ fact }}` or `{{ table["row"].column }}`'


def test_the_shipped_briefing_is_clean() -> None:
    opened = open_workspace(HERE.parents[1])
    assert opened.value is not None
    found = pipeline.check(opened.value, "tfzq-kimi-2024-03-25").findings
    assert {finding.severity for finding in found} <= {Severity.NOTE}
