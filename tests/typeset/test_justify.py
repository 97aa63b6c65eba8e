"""Justified lines: right edges are flush, the text is unchanged."""

import re
import shutil
import subprocess
from itertools import pairwise
from pathlib import Path

import pypdfium2
import pytest

from briefgen.typeset import justify
from briefgen.typeset.justify import is_space, is_wide_or_space, shares
from briefgen.typeset.weasy import typeset
from tests.typeset.measured import Measured, measure, squeezed

CHINESE = (
    "按规模定律，模型能力的提升要靠持续追加投入，资金与人才这两大门槛随之上移。Kimi 进入视野后，"
    "同行的<b>迭代</b>明显提速；阶跃星辰的模型达到 1 万亿参数量级。迭代越密，跟进的代价越高，"
    "资金与人才向<a href='#x'>头部集中</a>的过程可能提前。（其一）“动力”来自两处：批量越大，"
    "摊到单次请求上的算力成本越低。<span id=x></span>"
)
ENGLISH = (
    "More than a year lies between the first and the last of the five reports, which file the "
    "theme under three sectors. China Galaxy Securities (中国银河证券) writes at the start of the "
    "wave, on technology and the <b>industry chain</b>; another on applications abroad."
)
WIDTH_PT = 240
NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")


def pdf(page, text: str, align: str = "justify", lang: str = "zh-CN") -> bytes:
    style = f"@page {{ margin: 0 }} body {{ margin: 0 }} p {{ width: {WIDTH_PT}pt; margin: 0; "
    body = f"<p lang={lang}>{text}</p>"
    made = typeset(page(body, f"<style>{style}text-align: {align} }}</style>"))
    assert made.findings == ()
    assert made.value is not None
    return made.value.content


def ragged(measured: Measured) -> float:
    """How far the full lines are from the edge at most, in points."""
    (paragraph,) = measured.paragraphs
    assert len(paragraph.lines) > 4
    return max(abs(line.right - WIDTH_PT) for line in paragraph.lines[:-1])


def read(content: bytes, tmp_path: Path) -> tuple[str, str]:
    """The text of a PDF as pdfium and poppler take it out, a line a line."""
    (tmp_path / "read.pdf").write_bytes(content)
    told = subprocess.run(
        ["pdftotext", tmp_path / "read.pdf", "-"], capture_output=True, text=True, check=True
    ).stdout
    with pypdfium2.PdfDocument(content) as document:
        return document[0].get_textpage().get_text_range(), told


def written(html: str) -> str:
    return re.sub("<[^>]*>", "", html)


def test_weasyprints_layout_is_as_expected() -> None:
    assert justify.install()


@pytest.mark.parametrize(
    ("text", "lang"), [(CHINESE, "zh-CN"), (CHINESE, "zh-Hant"), (ENGLISH, "en")]
)
def test_right_edges_are_flush(text: str, lang: str, page, tell) -> None:
    before, after = (ragged(measure(pdf(page, text, how, lang))) for how in ("left", "justify"))
    tell(f"raggedness of a {WIDTH_PT} pt column, {lang}: {before:.2f} pt, justified {after:.2f} pt")
    assert before > 3
    assert after < 0.15


def test_the_last_line_is_left_as_it_is(page) -> None:
    last = [
        [
            (g.text, round(g.left, 1))
            for g in measure(pdf(page, CHINESE, how)).paragraphs[0].lines[-1].glyphs
        ]
        for how in ("left", "justify")
    ]
    assert last[0] == last[1]


@NEEDS_POPPLER
@pytest.mark.parametrize("text", [CHINESE, ENGLISH])
def test_the_text_is_what_was_written(text: str, page, tmp_path: Path) -> None:
    for told in read(pdf(page, text), tmp_path):
        assert squeezed(told) == squeezed(written(text))


@NEEDS_POPPLER
def test_no_space_is_found_in_a_loose_line(page, tmp_path: Path) -> None:
    text = f"换个单位看，折到每一千 tokens {'x' * 60} 分别为"
    content = pdf(page, text)
    spread = [b.left - a.right for a, b in pairwise(measure(content).paragraphs[0].lines[0].glyphs)]
    assert max(spread) > 2
    for told in read(content, tmp_path):
        assert "换个单位看，折到每一千 tokens" in told


def test_chinese_words_keep_together_in_an_english_line(page) -> None:
    line = next(
        line
        for line in measure(pdf(page, ENGLISH, lang="en")).paragraphs[0].lines
        if "中国银河" in line.text
    )
    word = [glyph for glyph in line.glyphs if glyph.text in "中国银河证券"]
    assert word[-1].right - word[0].left == pytest.approx(6 * word[0].size, abs=0.1)


def test_a_stretch_that_fits_but_for_its_last_space_stays_in_its_line(page) -> None:
    """WeasyPrint alone leaves its first word in a line of its own."""
    words = "18 and Guosen 21; SPDBI names none here at all. "
    text, widths = f"{words}<b>Exhibit number sixteen and more</b> shows it.", range(150, 260)
    texts = "".join(f"<p style='width: {width}pt'>{text}</p>" for width in widths)
    made = typeset(page(texts, "<style>p { font-size: 9pt }</style>"))
    assert made.value is not None
    paragraphs = measure(made.value.content).paragraphs
    for width, paragraph in zip(widths, paragraphs, strict=True):
        assert paragraph.lines[0].text != "18", width


def test_a_no_break_space_does_not_stand_for_all_spaces(page) -> None:
    glyphs = measure(pdf(page, "2024\u00a0年 3 月")).glyphs
    assert {glyph.text for glyph in glyphs if not glyph.text.strip()} == {" "}


def test_another_api_is_a_finding_and_the_build_goes_on(page, monkeypatch) -> None:
    monkeypatch.setattr(justify, "install", lambda: False)
    made = typeset(page("<p>共128k个"))
    assert [finding.code for finding in made.findings] == ["SET104"]
    assert made.value is not None
    glyphs = measure(made.value.content).glyphs
    assert max(right.left - left.right for left, right in pairwise(glyphs)) < 0.1


@pytest.mark.parametrize("path", justify._EXPECTED)
def test_every_expectation_is_looked_at(path: str, monkeypatch) -> None:
    monkeypatch.setitem(justify._EXPECTED, path, ["another"])
    assert not justify.is_as_expected()


@pytest.mark.parametrize("path", ["layout.inline.nothing", "layout.nowhere.justify_line"])
def test_what_is_not_there_is_not_as_expected(path: str, monkeypatch) -> None:
    monkeypatch.setitem(justify._EXPECTED, path, [])
    assert not justify.is_as_expected()


@pytest.mark.parametrize(
    ("text", "wide", "spaces"),
    [
        ("", 0, 0),
        ("abc", 0, 0),
        ("a b", 1, 1),
        ("中文", 1, 0),
        ("中文字", 2, 0),
        ("a中b", 1, 0),
        ("中a", 0.5, 0),
        ("价格 60", 2.5, 1),
    ],
)
def test_shares(text: str, wide: float, spaces: float) -> None:
    assert shares(text, is_wide_or_space) == wide
    assert shares(text, is_space) == spaces
