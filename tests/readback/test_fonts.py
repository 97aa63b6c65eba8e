"""The fonts of a PDF, as its reader finds them."""

from __future__ import annotations

from io import BytesIO

import pytest
from pikepdf import Dictionary, Name, Pdf

from briefgen.model.edition import Page
from briefgen.model.output import PrintedFont
from briefgen.readback.fonts import _bare
from briefgen.readback.paper import read_pdf
from briefgen.typeset.weasy import typeset

SANS, SERIF = "Noto-Sans-CJK-SC", "Noto-Serif-CJK-SC"


@pytest.fixture(scope="module")
def pdf() -> bytes:
    style = "body { font-family: Noto Sans CJK SC } h2 { font-family: Noto Serif CJK SC }"
    body = (
        "<p>正文 a<b>粗</b>体，共二十字以上的一行文字，只留开头</p>"
        "<h2 style='break-before: page'>标题</h2><p><b>另</b>"
    )
    made = typeset(
        Page(html=f"<html lang='zh-CN'><style>{style}</style><body>{body}</body></html>")
    )
    assert made.value is not None, made.findings
    return made.value.content


def test_each_font_with_the_first_text_that_is_set_in_it(pdf: bytes) -> None:
    assert read_pdf(pdf)[3] == (
        PrintedFont(name=SANS, page=1, text="正文a体，共二十字以上的"),
        PrintedFont(name=f"{SANS}-Bold", page=1, text="粗"),
        PrintedFont(name=f"{SERIF}-Bold", page=2, text="标题"),
    )


def test_a_font_without_any_text_is_found_too(pdf: bytes) -> None:
    with Pdf.open(BytesIO(pdf)) as changed:
        font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
        changed.pages[1].Resources.Font.F99 = changed.make_indirect(font)
        changed.save(content := BytesIO())
    fonts = {font.name: font for font in read_pdf(content.getvalue())[3]}
    assert fonts["Helvetica"] == PrintedFont(name="Helvetica")
    assert len(fonts) == 4


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("ABCDEF+DejaVu-Sans", "DejaVu-Sans"),
        ("Helvetica", "Helvetica"),
        ("A+B", "A+B"),
        ("abcdef+B", "abcdef+B"),
    ],
)
def test_names_are_without_the_mark_of_a_subset(name: str, bare: str) -> None:
    assert _bare(name) == bare
