"""Embedded fonts hold the glyphs that are used, and nothing is lost by it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from io import BytesIO
from types import SimpleNamespace
from typing import Any

import pikepdf
import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.misc.psCharStrings import T2CharString
from fontTools.pens.recordingPen import RecordingPen

from briefgen.diagnostics.finding import Severity
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
        widths = dict(zip(_codes(font.W), _flat(font.W), strict=True))
        assert len(widths) >= 15
        for code, width in widths.items():
            glyph = glyphs[f"cid{code:05}" if code else ".notdef"]
            glyph.decompile()
            assert glyph.program[0] == pytest.approx(float(width), abs=1)


def test_outlines_are_those_of_the_font(page: Callable[..., Page]) -> None:
    tables: list[bytes] = []
    plain = embedded._with_plain_widths
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            embedded, "_with_plain_widths", lambda table: tables.append(table) or plain(table)
        )
        typeset(page(f"<p>{TEXT}</p>"))
    assert len(tables) == 1
    assert (made := plain(tables[0])) is not None
    assert _drawn(made) == _drawn(tables[0])


def test_a_glyph_that_begins_as_none_should_leaves_the_font_alone() -> None:
    with pytest.raises(KeyError):
        embedded._settle_width(T2CharString(bytes([139, 11])))


@pytest.mark.parametrize(
    ("program", "settled"),
    [
        ([30, 1, 2, "rmoveto", "endchar"], [530, 1, 2, "rmoveto", "endchar"]),
        ([1, 2, "rmoveto", "endchar"], [1000, 1, 2, "rmoveto", "endchar"]),
        ([30, 1, "hmoveto", "endchar"], [530, 1, "hmoveto", "endchar"]),
        ([1, "vmoveto", "endchar"], [1000, 1, "vmoveto", "endchar"]),
        ([-400, 1, 2, "hstemhm", "endchar"], [100, 1, 2, "hstemhm", "endchar"]),
        (["endchar"], [1000, "endchar"]),
    ],
)
def test_a_width_is_found_or_given(program: list[Any], settled: list[Any]) -> None:
    glyph = T2CharString(
        program=program, private=SimpleNamespace(nominalWidthX=500, defaultWidthX=1000)
    )
    glyph.compile()
    embedded._settle_width(glyph)
    glyph.decompile()
    assert glyph.program == settled


def test_no_font_is_read_as_a_whole(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    from weasyprint.pdf import fonts

    assert embedded.install()
    monkeypatch.setattr(fonts, "get_hb_object_data", lambda *_: lambda: pytest.fail("it is read"))
    assert typeset(page(f"<p>{TEXT}</p>")).value is not None


@pytest.mark.parametrize("method", embedded._EXPECTED)
def test_every_expectation_is_looked_at(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embedded._EXPECTED, method, ["another"])
    assert not embedded.is_as_expected()


def test_another_api_is_a_finding(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "install", lambda: False)
    made = typeset(page(f"<p>{TEXT}</p>"))
    assert [(one.code, one.severity) for one in made.findings] == [("SET106", Severity.WARNING)]
    assert made.value is not None


def test_a_font_stays_as_it_is_without_harfbuzz_subset(
    page: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(embedded, "_subset", lambda *_: None)
    pdf = typeset(page(f"<p>{TEXT}</p>")).value
    assert pdf is not None
    assert b"/OpenType" in pdf.content


def _drawn(table: bytes) -> dict[str, Any]:
    """Width and outline of each glyph of a CFF font."""
    parsed = CFFFontSet()
    parsed.decompile(BytesIO(table), None)
    top, found = parsed.topDictIndex[0], {}
    for name in top.charset:
        pen, glyph = RecordingPen(), top.CharStrings[name]
        glyph.draw(pen)
        found[name] = (glyph.width, pen.value)
    return found


def _codes(widths: Any) -> list[int]:
    runs = zip(list(widths)[::2], list(widths)[1::2], strict=True)
    return [int(first) + step for first, run in runs for step in range(len(run))]


def _flat(widths: Any) -> list[Any]:
    return [width for run in list(widths)[1::2] for width in run]
