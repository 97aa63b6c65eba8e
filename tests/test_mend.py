"""Mending data files: only what is still there, only below `data/`, from the last to the first."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.mend import mend


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "a.md").write_bytes("甲,乙,丙\r\n丁\n".encode())
    return folder


def comma(column: int, **changes: object) -> Finding:
    given = {"place": Place("data/a.md", 1, column), "fix": "，", "severity": Severity.WARNING}
    return Finding("CHK605", "`,` is of half width", **{**given, **changes})  # type: ignore[arg-type]


def test_places_of_one_line_are_mended_and_line_ends_stay(data: Path) -> None:
    made = mend([comma(2, fix="（（"), comma(4)], data, data.parent)
    assert made.value == {"data/a.md": 2}
    assert (data / "a.md").read_bytes().decode() == "甲（（乙，丙\r\n丁\n"


def test_a_place_that_two_briefings_share_is_mended_once(data: Path) -> None:
    assert mend([comma(2), comma(2)], data, data.parent).value == {"data/a.md": 1}


@pytest.mark.parametrize(
    "finding",
    [
        comma(1),
        comma(40),
        comma(2, place=Place("data/a.md", 9, 2)),
        comma(2, severity=Severity.NOTE),
        comma(2, fix=None),
        comma(2, place=None),
        comma(2, place=NamedPlace("data/a.md", 1, 2, name="cell B1")),
        comma(2, place=Place("output/a.md", 1, 2)),
        comma(2, place=Place("data/../a.md", 1, 2)),
    ],
)
def test_what_is_not_safe_is_left_alone(data: Path, finding: Finding) -> None:
    for other in (data.parent / "output", data.parent):
        other.mkdir(exist_ok=True)
        (other / "a.md").write_text("甲,乙\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in data.parent.rglob("*.md")}
    assert mend([finding], data, data.parent).value == {}
    assert {path: path.read_bytes() for path in data.parent.rglob("*.md")} == before


def test_mends_that_overlap_are_not_both_made(data: Path) -> None:
    (data / "a.md").write_text("Tiktok", encoding="utf-8")
    wide = Finding("CHK604", "`Tiktok` is spelt", Place("data/a.md", 1, 1, 6), fix="TikTok")
    inner = Finding("CHK604", "`tok` is spelt", Place("data/a.md", 1, 4, 3), fix="Tok")
    assert mend([wide, inner], data, data.parent).value == {"data/a.md": 1}
    assert (data / "a.md").read_text(encoding="utf-8") == "TikTok"


def test_a_file_that_cannot_be_read_is_reported(data: Path) -> None:
    (data / "a.md").write_bytes(b"\xff,")
    made = mend([comma(2)], data, data.parent)
    assert [finding.code for finding in made.findings] == ["PUB101"]
    assert made.value == {}
