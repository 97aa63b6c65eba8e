"""The scope gate: which packs run, and why."""

import shutil
from pathlib import Path

import pytest
from case_pages import NOTE

from briefgen import pipeline
from briefgen.check.scope import scope
from briefgen.workspace import open_workspace

PLACES = ("CN", "HK", "US", "EU", "UK")


def packs(desk: str, tmp_path: Path, **changes: str) -> dict[str, tuple[bool, str]]:
    """Pack, whether it runs, why; `changes` maps stretches of briefing.yaml to others."""
    root = Path(shutil.copytree(Path(__file__).parents[1] / desk, tmp_path / "desk"))
    file = root / "data" / NOTE / "briefing.yaml"
    text = file.read_text("utf-8")
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    opened = open_workspace(root)
    assert opened.value is not None, opened.findings
    made = pipeline.load(opened.value, "note").made
    assert made.value is not None, made.findings
    return {found.pack: (found.runs, found.reason) for found in scope(made.value)}


@pytest.mark.parametrize("desk", ["small_desk", "full_desk"])
def test_rules_on_every_briefing_and_of_the_house_always_run(desk: str, tmp_path: Path) -> None:
    found = packs(desk, tmp_path)
    assert found["CHK"] == found["GEN"] == (True, "always")


def test_a_reconstruction_is_issued_nowhere(tmp_path: Path) -> None:
    found = packs("small_desk", tmp_path)
    assert {found[place] for place in PLACES} == {(False, "not-issued")}


def test_a_licence_brings_the_rules_of_the_place(tmp_path: Path) -> None:
    found = packs("full_desk", tmp_path, **{"[CN, HK, US, EU, UK]": "[CN]"})
    assert {found[place] for place in PLACES} == {(True, "licence")}


ORIGINAL = "original: {source: report, title: 原报告}\n"


def test_recipients_bring_the_rules_of_the_place(tmp_path: Path) -> None:
    publication = "publication: {audience: [HK]}\n"
    changes = {"issuance: reconstruction": "issuance: draft", ORIGINAL: publication}
    found = packs("small_desk", tmp_path, **changes)
    assert found["HK"] == (True, "audience")
    assert {found[place] for place in PLACES if place != "HK"} == {(False, "elsewhere")}


@pytest.mark.parametrize(("issuance", "runs"), [("draft", False), ("issued", True)])
def test_who_issues_must_say_for_whom(issuance: str, runs: bool, tmp_path: Path) -> None:
    changes = {"issuance: reconstruction": f"issuance: {issuance}", ORIGINAL: ""}
    found = packs("small_desk", tmp_path, **changes)
    assert {found[place] for place in PLACES} == {(runs, "undeclared")}
