"""The text and the metadata of a PDF."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

from briefgen.model.output import PrintedFont
from briefgen.readback.label import label

HYPHEN_AT_LINE_END = "\ufffe"
"""What PDFium writes in place of a hyphen and the line end behind it."""


def read_pdf(
    content: bytes,
) -> tuple[tuple[str, ...], dict[str, str], tuple[tuple[str, float], ...], tuple[PrintedFont, ...]]:
    """The text of each page, a printed line a line; the metadata by name; sizes of type; fonts."""
    from pypdfium2 import PdfDocument

    from briefgen.readback.fonts import first_texts, printed_fonts
    from briefgen.readback.type_sizes import type_sizes

    document = PdfDocument(content)
    try:
        pages, sizes, fonts = [], list[tuple[str, float]](), list[dict[str, str]]()
        for page in document:
            text = page.get_textpage()
            pages.append(_page(text.get_text_range()))
            sizes += type_sizes(text)
            fonts.append(first_texts(text))
            text.close()
            page.close()
        metadata = document.get_metadata_dict(skip_empty=True) | label(content)
        return tuple(pages), metadata, tuple(sizes), printed_fonts(content, fonts)
    finally:
        document.close()


def _page(text: str) -> str:
    lines = text.replace(HYPHEN_AT_LINE_END, "-").splitlines()
    return "\n".join(_closed_up(line.strip()) for line in lines)


def _closed_up(line: str) -> str:
    """A line without the spaces that justification looks like.

    Where slack was spread over a line, most of its ideographs stand apart; where cells of a table
    stand side by side, only few do.
    """
    wide = [_is_wide(char) for char in line]
    spaces = [i for i in range(1, len(line) - 1) if line[i] == " " and wide[i - 1] and wide[i + 1]]
    close = sum(one and other for one, other in pairwise(wide))
    if len(spaces) <= close:
        return line
    dropped = set(spaces)
    return "".join(char for i, char in enumerate(line) if i not in dropped)


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"
