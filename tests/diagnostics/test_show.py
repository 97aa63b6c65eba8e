"""Findings on a terminal, and for other programs."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import Collector, Finding, Severity, has_errors, in_order
from briefgen.diagnostics.place import Place
from briefgen.diagnostics.show import show, show_one, tally
from briefgen.diagnostics.suggest import did_you_mean, nearest


def shown(folder: Path, line: str, column: int, width: int, number: int = 1) -> list[str]:
    """The snippet of a finding in a file whose last line is `line`."""
    text = "\n" * (number - 1) + line
    (folder / "a.md").write_text(text, encoding="utf-8")
    return show_one(
        Finding("LOD101", "wrong", Place("a.md", number, column, width)), folder
    ).splitlines()[1:]


@pytest.mark.parametrize(
    ("line", "column", "width", "snippet"),
    [
        ("one two", 5, 3, ["1 | one two", "  |     ^^^"]),
        ("一二 three", 4, 5, ["1 | 一二 three", "  |      ^^^^^"]),
        ("a：二", 3, 1, ["1 | a：二", "  |    ^^"]),
        ("key:", 5, 1, ["1 | key:", "  |     ^"]),
        ("\tx", 2, 1, ["1 |  x", "  |  ^"]),
        ("a\x07b", 3, 1, ["1 | a b", "  |   ^"]),
        ("x  ", 1, 1, ["1 | x", "  | ^"]),
    ],
)
def test_the_caret_stands_below_the_place(
    tmp_path: Path, line: str, column: int, width: int, snippet: list[str]
) -> None:
    assert shown(tmp_path, line, column, width) == ["  |", *snippet]


def test_the_margin_is_as_wide_as_the_number_of_the_line(tmp_path: Path) -> None:
    assert shown(tmp_path, "x", 1, 1, number=120) == ["    |", "120 | x", "    | ^"]


@pytest.mark.parametrize(
    ("before", "meant", "after", "line"),
    [
        (0, "x", 99, "x" + "." * 99),
        (0, "x", 100, "x" + "." * 99 + "…"),
        (100, "x", 0, "…" + "." * 40 + "x"),
        (200, "x", 200, "…" + "." * 40 + "x" + "." * 58 + "…"),
        (200, "y" * 120, 200, "…" + "." * 40 + "y" * 120 + "." * 40 + "…"),
    ],
)
def test_of_a_long_line_what_is_near_the_place_is_shown(
    tmp_path: Path, before: int, meant: str, after: int, line: str
) -> None:
    text = "." * before + meant + "." * after
    _, source, carets = shown(tmp_path, text, before + 1, len(meant))
    assert source == "1 | " + line
    assert source[carets.index("^") : carets.index("^") + len(meant)] == meant
    assert carets.count("^") == len(meant)


def test_long_lines_of_wide_characters_are_cut_by_their_width(tmp_path: Path) -> None:
    _, source, carets = shown(tmp_path, "一" * 80 + "x" + "二" * 80, 81, 1)
    assert source == "1 | …" + "一" * 20 + "x" + "二" * 29 + "…"
    assert carets == "  | " + " " * 41 + "^"


@pytest.mark.parametrize("place", [Place("b.md"), Place("a.md", 7), Place("a.md", 2)])
def test_there_is_no_snippet_where_there_is_no_line(tmp_path: Path, place: Place) -> None:
    (tmp_path / "a.md").write_text("one\n\n", encoding="utf-8")
    text = show_one(Finding("LOD101", "wrong", place, "mend it"), tmp_path)
    assert text == f"{place}: error[LOD101]: wrong\n  = help: mend it\n"


def test_a_finding_without_place() -> None:
    finding = Finding("WSP101", "wrong", help="mend it", severity=Severity.WARNING)
    assert show_one(finding, Path()) == "warning[WSP101]: wrong\n = help: mend it\n"


def test_roles_are_coloured(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("one\n", encoding="utf-8")
    finding = Finding("LOD101", "wrong", Place("a.md", 1, 1, 3), "mend it", Severity.NOTE)
    assert show_one(finding, tmp_path, lambda text, role: f"<{role}:{text}>").splitlines() == [
        "a.md:1:1: <note:note[LOD101]>: wrong",
        "  <dim:|>",
        "<dim:1> <dim:|> one",
        "  <dim:|> <note:^^^>",
        "  <help:= help:> mend it",
    ]


ORDERED = [
    Finding("A", "first", Place("a.md", 2, 9)),
    Finding("B", "second", Place("a.md", 10, 1)),
    Finding("C", "third", Place("b.md", 1, 1)),
    Finding("D", "last"),
]


def test_findings_stand_in_the_order_of_their_places() -> None:
    mixed = [ORDERED[position] for position in (3, 1, 2, 0)]
    assert in_order(mixed) == ORDERED
    assert [line.split(": ")[-1] for line in show(mixed, Path()).split("\n\n")] == [
        "first",
        "second",
        "third",
        "last\n",
    ]


def test_a_finding_is_collected_once() -> None:
    out = Collector()
    out.report("A", "wrong", Place("a.md"))
    out.report("A", "wrong", Place("a.md"))
    out.report("A", "wrong", Place("a.md", 2))
    assert len(out.findings) == 2
    assert out.made("value").value is None


def test_warnings_are_no_errors() -> None:
    out = Collector()
    out.report("A", "odd", severity=Severity.WARNING)
    assert not has_errors(out.findings)
    assert out.made("value").value == "value"


@pytest.mark.parametrize(
    ("severities", "text"),
    [
        ([], "no findings"),
        (["error"], "1 error"),
        (["note", "error", "warning", "error"], "2 errors, 1 warning, 1 note"),
        (["warning", "warning"], "2 warnings"),
    ],
)
def test_tally(severities: list[str], text: str) -> None:
    assert tally([Finding("A", "x", severity=Severity(s)) for s in severities]) == text


def test_records_hold_everything() -> None:
    first, *_, last = as_records(ORDERED[::-1])
    place = {"file": "a.md", "line": 2, "column": 9, "width": 1}
    assert first == {
        "code": "A",
        "message": "first",
        "place": place,
        "help": None,
        "severity": "error",
        "fix": None,
    }
    assert last["place"] is None


@pytest.mark.parametrize(
    ("name", "known", "text"),
    [
        ("captoin", ["caption", "chart"], "did you mean `caption`?"),
        ("CNy", ["CNY", "USD"], "did you mean `CNY`?"),
        ("zzz", ["b", "a"], "known: `a`, `b`"),
        ("zzz", list("abcdefghij"), "known: `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more"),
        ("zzz", [], None),
    ],
)
def test_did_you_mean(name: str, known: list[str], text: str | None) -> None:
    assert did_you_mean(name, known) == text


def test_nothing_is_near_what_is_far() -> None:
    assert nearest("zzz", ["caption"]) is None
