"""The label of generated text goes from the page into the PDF's metadata (XMP).

Source: GB 45438-2025 names the property `AIGC` in the namespace of TC260.
"""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

NAME = "AIGC"
NAMESPACE = "http://www.tc260.org.cn/ns/AIGC/1.0/"
_END = b"</rdf:RDF>"


def embed(metadata: Any) -> None:
    """Add the page's `<meta name="AIGC">`, where there is one, to what WeasyPrint writes as XMP."""
    text = metadata.custom.get(NAME.lower())  # WeasyPrint keeps names in small letters
    if text is None:
        return
    label = (
        f'<rdf:Description rdf:about="" xmlns:TC260="{NAMESPACE}">'
        f"<TC260:{NAME}>{escape(text)}</TC260:{NAME}></rdf:Description>"
    ).encode()
    write = metadata.generate_rdf_metadata

    def labelled(*args: Any) -> bytes:
        written: bytes = write(*args)
        return written.replace(_END, label + _END)

    metadata.generate_rdf_metadata = labelled
