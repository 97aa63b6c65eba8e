"""The rules, case by case: every page of `cases/` is run.

A case is a block ```bad or ```good. It changes files of the briefing in `tests/small_desk`: a line
with the file's name, `-` lines that stand there, `+` lines that take their place. `=` lines are the
findings that are expected: severity, place in the file, message. A good case has none.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.check.rules import RULES
from briefgen.diagnostics.finding import Finding, in_order
from briefgen.workspace import open_workspace

HERE = Path(__file__).parent
PAGES = sorted((HERE / "cases").glob("*.md"))
NOTE = "briefings/note"
BLOCK = re.compile(r"^```(bad|good)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Case:
    code: str
    line: int
    kind: str
    text: str

    def __str__(self) -> str:
        return f"{self.code}-{self.kind}-line-{self.line}"

    def apply(self, data: Path) -> None:
        """Change the files under `data`."""
        file, old, new = None, "", ""
        for line in [*self.text.splitlines(), ""]:
            mark, rest = line[:2], line[2:] + "\n"
            if mark in {"- ", "-"} and not new:
                old += rest
            elif mark in {"+ ", "+"}:
                new += rest
            else:
                if old or new:
                    assert file is not None
                    _replace(file, old, new)
                    old, new = (rest, "") if mark == "- " else ("", "")
                if mark not in {"= ", "- ", ""}:
                    note = data / NOTE / line
                    file = note if note.exists() or not (data / line).exists() else data / line

    @property
    def expected(self) -> list[str]:
        return [line[2:] for line in self.text.splitlines() if line.startswith("= ")]


def _replace(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    assert text.count(old) == 1 or not text, f"{text.count(old)} times in {file.name}: {old}"
    file.write_text(text.replace(old, new) if text else new, encoding="utf-8")


def cases() -> Iterator[Case]:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for block in BLOCK.finditer(text):
            line = text.count("\n", 0, block.start()) + 1
            yield Case(page.stem, line, block[1], block[2])


def findings(data: Path) -> list[Finding]:
    opened = open_workspace(data.parent)
    assert opened.value is not None, opened.findings
    return in_order(pipeline.check(opened.value, "note").findings)


def shown(finding: Finding) -> str:
    place = str(finding.place).removeprefix("data/").removeprefix(f"{NOTE}/")
    return f"{finding.severity} {place}: {finding.message}"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(HERE.parent / "small_desk", tmp_path / "desk")) / "data"


def test_the_briefing_that_cases_change_is_clean(data: Path) -> None:
    assert findings(data) == []


@pytest.mark.parametrize("case", list(cases()), ids=str)
def test_case(case: Case, data: Path) -> None:
    case.apply(data)
    found = findings(data)
    assert [shown(finding) for finding in found] == case.expected
    assert {finding.code for finding in found} <= {case.code}
    assert bool(found) == (case.kind == "bad")


def test_every_rule_has_a_page_with_a_bad_and_a_good_case() -> None:
    kinds: dict[str, set[str]] = {rule.code: set() for rule in RULES}
    for case in cases():
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
    assert pipeline.check(opened.value, "tfzq-kimi-2024-03-25").findings == ()
