"""The label of generated text in the XMP of a PDF."""

from __future__ import annotations

import re
import zlib
from html import unescape

NAME = "AIGC"
_STREAM = re.compile(rb"/Type\s*/Metadata.{0,200}?stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_LABEL = re.compile(r"<TC260:AIGC>(.*?)</TC260:AIGC>", re.DOTALL)


def label(content: bytes) -> dict[str, str]:
    """The label by its name; nothing where there is none, all of them where there are several."""
    found = []
    for stream in _STREAM.findall(content):
        try:
            text = zlib.decompress(stream)
        except zlib.error:
            text = stream
        found += _LABEL.findall(text.decode("utf-8", errors="replace"))
    return {NAME: "\n".join(unescape(one) for one in found)} if found else {}
