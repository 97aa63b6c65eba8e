"""Writes a PDF that pikepdf holds: small, equal bytes for equal content, streams that end well.

A validator of PDF/A looks for the line end before `endstream`. Where the data themselves end in a
line end, the stream seems to have another length than it says. Compressed data end in a checksum,
so this happens to about one stream in a hundred.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from itertools import chain
from typing import Any

_LINE_ENDS = (b"\r", b"\n")
BAD_END = re.compile(rb"[\r\n]\nendstream|[^\r\n]endstream")
"""Streams whose data end in a line end, or that no line end follows."""
_RUN = 128
"""The longest run of bytes that `RunLengthDecode` copies."""


def written(document: Any) -> bytes:
    """The bytes of a document of pikepdf."""
    from pikepdf import ObjectStreamMode, Stream

    for stream in document.objects:
        if isinstance(stream, Stream) and stream.read_raw_bytes()[-1:] in _LINE_ENDS:
            _end_otherwise(stream)
    for _ in chain([None], _shifts(document)):
        out = io.BytesIO()
        document.save(
            out,
            object_stream_mode=ObjectStreamMode.generate,
            fix_metadata_version=False,
            deterministic_id=True,
        )
        if not BAD_END.search(out.getvalue()):
            break
    return out.getvalue()


def _shifts(document: Any) -> Iterator[None]:
    """Let objects have other numbers, step by step, until the streams that hold them end otherwise.

    Those streams are made while saving, in the order of the catalog's entries. Its first holds the
    attachments; each text of theirs that becomes an object of its own shifts all that follow.
    """
    from pikepdf import Name, String

    for attachment in document.Root.get(Name.AF, ()):
        for holder in (attachment, attachment.EF.F.Params):
            for name in sorted(key for key in holder if isinstance(holder[key], String)):
                holder[name] = document.make_indirect(holder[name])
                yield


def _end_otherwise(stream: Any) -> None:
    """Wrap the data of a stream in runs that copy them; such data end in a mark, byte 128."""
    from pikepdf import Array, Name

    raw = stream.read_raw_bytes()
    runs = (raw[at : at + _RUN] for at in range(0, len(raw), _RUN))
    data = b"".join(bytes([len(run) - 1]) + run for run in runs) + bytes([_RUN])
    filters = stream.get(Name.Filter, Array())
    filters = filters if isinstance(filters, Array) else Array([filters])
    given = stream.get(Name.DecodeParms, None)
    parameters = given if isinstance(given, Array) else Array([given] * len(filters))
    stream.write(
        data,
        filter=Array([Name.RunLengthDecode, *filters]),
        decode_parms=Array([None, *parameters]),
    )
