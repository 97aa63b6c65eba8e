"""Workflow commands of GitHub Actions."""

from __future__ import annotations

from briefgen.cli.formats.github import github
from briefgen.diagnostics.finding import Finding
from briefgen.diagnostics.place import Place
from briefgen.pipeline import Checked


def test_a_line_per_finding_and_each_once(results: dict[str, Checked]) -> None:
    assert github(results).split("\n") == [
        "::warning file=b.yaml,line=1,col=1,endColumn=1,title=CHK404"
        "::needs a human: is it so?%0Ahelp: ask <her> & \x07him",
        "::notice file=e.yaml,line=2,col=3,endColumn=3,title=CHK301"
        "::not placed (waived by qa-1 (quality-reviewer) until 2024-06-30: 旧图)",
        "::error file=o.md,line=1,col=16,endColumn=17,title=CHK101::`60` is bound to nothing",
        "::error file=t.xlsx,title=LOD201::not a number",
        "::error file=数据/f.yaml,line=2,col=3,endColumn=6,title=LOD103"
        "::unknown key `a,b: 5%25`%0Ahelp: did you%0Amean `c`?",
    ]


def test_properties_are_escaped() -> None:
    finding = Finding("LOD103", "wrong", Place("a:b,c%.yaml", 2, 3))
    written = github({"lost": Checked(None, (finding,))})
    assert written.startswith("::error file=a%3Ab%2Cc%25.yaml,line=2")


def test_without_findings_there_is_nothing() -> None:
    assert github({}) == ""
