"""Gaps between Chinese and Latin: a quarter of an em on paper, nothing in the text."""

import shutil
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from briefgen.typeset.spacing import GAP, with_gaps, without_gaps
from briefgen.typeset.weasy import typeset
from tests.typeset.measured import measure
from tests.typeset.test_justify import read

NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")


@pytest.mark.parametrize(
    ("text", "marked"),
    [
        ("月之暗面128k模型", "月之暗面|128k|模型"),
        ("价格是GPT-4的", "价格是|GPT-4|的"),
        ("增长12.5%以上", "增长|12.5%|以上"),
        ("变动+3%或−2%后", "变动|+3%|或|−2%|后"),
        ("约$5或€7元", "约|$5|或|€7|元"),
        ("100+家", "100+|家"),
        ("カナとABC", "カナと|ABC"),
        ("ﾊﾝｶｸ", "ﾊﾝｶｸ"),
        ("智谱-GLM", "智谱-GLM"),
        ("价格 60 元", "价格 60 元"),
        ("（128k）、“AI”。", "（128k）、“AI”。"),
        ("2024年", "2024|年"),
        ("图表\u00a01", "图表\u00a01"),
        ("plain English, 100%", "plain English, 100%"),
        ("", ""),
    ],
)
def test_where_gaps_go(text: str, marked: str) -> None:
    assert with_gaps(text) == marked.replace("|", GAP)
    assert without_gaps(with_gaps(text)) == text


def pdf(page, body: str, style: str = "") -> bytes:
    made = typeset(page(body, f"<style>@page {{ margin: 0 }} body {{ margin: 0 }} {style}</style>"))
    assert made.findings == ()
    assert made.value is not None
    return made.value.content


def test_a_gap_is_a_quarter_of_an_em(page) -> None:
    glyphs = (
        measure(pdf(page, "<p>是128k模", "p { font-size: 20pt }")).paragraphs[0].lines[0].glyphs
    )
    assert "".join(glyph.text for glyph in glyphs) == "是128k模"
    between = [b.left - a.right for a, b in pairwise(glyphs)]
    assert between == pytest.approx([5, 0, 0, 0, 5], abs=0.02)


@NEEDS_POPPLER
@pytest.mark.parametrize("align", ["left", "justify"])
def test_readers_find_the_text_as_it_was_written(align: str, page, tmp_path: Path) -> None:
    text = "月之暗面128k模型的价格是GPT-4 Turbo的72.4%以下，2024年有1个或2个。" * 4
    content = pdf(page, f"<p>{text}", f"p {{ width: 480pt; text-align: {align} }}")
    assert len(measure(content).paragraphs[0].lines) > 3
    for told in read(content, tmp_path):
        assert "".join(told.split("\r\n") if "\r" in told else told.split("\n")).strip("\f") == text
    with pypdfium2.PdfDocument(content) as document:
        found = document[0].get_textpage().search("是GPT-4 Turbo的72.4%以下")
        assert found.get_next() is not None


def test_no_gap_stays_in_what_is_not_drawn(page) -> None:
    content = pdf(page, "<h1>价格是128k</h1><p><a href='#x'>见128k模型</a></p><p id=x>第1段")
    with pikepdf.open(BytesIO(content)) as document:
        texts = [str(item) for item in _strings(document)]
    assert any("价格是128k" in text for text in texts)
    assert not [text for text in texts if GAP in text]
    assert GAP not in {glyph.text for glyph in measure(content).glyphs}


def _strings(document: pikepdf.Pdf):
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            yield from (value for value in item.values() if isinstance(value, pikepdf.String))


def test_a_gap_at_the_end_of_a_line_goes(page) -> None:
    widths, text = range(60, 130, 3), "中文128k中文GPT中文" * 3
    body = "".join(f'<p style="width: {width}pt">{text}' for width in widths)
    paragraphs = measure(pdf(page, body, "p { font-size: 10pt; text-align: justify }")).paragraphs
    for width, paragraph in zip(widths, paragraphs, strict=True):
        for line in paragraph.lines[:-1]:
            assert line.right == pytest.approx(width, abs=0.15), (width, line.text)


def test_cells_of_tables_are_wide_enough(page) -> None:
    body = "<table><tr><td>共128k个<td>x</table>"
    glyphs = measure(
        pdf(page, body, "td { padding: 0 } table { border-collapse: collapse }")
    ).glyphs
    assert len({round(glyph.y) for glyph in glyphs}) == 1
    assert glyphs[-1].left >= glyphs[-2].right - 0.01


def test_code_is_left_alone(page) -> None:
    glyphs = measure(pdf(page, "<p><code>价格128k</code>")).glyphs
    between = [b.left - a.right for a, b in pairwise(glyphs)]
    assert max(between) < 0.1
