"""The files that a PDF carries with it: what it rests on, for whoever has the PDF alone.

Source: ISO 19005-3, 6.8 (embedded files of PDF/A-3 and their relationships).
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from briefgen.publish.saving import written


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to attach; `relationship` is one that PDF/A-3 knows: Data, Source, Supplement."""

    name: str
    content: bytes
    media_type: str
    relationship: str
    description: str


def attach(pdf: bytes, attachments: Iterable[Attachment], date: str | None) -> bytes:
    """The PDF with attachments in the order of their names; equal arguments give equal bytes.

    `date` is theirs, as ISO 8601: a year, a month or a day.
    """
    from pikepdf import Array, AttachedFileSpec, Name, Pdf

    stamp = f"D:{date.replace('-', '')}" if date else ""
    with Pdf.open(io.BytesIO(pdf)) as document:
        associated = []
        for one in sorted(attachments, key=lambda one: one.name):
            document.attachments[one.name] = AttachedFileSpec(
                document,
                one.content,
                description=one.description,
                filename=one.name,
                mime_type=one.media_type,
                creation_date=stamp,
                mod_date=stamp,
            )
            spec = document.attachments[one.name].obj
            spec.AFRelationship = Name(f"/{one.relationship}")
            spec.EF.F.write(zlib.compress(one.content, 9), filter=Name.FlateDecode)
            associated.append(spec)
        document.Root.AF = Array(associated)
        return written(document)


def attached(pdf: bytes) -> dict[str, bytes]:
    """The contents of a PDF's attachments by name.

    Raises: ValueError for what is no PDF.
    """
    from pikepdf import PasswordError, Pdf, PdfError, StreamDecodeLevel

    try:
        with Pdf.open(io.BytesIO(pdf)) as document:
            return {
                name: spec.obj.EF.F.read_bytes(StreamDecodeLevel.specialized)
                for name, spec in sorted(document.attachments.items())
            }
    except (PdfError, PasswordError, AttributeError, KeyError, TypeError, RuntimeError) as error:
        raise ValueError("it is no PDF, a damaged or an encrypted one") from error
