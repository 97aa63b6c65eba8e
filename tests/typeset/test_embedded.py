"""Embedded fonts hold the glyphs that are used, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet

from briefgen.model.edition import Page
from briefgen.typeset import embedded
from briefgen.typeset.weasy import typeset

TEXT = "示例研究　空格 AIGC 42%，“引号”"


@pytest.fixture
def fonts(page: Callable[..., Page]) -> Iterator[list[Any]]:
    """The fonts of a page with a bold and a regular paragraph."""
    pdf = typeset(page(f"<p>{TEXT}</p><p><b>{TEXT}</b></p>")).value
    assert pdf is not None
    with pikepdf.open(BytesIO(pdf.content)) as opened:
        yield [
            thing
            for thing in opened.objects
            if isinstance(thing, pikepdf.Dictionary) and thing.get("/Subtype") == "/CIDFontType0"
        ]


def test_a_chinese_font_takes_room_for_its_glyphs_alone(fonts: list[Any]) -> None:
    assert len(fonts) == 2
    for font in fonts:
        file = font.FontDescriptor.FontFile3
        assert file.Subtype == "/CIDFontType0C"
        assert len(file.read_raw_bytes()) < 12_000


def test_every_code_has_its_glyph_with_its_width(fonts: list[Any]) -> None:
    for font in fonts:
        parsed = CFFFontSet()
        parsed.decompile(BytesIO(font.FontDescriptor.FontFile3.read_bytes()), None)
        glyphs = parsed.topDictIndex[0].CharStrings
        widths = dict(zip(embedded._codes(list(font.W)), _flat(font.W), strict=True))
        assert len(widths) >= 15
        for code, width in widths.items():
            glyph = glyphs[f"cid{code:05}" if code else ".notdef"]
            glyph.decompile()
            assert glyph.program[0] == pytest.approx(float(width), abs=1)


def test_a_font_stays_as_it_is_without_harfbuzz_subset(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_subset", lambda *_: None)
    pdf = typeset(page(f"<p>{TEXT}</p>")).value
    assert pdf is not None
    assert b"/OpenType" in pdf.content


def _flat(widths: Any) -> list[Any]:
    return [width for run in list(widths)[1::2] for width in run]
