"""How large an image is placed."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from briefgen.model.asset import SVG, Picture
from briefgen.model.exhibit import Exhibit
from briefgen.model.theme import PageSize

MM_PER_INCH = Decimal("25.4")


class Placed(NamedTuple):
    """An image on the page.

    Units: millimetres; `share` is of the width of its place, `dpi` is None for an SVG.
    """

    width_mm: Decimal
    height_mm: Decimal
    share: Decimal
    dpi: Decimal | None


def place_image(
    picture: Picture, exhibit: Exhibit, page: PageSize, *, on_front_page: bool
) -> Placed:
    """As wide as its place, but no higher than the exhibit's `height_mm`."""
    place = page.exhibit_width_mm(exhibit.width, on_front_page=on_front_page)
    height = place * picture.height / picture.width
    if exhibit.height_mm is not None:
        height = min(height, exhibit.height_mm)
    width = height * picture.width / picture.height
    dpi = None if picture.media_type == SVG else picture.width * MM_PER_INCH / width
    return Placed(width, height, width / place, dpi)
