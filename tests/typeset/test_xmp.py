"""The metadata of a PDF: both standards, what the edition is, the label of generated text."""

import io
import json
from html import escape
from xml.etree import ElementTree

import pikepdf
import pytest
from shipped import SLUGS

from briefgen.model.edition import Page
from briefgen.readback.label import NAME, label
from briefgen.typeset.conformance import validate
from briefgen.typeset.weasy import typeset

TEXT = json.dumps({"Label": "1", "ContentProducer": "示例模型 <A&B>"}, ensure_ascii=False)
FONT = "<style>body { font-family: 'Noto Sans CJK SC' }</style>"


def pdf(*metas: str) -> bytes:
    head = f"<title>甲 &amp; 乙</title>{FONT}{''.join(metas)}"
    made = typeset(Page(html=f"<html lang='zh-CN'><head>{head}</head><p>文字</p>")).value
    assert made is not None
    return made.content


def xmp(content: bytes) -> ElementTree.Element:
    """The packet, which must be well-formed and not compressed."""
    with pikepdf.open(io.BytesIO(content)) as document:
        raw = document.Root.Metadata.read_raw_bytes()
    assert raw.startswith(b"<?xpacket begin=")
    return ElementTree.fromstring(raw)


def said(content: bytes) -> dict[str, list[str]]:
    """Texts of the packet by the local name of the property they stand in."""
    found: dict[str, list[str]] = {}
    (rdf,) = xmp(content)
    for prop in (one for description in rdf for one in description):
        texts = [text for text in prop.itertext() if text.strip()]
        found[prop.tag.split("}")[1]] = texts
    return found


def test_both_standards_are_named() -> None:
    content = pdf()
    found = said(content)
    assert found["part"] in (["1"], ["3"])
    parts = (one for one in xmp(content).iter() if one.tag.endswith("part"))
    namespaces = {one.tag.split("}")[0][1:]: one.text for one in parts}
    assert namespaces == {
        "http://www.aiim.org/pdfa/ns/id/": "3",
        "http://www.aiim.org/pdfua/ns/id/": "1",
    }
    assert found["conformance"] == ["A"]
    assert validate(content) == ()


def test_it_says_what_the_document_information_says() -> None:
    metas = (
        '<meta name="author" content="甲所"><meta name="author" content="乙所">',
        '<meta name="keywords" content="计算机, 行业点评"><meta name="description" content="说明">',
        '<meta name="dcterms.created" content="2024-03-25">',
    )
    content = pdf(*metas)
    found = said(content)
    with pikepdf.open(io.BytesIO(content)) as document:
        info = {key: str(value) for key, value in document.docinfo.items()}
    assert found["title"] == ["甲 & 乙", "甲 & 乙"]
    assert info["/Title"] == "甲 & 乙"
    assert found["creator"] == ["甲所", "乙所"]
    assert info["/Author"] == "甲所, 乙所"
    assert found["subject"] == ["计算机", "行业点评"]
    assert found["CreateDate"] == ["2024-03-25"]
    assert info["/CreationDate"] == "D:20240325"
    assert validate(content) == ()


def test_a_label_comes_back_as_it_was_written() -> None:
    content = pdf(f'<meta name="AIGC" content="{escape(TEXT)}">')
    assert label(content) == {NAME: TEXT}
    assert validate(content) == ()


def test_a_page_without_label_has_none() -> None:
    assert label(pdf()) == {}


def test_the_same_page_gives_the_same_bytes() -> None:
    meta = f'<meta name="AIGC" content="{escape(TEXT)}">'
    assert pdf(meta) == pdf(meta)


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_pdf_and_html_say_the_same(slug: str, shipped) -> None:
    edition = shipped(slug).edition
    found = said(edition.files[f"{slug}.pdf"])
    html = edition.files[f"{slug}.html"].decode()
    start = html.index("{", html.index("application/ld+json"))
    record = json.JSONDecoder().raw_decode(html[start:])[0]
    assert found["issuance"] == [record["creativeWorkStatus"]]
    assert found["kind"] == [record["genre"]]
    assert found["sector"] == [record["about"][0]["name"]]
    assert found["slug"] == [slug]
    assert found["Identifier"][:1] == [slug]
    securities = [one["name"] for one in record["about"][1:]]
    assert all(name in found["securities"][0] for name in securities)
    for original in record["isBasedOn"]:
        assert original["name"] in found["basedOn"][0]
        assert original["publisher"]["name"] in found["basedOn"][0]
