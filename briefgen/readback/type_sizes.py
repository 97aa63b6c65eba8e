"""The size of type in a PDF."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator


def type_sizes(content: bytes) -> tuple[tuple[str, float], ...]:
    """The printed lines, without white space, each with its smallest type.

    Units: points, rounded to a tenth.
    """
    from pypdfium2 import PdfDocument

    document = PdfDocument(content)
    try:
        return tuple(line for page in document for line in _lines(page))
    finally:
        document.close()


def _lines(page: object) -> Iterator[tuple[str, float]]:
    from pypdfium2 import raw

    text = page.get_textpage()  # type: ignore[attr-defined]
    matrix, line, smallest = raw.FS_MATRIX(), "", math.inf
    for index in range(raw.FPDFText_CountChars(text.raw)):
        char = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if char in "\r\n":
            if line:
                yield line, round(smallest, 1)
            line, smallest = "", math.inf
        elif not char.isspace():
            raw.FPDFText_GetMatrix(text.raw, index, ctypes.byref(matrix))
            size = raw.FPDFText_GetFontSize(text.raw, index) * abs(matrix.d)
            line, smallest = line + char, min(smallest, size)
    if line:
        yield line, round(smallest, 1)
    text.close()
    page.close()  # type: ignore[attr-defined]
