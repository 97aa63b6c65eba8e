"""The size of type on a page of a PDF."""

from __future__ import annotations

import ctypes
import math
from collections.abc import Iterator
from typing import Any


def type_sizes(text: Any) -> Iterator[tuple[str, float]]:
    """The printed lines of a text page of PDFium, without white space, with their smallest type.

    Units: points, rounded to a tenth.
    """
    from pypdfium2 import raw

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
