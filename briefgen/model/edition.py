"""What the stages after loading make: drawings, pages, the finished edition."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from briefgen.diagnostics.place import ValuePath
from briefgen.model.asset import Asset, Content
from briefgen.model.metadata import Metadata
from briefgen.model.value import Slug, Value

FORMATS = {"html": ".html", "pdf": ".pdf", "plain": ".plain.pdf"}
"""What an edition can be made as, and how the name of the file ends."""


def file_name(slug: str, format: str) -> str:
    """The name of an edition's file in a format."""
    return slug + FORMATS[format]


FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][\w.-]*$")]
"""The name of a file in an edition's folder: it leads nowhere else."""


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
    assets: dict[str, Asset] = {}
    anchors: dict[str, ValuePath] = {}
    """Exhibits and sections by their `id`: where they stand in the briefing."""
    metadata: Metadata | None = None


class Pdf(Value):
    """A typeset document."""

    content: Content
    pages: int


class Edition(Value):
    """Everything that is published of one briefing: files by name, and what is said of them."""

    slug: Slug
    files: dict[FileName, Content]
    pages: int | None
    figures: int
    tables: int
