"""What runs out of its place on paper is found, named and measured; what fits is not."""

from __future__ import annotations

import re

import pytest

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.typeset import overflow
from briefgen.typeset.weasy import typeset

STYLE = """<style>
@page { size: 100mm 100mm; margin: 10mm } body { margin: 0; font-size: 10pt }
figure { break-inside: avoid; margin: 0 } img { display: block; width: 100%; height: auto }
table { width: 100%; border-spacing: 0 } tr { break-inside: avoid } td { padding: 0 }
.n { white-space: nowrap } .pair { display: table; table-layout: fixed; width: 100% }
.pair > * { display: table-cell }
</style>"""
PLACES = SourceMap()
PLACES.add(("exhibits", "a"), Origin(Place("x.yaml", 3), Place("x.yaml", 2)))
PLACES.add(("front", "sections", 0), Origin(Place("b.yaml", 9)))
NUMBERS = "<td class='n'>12345678901234567890</td>"


def figure(inner: str) -> str:
    return f"<figure id='a'><figcaption>题</figcaption>{inner}<p>来源</p></figure>"


def svg(height: float) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 80 {height}"><path/></svg>'


def rows(count: int, before: str = "") -> str:
    return f"<table>{before}{'<tr><td>行</td></tr>' * count}</table>"


IMAGE = figure('<img src="asset:a.svg" alt="a">')
FITS = {
    "a table": (figure(rows(3)), 0),
    "a long table": (figure(rows(60, "<thead><tr><th>头</th></tr></thead>")), 0),
    "a cell of many rows": (figure(rows(60, "<tr><th rowspan='61'>多</th><td>行</td></tr>")), 0),
    "an image": (IMAGE, 50),
    "a text": ("<p>" + "按规模定律，模型能力的提升要靠 Kimi 持续追加投入 60 元。" * 9, 0),
    "a justified text": (
        "<p style='text-align: justify'>" + "模型能力的提升要靠 Kimi 60 元。" * 99,
        0,
    ),
    "a mark that stands still": ("<p style='position: fixed; right: -30mm'>草稿</p><p>文", 0),
}


def found(page, body: str, height: float = 0) -> list[str]:
    made = page(body, STYLE, a_svg=svg(height))
    made = made.model_copy(
        update={"anchors": {"a": ("exhibits", "a"), "s": ("front", "sections", 0)}}
    )
    told = typeset(made, PLACES)
    assert (told.value is None) == bool(told.findings)
    assert all(one.help and one.severity is Severity.ERROR for one in told.findings)
    return [f"{one.place} {one.code} {one.message}" for one in told.findings]


@pytest.mark.parametrize("case", FITS)
def test_what_fits(page, case: str) -> None:
    assert found(page, *FITS[case]) == []


RUNS_OUT = {
    "a wide table": (
        figure(f"<table><tr>{NUMBERS * 3}</tr></table>"),
        0,
        r"x.yaml:2:1 SET131 `a` is (\S+) mm wide, its place has 80.0, on page 1",
        (110, 125),
    ),
    "two columns": (
        f"<div class='pair'>{figure(f'<table><tr>{NUMBERS * 2}</tr></table>')}<p>文</p></div>",
        0,
        r"x.yaml:2:1 SET131 `a` is (\S+) mm wide, its place has 40.0, on page 1",
        (72, 85),
    ),
    "a high image": (
        IMAGE,
        160,
        r"x.yaml:2:1 SET132 `a` is (\S+) mm high, the page has 80.0, on page 1",
        (170, 185),
    ),
    "an image with its caption": (
        IMAGE,
        79,
        r"x.yaml:2:1 SET132 `a` is (\S+) mm high, the page has 80.0, on page 1",
        (85, 100),
    ),
    "a high row": (
        figure(f"<table><tr><td>{'字<br>' * 60}</td></tr></table>"),
        0,
        r"x.yaml:2:1 SET132 `a` is (\S+) mm high, the page has 80.0, on page \d",
        (300, 312),
    ),
    "a long word": (
        f"<section id='s'><p>{'a' * 90}</section>",
        0,
        r"b.yaml:9:1 SET131 `a{24}…` in `s` runs out of the text on page 1: "
        r"(\S+) mm wide, its place has 80.0",
        (170, 185),
    ),
    "a word beside all sections": (
        f"<p>{'a' * 90}",
        0,
        r"None SET131 `a{24}…` runs out of the text on page 1: "
        r"(\S+) mm wide, its place has 80.0",
        (170, 185),
    ),
}


@pytest.mark.parametrize("case", RUNS_OUT)
def test_what_runs_out(page, case: str) -> None:
    body, height, says, (least, most) = RUNS_OUT[case]
    (told,) = found(page, body, height)
    match = re.fullmatch(says, told)
    assert match, told
    assert least < float(match[1]) < most


def test_an_exhibit_is_told_once_for_its_width_and_once_for_its_height(page) -> None:
    table = f"<table>{f'<tr>{NUMBERS * 3}</tr>' * 5}</table>"
    told = found(page, figure(f'{table}<img src="asset:a.svg" alt="a">'), 160)
    assert [one.split()[1] for one in told] == ["SET131", "SET132"]


def test_boxes_that_are_not_as_expected_are_a_warning(page) -> None:
    class Document:
        pages = (object(),)

    overflow.check_overflow(Document(), page(), SourceMap(), out := Collector())
    (told,) = out.findings
    assert (told.code, told.severity) == ("SET133", Severity.WARNING)
