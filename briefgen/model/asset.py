"""Files that a page shows: their bytes and what kind they are."""

from __future__ import annotations

from base64 import b64decode, b64encode
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BeforeValidator, PlainSerializer

from briefgen.model.value import Value

SVG = "image/svg+xml"


def _decoded(value: Any) -> Any:
    return b64decode(value, validate=True) if isinstance(value, str) else value


Content = Annotated[
    bytes,
    BeforeValidator(_decoded),
    PlainSerializer(lambda content: b64encode(content).decode(), when_used="json"),
]
"""The bytes of a file; base64 in JSON."""


class Asset(Value):
    """A file that HTML names."""

    content: Content
    media_type: str

    @property
    def data_uri(self) -> str:
        """The file as a URI that holds it."""
        return f"data:{self.media_type};base64,{b64encode(self.content).decode()}"


class Picture(Asset):
    """An image of the author, as its file holds it.

    Units: pixels as seen upright; an SVG's `width` and `height` have any one unit.
    """

    suffix: str
    """How the name of such a file ends: `.png`."""
    width: Decimal
    height: Decimal
    fonts: tuple[str, ...] = ()
    """The first font of every list of fonts that text of an SVG names; empty where it names none
    at all."""
