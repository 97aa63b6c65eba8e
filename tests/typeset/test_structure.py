"""The structure tree: one element of the document is one element of the tree."""

import io
from typing import Any

import pikepdf
import pytest

from briefgen.diagnostics.finding import Severity
from briefgen.typeset import structure
from briefgen.typeset.conformance import validate
from briefgen.typeset.weasy import typeset

SQUARE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="40" height="20">'
    '<rect width="9" height="9"/></svg>'
)
HEAD = "<style>@page { size: 90mm 60mm; margin: 8mm; @top-left { content: '页眉' } }</style>"


def pdf(page, body: str, head: str = HEAD) -> bytes:
    made = typeset(page(body, head))
    assert made.findings == ()
    assert made.value is not None
    return made.value.content


def outline(element: Any) -> str:
    """An element and what is in it, such as `L(LI(Lbl LBody))`."""
    kids = element.get("/K", pikepdf.Array())
    kids = kids if isinstance(kids, pikepdf.Array) else [kids]
    inner = [outline(kid) for kid in kids if isinstance(kid, pikepdf.Dictionary) and "/S" in kid]
    name = str(element.S)[1:]
    return f"{name}({' '.join(inner)})" if inner else name


def tree(content: bytes) -> str:
    """The whole tree, below the document."""
    with pikepdf.open(io.BytesIO(content)) as document:
        (root,) = document.Root.StructTreeRoot.K
        return outline(root).removeprefix("Document(").removesuffix(")")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<h1>题</h1><p>文<b>字</b>与<i>字</i></p>", "H1 P"),
        ("<div><div>文字</div></div>", "P"),
        ("<div>文<b>字</b>一</div><div>二</div>", "P P"),
        ("<section><h2>题</h2>文字</section>", "Sect(H2 P)"),
        ("<ul><li>一<li>二</ul>", "L(LI(Lbl LBody) LI(Lbl LBody))"),
        (
            '<ol style="list-style: none"><li>一<ul><li>内</ul></ol>',
            "L(LI(LBody(Span L(LI(Lbl LBody)))))",
        ),
        ("<dl><div><dt>项<dd>值</div><dt>项<dd>值</dl>", "L(LI(Lbl LBody) LI(Lbl LBody))"),
        (
            '<nav><ol><li><a href="#x">往</a></ol></nav><p id="x">至',
            "Sect(TOC(TOCI(Lbl Reference(Link)))) P",
        ),
        ('<p id="x">见<a href="#x">此处</a>', "P(Span Link)"),
        ('<p>书名<span lang="en">A title</span>', "P(Span Span)"),
        ('<p>文</p><p aria-hidden="true">饰</p>', "P"),
        (
            '<table><tr><th scope="col">甲<th scope="col">乙<tr><td>1<td></table>',
            "Table(TBody(TR(TH TH) TR(TD TD)))",
        ),
        (
            '<figure><figcaption>题</figcaption><div role="img" aria-label="意">甲</div></figure>',
            "Div(Caption Figure)",
        ),
    ],
)
def test_roles(body: str, expected: str, page) -> None:
    assert tree(pdf(page, body)) == expected


def test_a_paragraph_over_a_page_end_is_one_paragraph(page) -> None:
    content = pdf(page, f"<p>{'文字很长。' * 80}</p>")
    with pikepdf.open(io.BytesIO(content)) as document:
        assert len(document.pages) > 1
    assert tree(content) == "P"


def test_repeated_heads_and_running_heads_are_no_content(page) -> None:
    rows = "".join(f"<tr><td>行{n}<td>{n}" for n in range(40))
    head = '<thead><tr><th scope="col">名<th scope="col">值</thead>'
    content = pdf(page, f"<table>{head}<tbody>{rows}</table>")
    with pikepdf.open(io.BytesIO(content)) as document:
        count = len(document.pages)
        streams = [p.Contents.read_bytes() for p in document.pages]
    assert count > 2
    assert tree(content).startswith("Table(THead(TR(TH TH)) TBody(TR(TD TD) ")
    assert tree(content).count("THead") == 1
    assert all(stream.count(b"/Pagination") >= 1 for stream in streams)
    assert streams[1].count(b"/Pagination") == 3  # the running head, and the two heads again


def test_header_cells_have_a_scope_and_spans(page) -> None:
    table = '<table><tr><th scope="rowgroup" rowspan="2">甲<td colspan="2">1<tr><td>2<td>3</table>'
    with pikepdf.open(io.BytesIO(pdf(page, table))) as document:
        (root,) = document.Root.StructTreeRoot.K
        first, second = root.K[0].K[0].K[0].K
        assert (first.A.Scope, first.A.RowSpan, second.A.ColSpan) == ("/Row", 2, 2)


def test_a_link_says_where_it_leads(page) -> None:
    body = '<p id="x">见<a href="#x">第一节</a>与<a href="#x" aria-label="回到文首">此</a>'
    with pikepdf.open(io.BytesIO(pdf(page, body))) as document:
        said = [str(annotation.Contents) for annotation in document.pages[0].Annots]
    assert said == ["第一节", "回到文首"]


def test_figures_have_their_text_and_their_place(page) -> None:
    made = typeset(page('<img src="asset:a.svg" alt="一个方块">', HEAD, a_svg=SQUARE))
    assert made.value is not None
    with pikepdf.open(io.BytesIO(made.value.content)) as document:
        (root,) = document.Root.StructTreeRoot.K
        figure = root.K[0]
        assert str(figure.Alt) == "一个方块"
        left, low, right, high = (float(edge) for edge in figure.A.BBox)
    assert (right - left, high - low) == pytest.approx((30, 15), abs=0.1)
    assert 0 < low < high < 170


EVERYTHING = (
    '<h1>题</h1><nav><ol><li><a href="#x">往</a></ol></nav><section id="x"><h2>节</h2><p>文'
    "<ul><li>一</ul><dl><dt>项<dd>值</dl>"
    '<table><thead><tr><th scope="col">名<th scope="col">值</thead><tbody>'
    '<tr><th scope="row">甲<td>1</table></section>'
)


def test_the_whole_is_valid(page) -> None:
    assert validate(pdf(page, EVERYTHING)) == ()


def test_without_alternative_text_it_is_not(page) -> None:
    made = typeset(page('<img src="asset:a.svg">', a_svg=SQUARE))
    assert made.value is not None
    found = validate(made.value.content)
    assert [finding.code for finding in found] == ["SET201"]
    assert "PDF/UA-1" in found[0].message


def test_what_is_no_pdf_is_not_valid() -> None:
    assert {finding.code for finding in validate(b"%PDF-nothing")} == {"SET202"}


def test_another_weasyprint_is_said(page, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(structure, "install", lambda: False)
    made = typeset(page())
    assert [(f.code, f.severity) for f in made.findings] == [("SET105", Severity.WARNING)]
    assert made.value is not None


def test_the_api_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    import weasyprint.pdf

    monkeypatch.setattr(weasyprint.pdf, "add_tags", lambda pdf: None)
    assert not structure.install.__wrapped__()
