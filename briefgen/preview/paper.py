"""The pages of a PDF as pictures: so they can be exchanged with the reader's place kept."""

from __future__ import annotations

import io
import threading
from functools import lru_cache

from briefgen.preview.shown import File

PIXELS_PER_POINT = 2
_ONE_AT_A_TIME = threading.Lock()
"""PDFium knows no threads."""


@lru_cache(maxsize=4)
def sizes(paper: File) -> tuple[tuple[int, int], ...]:
    """Width and height of every page in points."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(paper.content) as document:
        return tuple((round(page.get_width()), round(page.get_height())) for page in document)


@lru_cache(maxsize=64)
def picture(paper: File, number: int) -> bytes:
    """A page, counted from 1, as PNG. Raises: IndexError."""
    import pypdfium2

    with _ONE_AT_A_TIME, pypdfium2.PdfDocument(paper.content) as document:
        if not 1 <= number <= len(document):
            raise IndexError(number)
        image = document[number - 1].render(scale=PIXELS_PER_POINT).to_pil()
    written = io.BytesIO()
    image.save(written, "PNG", compress_level=1)
    return written.getvalue()
