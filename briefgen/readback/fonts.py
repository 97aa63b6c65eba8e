"""The fonts of a PDF, and what is set in them."""

from __future__ import annotations

import ctypes
from io import BytesIO
from typing import Any

from briefgen.model.output import PrintedFont

_LONGEST = 12
"""How many characters of text are kept."""


def first_texts(text: Any) -> dict[str, str]:
    """The fonts on a text page of PDFium, each with the first text that is set in it."""
    from pypdfium2 import raw

    found: dict[bytes, str] = {}
    name, flags = ctypes.create_string_buffer(256), ctypes.c_int()
    for index in range(raw.FPDFText_CountChars(text.raw)):
        char = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if not char.isspace():
            raw.FPDFText_GetFontInfo(text.raw, index, name, len(name), ctypes.byref(flags))
            known = found.setdefault(name.value, "")
            if len(known) < _LONGEST:
                found[name.value] = known + char
    return {_bare(name.decode(errors="replace")): text for name, text in found.items()}


def printed_fonts(content: bytes, pages: list[dict[str, str]]) -> tuple[PrintedFont, ...]:
    """All fonts that a PDF holds or refers to, by name; `pages` are the `first_texts` of each."""
    found = {name: PrintedFont(name=name) for name in _names(content)}
    for number, page in reversed(list(enumerate(pages, start=1))):
        for name, text in page.items():
            found[name] = PrintedFont(name=name, page=number, text=text)
    return tuple(font for _, font in sorted(found.items()))


def _names(content: bytes) -> set[str]:
    from pikepdf import Dictionary, Pdf

    with Pdf.open(BytesIO(content)) as pdf:
        return {
            _bare(str(found.BaseFont).removeprefix("/"))
            for found in pdf.objects
            if isinstance(found, Dictionary)
            and found.get("/Type") == "/Font"
            and "/BaseFont" in found
        }


def _bare(name: str) -> str:
    """A name without the six letters of a subset."""
    mark, plus, rest = name.partition("+")
    return rest if plus and len(mark) == 6 and mark.isupper() else name
