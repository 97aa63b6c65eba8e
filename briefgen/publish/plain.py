"""The plain PDF: the same pages in a smaller file, for mail."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any

from briefgen.publish.saving import written

_EXTRAS = ("AF", "MarkInfo", "OutputIntents", "StructTreeRoot")
_CLAIMS = re.compile(rb"<(pdfaid|pdfuaid):\w+>[^<]*</\1:\w+>\s*")
"""What the metadata say of standards."""
_PAGE_EXTRAS = ("StructParents", "Tabs")


def plain(pdf: bytes) -> bytes:
    """A PDF without tags and colour profile; its metadata no longer say that it conforms."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(pdf)) as document:
        _drop(document.Root, _EXTRAS)
        packet = document.Root.Metadata
        packet.write(_CLAIMS.sub(b"", packet.read_bytes()))
        for page in document.pages:
            _drop(page.obj, _PAGE_EXTRAS)
            for annotation in page.obj.get("/Annots", ()):
                _drop(annotation, ("StructParent",))
        return written(document)


def _drop(holder: Any, names: Iterable[str]) -> None:
    for name in names:
        if f"/{name}" in holder:
            del holder[f"/{name}"]
