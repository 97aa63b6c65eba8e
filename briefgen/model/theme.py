"""The theme: one file that feeds style sheets and charts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from briefgen.model.brokerage import Colour
from briefgen.model.value import Numeral, Text, Value

PAIR_GAP_MM = 6
"""Between two half-width exhibits that stand side by side."""

Millimetres = Annotated[Numeral, Field(gt=0)]
Points = Annotated[Numeral, Field(gt=0)]


BOLD = 700
"""CSS's weight of a bold face."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Builds = Annotated[tuple[Sha256, ...], Field(min_length=1)]


class Pins(Value):
    """The builds of a family that a theme was made with: SHA-256 of the files of each face."""

    regular: Builds
    """Of the files of the regular face."""
    bold: Builds
    """Of the files of the bold face."""


class Fonts(Value):
    """Font families; each must be installed. `fallback` is for screens that lack them."""

    sans: Text
    """The family of headings, tables and charts."""
    serif: Text
    """The family of running text."""
    fallback: tuple[Text, ...] = ()
    """Families for screens that lack these."""
    pins: dict[Text, Pins] = {}
    """By family; those of a family without pins may be of any build."""

    @property
    def families(self) -> tuple[str, ...]:
        """What is printed is set in these."""
        return tuple(dict.fromkeys((self.sans, self.serif)))

    def builds(self, family: str, weight: int) -> tuple[str, ...]:
        """The builds of a face that are pinned; none if any will do."""
        pins = self.pins.get(family)
        if pins is None:
            return ()
        return pins.bold if weight == BOLD else pins.regular


class UsedFace(Value):
    """A face that an edition is set in.

    Units: `weight` as in CSS.
    """

    family: str
    weight: int
    file: str
    """The name of the file, without its folder."""
    sha256: Sha256
    is_pinned: bool | None
    """Whether it is a build that the theme pins; None where the theme pins none."""


class Colours(Value):
    """The colours beside the brokerage's own."""

    ink: Colour
    """Text."""
    mute: Colour
    """Text of less weight."""
    rule: Colour
    """Lines."""
    tint: Colour
    """Areas behind text."""
    paper: Colour
    """The page."""
    series: tuple[Colour, ...] = Field(min_length=1)
    """Charts: the first series takes the brokerage's colour, the others these in order."""


class PageSize(Value):
    """The printed page.

    Units: millimetres.
    """

    width_mm: Millimetres
    """The width of the page."""
    height_mm: Millimetres
    """The height of the page."""
    margin_top_mm: Millimetres
    """Above the text."""
    margin_bottom_mm: Millimetres
    """Below the text."""
    margin_side_mm: Millimetres
    """Left and right of the text."""
    side_mm: Millimetres
    """The side column of the first page."""
    side_gap_mm: Millimetres
    """Between the side column and the text."""

    @property
    def text_height_mm(self) -> Decimal:
        """The height between the margins."""
        return self.height_mm - self.margin_top_mm - self.margin_bottom_mm

    @property
    def text_width_mm(self) -> Decimal:
        """The width between the margins."""
        return self.width_mm - 2 * self.margin_side_mm

    @property
    def main_width_mm(self) -> Decimal:
        """The width beside the side column of the first page."""
        return self.text_width_mm - self.side_mm - self.side_gap_mm

    def exhibit_width_mm(self, width: str, *, on_front_page: bool) -> Decimal:
        """How wide an exhibit of `width` full or half stands there."""
        full = self.main_width_mm if on_front_page else self.text_width_mm
        return full if width == "full" else (full - PAIR_GAP_MM) / 2


class Theme(Value):
    """One file of `templates/themes/`."""

    fonts: Fonts
    colours: Colours
    page: PageSize
    text_pt: Points
    """Size of the running text."""
    chart_text_pt: Points
    """Size of the text in charts."""


def font_stack(families: tuple[str, ...]) -> str:
    """Families as CSS writes them: names in quotes, generic ones without."""
    generic = {"serif", "sans-serif", "monospace"}
    return ", ".join(name if name in generic else f"'{name}'" for name in families)
