"""What the stages after loading make: drawings, pages, the finished edition."""

from __future__ import annotations

from decimal import Decimal

from briefgen.model.value import Value


class Drawing(Value):
    """A chart as SVG.

    Units: millimetres, as placed on the page.
    """

    svg: str
    width_mm: Decimal
    height_mm: Decimal
    alt: str


class Page(Value):
    """A document as HTML, with the files that it names as `asset:NAME`."""

    html: str
    assets: dict[str, str] = {}


class Pdf(Value):
    """A typeset document."""

    content: bytes
    pages: int


class Edition(Value):
    """Everything that is published of one briefing: files by name, and what is said of them."""

    slug: str
    files: dict[str, bytes]
    pages: int | None
    figures: int
    tables: int
