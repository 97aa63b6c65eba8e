"""The metadata of a PDF as XMP: PDF/A-3a and PDF/UA-1 at once, and what the edition is.

Sources: ISO 16684-1 (XMP), ISO 19005-3, 6.6 (extension schemas), ISO 14289-1, 5; GB 45438-2025 for
the label of generated text, the property `AIGC` in the namespace of TC260.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from typing import Any

from briefgen.model.metadata import Metadata

LABEL = "AIGC"
"""The name of the label of generated text, in HTML and in XMP."""


@dataclass(frozen=True, slots=True)
class _Schema:
    """A namespace that PDF/A does not know, with its properties and what they say."""

    prefix: str
    namespace: str
    title: str
    value_type: str
    category: str
    properties: dict[str, str]


_UA = _Schema(
    "pdfuaid",
    "http://www.aiim.org/pdfua/ns/id/",
    "PDF/UA identification",
    "Integer",
    "internal",
    {"part": "part of ISO 14289 that the file conforms to"},
)
_GENERATED = _Schema(
    "TC260",
    "http://www.tc260.org.cn/ns/AIGC/1.0/",
    "Label of generated content, GB 45438-2025",
    "Text",
    "external",
    {LABEL: "who made the content, and its id, as JSON"},
)
_EDITION = _Schema(
    "briefing",
    "urn:briefgen:edition:1:",
    "Sector briefing",
    "Text",
    "external",
    {
        "issuance": "issued, draft or reconstruction",
        "brokerage": "legal name of the brokerage that the briefing is about or from",
        "sector": "sector that is covered",
        "kind": "kind of report",
        "date": "date of the report as it is printed, a calendar date or a period",
        "slug": "name of the edition",
        "digest": "SHA-256 of what was checked",
        "published": "when the report was given out, with its time zone",
        "securities": "securities of the report with their codes",
        "basedOn": "published report that is rebuilt: title, publisher, date",
    },
)
_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    **{schema.prefix: schema.namespace for schema in (_UA, _GENERATED, _EDITION)},
}
_RESOURCE = 'rdf:parseType="Resource"'


def write(pdf: Any, document: Any, metadata: Metadata | None) -> None:
    """Replace the XMP that WeasyPrint wrote into a PDF of pydyf; it is not compressed."""
    stream = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    stream.stream, stream.compress = [xmp(document.metadata, metadata)], False


def xmp(head: Any, metadata: Metadata | None) -> bytes:
    """The packet; `head` is what WeasyPrint read from the head of the page."""
    schemas = [_UA]
    lines = [
        _text("pdfaid:part", "3"),
        _text("pdfaid:conformance", "A"),
        _text("pdfuaid:part", "1"),
        *_standard(head, metadata.authors if metadata else ()),
    ]
    if metadata is not None:
        schemas.append(_EDITION)
        lines += _edition(metadata)
    if label := head.custom.get(LABEL.lower()):  # WeasyPrint keeps names in small letters
        schemas.append(_GENERATED)
        lines.append(_text(f"TC260:{LABEL}", label))
    lines.append(_many("pdfaExtension:schemas", "Bag", map(_described, schemas)))
    names = "".join(f' xmlns:{name}="{escape(uri)}"' for name, uri in _NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        f'<rdf:Description rdf:about=""{names}>\n'
        + "\n".join(lines)
        + '\n</rdf:Description>\n</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>'
    ).encode()


def _standard(head: Any, authors: tuple[str, ...]) -> list[str]:
    """What the document information of every PDF says too; it has all `authors` in one text."""
    from weasyprint import __version__

    language = head.lang or "x-default"
    found = [_text("pdf:Producer", f"WeasyPrint {__version__}"), _bag("dc:language", [head.lang])]
    found += [
        _alternatives(name, language, text)
        for name, text in (("dc:title", head.title), ("dc:description", head.description))
        if text
    ]
    if creators := authors or head.authors:
        found.append(_many("dc:creator", "Seq", map(_item, creators)))
    if head.keywords:
        found.append(_bag("dc:subject", head.keywords))
        found.append(_text("pdf:Keywords", ", ".join(head.keywords)))
    for name, text in (
        ("xmp:CreatorTool", head.generator),
        ("xmp:CreateDate", head.created),
        ("xmp:ModifyDate", head.modified),
    ):
        if text:
            found.append(_text(name, text))
    return found


def _edition(metadata: Metadata) -> list[str]:
    """What a briefing says of itself."""
    found = [
        _text("dc:identifier", metadata.slug),
        _bag("xmp:Identifier", metadata.identifiers),
        _bag("dc:type", [metadata.kind]),
        _alternatives("dc:rights", metadata.language, metadata.notice),
        _text("briefing:issuance", metadata.issuance),
        _text("briefing:brokerage", metadata.brokerage),
        _text("briefing:sector", metadata.sector),
        _text("briefing:kind", metadata.kind),
        _text("briefing:date", metadata.date),
        _text("briefing:slug", metadata.slug),
        _text("briefing:digest", metadata.digest),
    ]
    if metadata.publisher:
        found.append(_bag("dc:publisher", [metadata.publisher]))
    if metadata.published:
        found.append(_text("briefing:published", metadata.published))
    if metadata.securities:
        named = (" ".join(filter(None, (one.name, one.ticker))) for one in metadata.securities)
        found.append(_text("briefing:securities", "; ".join(named)))
    if metadata.created:
        found.append(_many("dc:date", "Seq", [_item(metadata.created)]))
    if metadata.based_on:
        originals = (f"{one.title} / {one.publisher} / {one.date}" for one in metadata.based_on)
        found.append(_text("briefing:basedOn", "; ".join(originals)))
    return found


def _described(schema: _Schema) -> str:
    """A schema as PDF/A wants it described."""
    properties = (
        f"<rdf:li {_RESOURCE}>"
        + _text("pdfaProperty:name", name)
        + _text("pdfaProperty:valueType", schema.value_type)
        + _text("pdfaProperty:category", schema.category)
        + _text("pdfaProperty:description", meaning)
        + "</rdf:li>"
        for name, meaning in schema.properties.items()
    )
    return (
        f"<rdf:li {_RESOURCE}>"
        + _text("pdfaSchema:schema", schema.title)
        + _text("pdfaSchema:namespaceURI", schema.namespace)
        + _text("pdfaSchema:prefix", schema.prefix)
        + _many("pdfaSchema:property", "Seq", properties)
        + "</rdf:li>"
    )


def _text(name: str, text: str) -> str:
    return f"<{name}>{escape(text, quote=False)}</{name}>"


def _item(text: str) -> str:
    return _text("rdf:li", text)


def _many(name: str, container: str, items: Iterable[str]) -> str:
    return f"<{name}><rdf:{container}>{''.join(items)}</rdf:{container}></{name}>"


def _bag(name: str, texts: Iterable[str | None]) -> str:
    return _many(name, "Bag", (_item(text) for text in texts if text))


def _alternatives(name: str, language: str, text: str) -> str:
    tags = dict.fromkeys(("x-default", language))
    written = escape(text, quote=False)
    items = (f'<rdf:li xml:lang="{escape(tag)}">{written}</rdf:li>' for tag in tags)
    return _many(name, "Alt", items)
