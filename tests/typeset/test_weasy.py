"""A page into a PDF: what it holds, and that nothing but its own assets is read."""

import gc
import logging
import re
import shutil
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from weasyprint import HTML

from briefgen.diagnostics.finding import Severity
from briefgen.typeset import justify
from briefgen.typeset.weasy import typeset

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="40" height="20" fill="#8c1d2b"/>{inner}</svg>'
)
FILE = "file:///etc/hostname"
SITE = "http://192.0.2.1/picture.png"


def codes(made) -> list[tuple[str, Severity]]:
    return [(finding.code, finding.severity) for finding in made.findings]


def test_a_clean_page_gives_a_pdf_and_no_finding(page) -> None:
    made = typeset(page("<h1>标题</h1><p>正文，with words。</p>"))
    assert made.findings == ()
    assert made.value is not None
    assert made.value.content.startswith(b"%PDF-")
    assert made.value.pages == 1


def test_pages_are_counted(page) -> None:
    made = typeset(page('<p>一<p style="break-before: page">二<p style="break-before: page">三'))
    assert made.value is not None
    assert made.value.pages == 3


def test_an_asset_of_the_page_is_placed(page) -> None:
    body = '<img src="asset:square.svg" alt="方块">'
    with_image = typeset(page(body, square_svg=SQUARE.format(inner="")))
    without = typeset(page('<img alt="方块">'))
    assert with_image.findings == ()
    assert with_image.value is not None
    assert without.value is not None
    assert with_image.value.content != without.value.content


def test_the_same_page_gives_the_same_bytes(page) -> None:
    body = '<h1>标题</h1><p>正文。</p><img src="asset:square.svg" alt="方块">'
    one, other = (typeset(page(body, square_svg=SQUARE.format(inner=""))) for _ in range(2))
    assert one.value == other.value


@pytest.mark.slow
def test_the_same_bytes_in_another_process(page, tmp_path: Path) -> None:
    made = page("<h1>标题</h1><p>正文。</p>")
    assert (value := typeset(made).value) is not None
    script = (
        "import sys; from briefgen.model.edition import Page; from briefgen.typeset.weasy import "
        "typeset; made = typeset(Page.model_validate_json(sys.argv[1])); "
        "sys.stdout.buffer.write(made.value.content)"
    )
    command = [sys.executable, "-c", script, made.model_dump_json()]
    written = subprocess.run(command, capture_output=True, check=True, cwd=tmp_path).stdout
    assert written == value.content


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="needs poppler's pdfinfo")
def test_the_pdf_is_tagged_and_has_title_and_language(page, tmp_path: Path) -> None:
    meta = (
        '<meta name="author" content="重建示例"><meta name="dcterms.created" content="2024-03-25">'
    )
    made = typeset(page("<h1>标题</h1><p>正文。</p>", meta))
    assert made.value is not None
    file = tmp_path / "note.pdf"
    file.write_bytes(made.value.content)
    told = subprocess.run(["pdfinfo", file], capture_output=True, text=True, check=True).stdout
    facts = {key: value.strip() for key, value in (x.split(":", 1) for x in told.splitlines())}
    assert (facts["Title"], facts["Author"], facts["Tagged"]) == ("标题", "重建示例", "yes")
    assert "2024" in facts["CreationDate"]
    assert b"/Lang (zh-CN)" in _uncompressed(made.value.content)


def _uncompressed(pdf: bytes) -> bytes:
    """All streams of a PDF, one after the other."""
    streams = re.findall(rb"stream\r?\n(.*?)\nendstream", pdf, re.DOTALL)
    return b"".join(zlib.decompressobj().decompress(s) for s in streams if s[:1] == b"x")


REFUSED = {
    "a file": f'<img src="{FILE}" alt="a">',
    "a site": f'<img src="{SITE}" alt="a">',
    "a relative name": '<img src="logo.png" alt="a">',
    "an asset that is not there": '<img src="asset:other.svg" alt="a">',
    "an asset with a path": '<img src="asset:../square.svg" alt="a">',
    "inline data": '<img src="data:image/png;base64,AAAA" alt="a">',
    "an object": f'<object data="{FILE}"></object>',
    "an embedded file": f'<embed src="{FILE}">',
    "an inline picture's picture": f'<svg><image href="{FILE}" width="9" height="9"/></svg>',
    "an attachment": f'<a rel="attachment" href="{FILE}">a</a>',
    "a background": f'<p style="background: url({SITE})">a',
    "a list mark": f'<ul style="list-style-image: url({FILE})"><li>a</ul>',
    "content": f"<style>p::before {{ content: url({FILE}) }}</style><p>a",
}


@pytest.mark.parametrize("body", REFUSED.values(), ids=REFUSED.keys())
def test_nothing_else_is_read(body: str, page) -> None:
    made = typeset(page(body, square_svg=SQUARE.format(inner="")))
    assert made.value is None
    assert set(codes(made)) == {("SET101", Severity.ERROR)}
    assert all("is not an asset of the page" in f.message for f in made.findings)


HEADS = {
    "an imported style sheet": f"<style>@import url({SITE});</style>",
    "a linked style sheet": f'<link rel="stylesheet" href="{FILE}">',
    "a base": '<base href="file:///etc/">',
}


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS.keys())
def test_nothing_else_is_read_for_the_head(head: str, page) -> None:
    made = typeset(page('<img src="hostname" alt="a">', head))
    assert made.value is None
    assert set(codes(made)) == {("SET101", Severity.ERROR)}


def test_a_font_is_not_fetched(page) -> None:
    head = (
        f"<style>@font-face {{ font-family: X; src: url({FILE}) }} p {{ font-family: X }}</style>"
    )
    made = typeset(page("<p>文", head))
    assert made.value is None
    assert codes(made) == [("SET101", Severity.ERROR)]


def test_a_drawing_reads_no_file_either(page) -> None:
    inner = f'<image href="{FILE}" width="9" height="9"/>'
    made = typeset(page('<img src="asset:a.svg" alt="a">', a_svg=SQUARE.format(inner=inner)))
    assert made.value is None
    assert codes(made) == [("SET101", Severity.ERROR)]


def test_a_broken_drawing_is_an_error(page) -> None:
    made = typeset(page('<img src="asset:a.svg" alt="a">', a_svg="not a drawing"))
    assert made.value is None
    assert codes(made) == [("SET101", Severity.ERROR)]
    assert made.findings[0].message.endswith("Failed to load image at 'asset:a.svg'")


def test_a_link_to_nowhere_is_an_error(page) -> None:
    made = typeset(page('<a href="#nowhere">见</a>'))
    assert made.value is None
    assert codes(made) == [("SET101", Severity.ERROR)]
    assert "#nowhere" in made.findings[0].message


def test_a_character_that_no_font_has_is_an_error(page) -> None:
    made = typeset(page("<p>字\ue123"))
    assert made.value is None
    assert codes(made) == [("SET111", Severity.ERROR)]
    assert made.findings[0].message == "no font has a glyph for `\ue123` (U+E123): “字\ue123”"


def test_a_character_without_a_glyph_is_told_with_its_name_and_the_words_around(page) -> None:
    title = "<title>🚀</title>"
    made = typeset(page("<p>字<p>价格&nbsp;下降<b>很快🚀</b>，需求上升，利润大增。", title))
    assert codes(made) == [("SET111", Severity.ERROR)]
    assert made.findings[0].message == (
        "no font has a glyph for `🚀` (U+1F680 ROCKET): “字价格 下降很快🚀，需求上升，利润大增”"
    )


def test_a_character_of_a_drawing_without_a_glyph(page) -> None:
    square = SQUARE.format(inner='<text y="5">图\ue123</text>')
    made = typeset(page('<img src="asset:square.svg" alt="方块">', square_svg=square))
    assert [f.message for f in made.findings] == [
        "no font has a glyph for `\ue123` (U+E123): “图\ue123”"
    ]


@pytest.mark.parametrize(
    ("css", "named"),
    [
        ("p { frobnicate: 1 }", "frobnicate"),
        ("p { position: sticky }", "position"),
        ("p::upside-down { color: red }", "upside-down"),
    ],
)
def test_style_without_effect_is_a_warning_and_the_pdf_is_made(css: str, named: str, page) -> None:
    made = typeset(page("<p>文", f"<style>{css}</style>"))
    assert made.value is not None
    assert codes(made) == [("SET102", Severity.WARNING)]
    assert named in made.findings[0].message


def test_every_problem_is_told_once(page) -> None:
    body = f'<img src="{FILE}" alt="a"><img src="{FILE}" alt="b"><img src="{SITE}" alt="c">'
    made = typeset(page(body, "<style>p { frobnicate: 1 }</style>"))
    assert sorted(code for code, _ in codes(made)) == ["SET101", "SET101", "SET102"]


def test_the_loggers_are_left_as_they_were(page) -> None:
    loggers = [logging.getLogger(name) for name in ("weasyprint", "fontTools")]
    before = [(logger.handlers, logger.propagate) for logger in loggers]
    typeset(page("<p>文", "<style>p { frobnicate: 1 }</style>"))
    assert [(logger.handlers, logger.propagate) for logger in loggers] == before


def test_without_pango_there_is_a_finding(page, monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        """Finds WeasyPrint and cannot load it."""

        def find_spec(self, name: str, *_: object) -> None:
            if name.split(".")[0] == "weasyprint":
                raise OSError("cannot load library 'libpango-1.0-0'\nmore lines")

    for name in [name for name in sys.modules if name.split(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(sys, "meta_path", [Broken(), *sys.meta_path])
    made = typeset(page())
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "SET103"
    assert finding.message == "Pango cannot be loaded: cannot load library 'libpango-1.0-0'"
    assert finding.help == "`briefgen doctor` says how to install it"


def test_an_unknown_weasyprint_is_a_warning(page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(justify, "install", lambda: False)
    made = typeset(page())
    assert made.value is not None
    assert codes(made) == [("SET104", Severity.WARNING)]


def test_fonts_are_opened_once_but_those_of_a_page_are_its_own(page, monkeypatch) -> None:
    given = []
    plain = HTML.render
    monkeypatch.setattr(
        HTML,
        "render",
        lambda self, **named: given.append(named["font_config"]) or plain(self, **named),
    )
    own = "<style>@font-face { font-family: Own; src: local('Noto Sans CJK SC') }</style>"
    for head in ("", own, ""):
        typeset(page(head=head))
    assert given[0] is given[2] is not None
    assert given[1] is None


def test_a_page_leaves_nothing_behind(page) -> None:
    body = "".join(f"<p>第{number}段文字。" for number in range(300))
    counts = []
    for _ in range(3):
        typeset(page(body))
        gc.collect()
        counts.append(len(gc.get_objects()))
    assert abs(counts[2] - counts[1]) < 300
