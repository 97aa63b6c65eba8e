"""The plain PDF: the same pages in a smaller file, for mail."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from briefgen.publish.saving import written

_EXTRAS = ("AF", "MarkInfo", "Metadata", "OutputIntents", "StructTreeRoot")
_PAGE_EXTRAS = ("StructParents", "Tabs")


def plain(pdf: bytes) -> bytes:
    """A PDF without tags, metadata packet and colour profile; it conforms to no standard."""
    from pikepdf import Pdf

    with Pdf.open(io.BytesIO(pdf)) as document:
        _drop(document.Root, _EXTRAS)
        for page in document.pages:
            _drop(page.obj, _PAGE_EXTRAS)
            for annotation in page.obj.get("/Annots", ()):
                _drop(annotation, ("StructParent",))
        return written(document)


def _drop(holder: Any, names: Iterable[str]) -> None:
    for name in names:
        if f"/{name}" in holder:
            del holder[f"/{name}"]
