"""Punctuation: no blank half too many, and the forms of the region."""

import shutil
from pathlib import Path

import pytest

from briefgen.typeset.punctuation import half_width
from briefgen.typeset.weasy import typeset
from tests.typeset.measured import Glyph, measure
from tests.typeset.test_justify import read

BARE = "<style>@page { margin: 0 } body { margin: 0 } p { font-size: 20pt; margin: 0 }</style>"
NEEDS_POPPLER = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="needs pdftotext")


@pytest.mark.parametrize(
    ("text", "halved"),
    [
        ("他说：“好。”", "：“。"),
        ("（《标题》）", "《》"),
        ("第一。（第二）", "（"),
        ("》；“", "》“"),
        ("完」）。", "」）"),
        ("甲，乙、丙。", ""),
        ("（甲）乙", ""),
        ("a, (b)", ""),
    ],
)
def test_which_marks_lose_their_blank_half(text: str, halved: str) -> None:
    raw = text.encode()
    found = [raw[start:end].decode() for start, end in half_width(text)]
    assert "".join(found) == {"：“。": "“。", "》“": "》“"}.get(halved, halved)


def glyphs(page, body: str, lang: str = "zh-CN") -> tuple[bytes, tuple[Glyph, ...]]:
    made = typeset(page(f"<p lang={lang}>{body}</p>", BARE))
    assert made.findings == ()
    assert made.value is not None
    return made.value.content, measure(made.value.content).paragraphs[0].lines[0].glyphs


@NEEDS_POPPLER
@pytest.mark.parametrize(
    ("text", "ems"),
    [("甲）（乙", 3.5), ("甲。”乙", 3.5), ("甲（《乙", 3.5), ("甲》），乙", 4), ("甲，乙", 3)],
)
def test_adjacent_marks_are_set_tight(text: str, ems: float, page, tmp_path: Path) -> None:
    content, found = glyphs(page, text)
    assert found[-1].right - found[0].left == pytest.approx(ems * 20, abs=0.05)
    for told in read(content, tmp_path):
        assert told.strip("\r\n\f") == text


def test_a_mark_keeps_its_width_at_either_end_of_a_line(page) -> None:
    """A line may end between a closing and an opening mark: what fits must not grow then."""
    widths, text = range(100, 200, 4), "甲乙）（丙丁。“戊己”" * 6
    texts = "".join(f"<p style='width: {width}pt'>{text}</p>" for width in widths)
    made = typeset(page(texts, f"{BARE}<style>p {{ text-align: justify }}</style>"))
    assert made.value is not None
    paragraphs = measure(made.value.content).paragraphs
    for width, paragraph in zip(widths, paragraphs, strict=True):
        for line in paragraph.lines[:-1]:
            assert line.right == pytest.approx(width, abs=0.2), (width, line.text)


@pytest.mark.parametrize("char", ["，", "。", "骨"])
def test_forms_are_those_of_the_region(char: str, page) -> None:
    codes = {
        lang: glyphs(page, f"中{char}", lang)[1][1].code
        for lang in ("zh-CN", "zh-Hans", "zh-Hant", "zh-TW", "zh-HK")
    }
    assert codes["zh-CN"] == codes["zh-Hans"]
    assert codes["zh-Hant"] == codes["zh-TW"]
    assert codes["zh-CN"] != codes["zh-Hant"]
    run = glyphs(page, f"中{char}<span lang=zh-Hant>中{char}</span>")[1]
    assert [run[1].code, run[3].code] == [codes["zh-CN"], codes["zh-Hant"]]
    assert len({glyph.font for glyph in run}) == 1
