"""The theme: one file that feeds style sheets and charts."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from briefgen.model.brokerage import Colour
from briefgen.model.value import Numeral, Text, Value

Millimetres = Annotated[Numeral, Field(gt=0)]
Points = Annotated[Numeral, Field(gt=0)]


class Fonts(Value):
    """Font families; each must be installed. `fallback` is for screens that lack them."""

    sans: Text
    serif: Text
    fallback: tuple[Text, ...] = ()


class Colours(Value):
    """The colours beside the brokerage's own."""

    ink: Colour
    mute: Colour
    rule: Colour
    tint: Colour
    paper: Colour
    series: tuple[Colour, ...] = Field(min_length=1)
    """Charts: the first series takes the brokerage's colour, the others these in order."""


class PageSize(Value):
    """The printed page.

    Units: millimetres.
    """

    width_mm: Millimetres
    height_mm: Millimetres
    margin_top_mm: Millimetres
    margin_bottom_mm: Millimetres
    margin_side_mm: Millimetres
    side_mm: Millimetres
    """The side column of the first page."""
    side_gap_mm: Millimetres

    @property
    def text_width_mm(self) -> Decimal:
        """The width between the margins."""
        return self.width_mm - 2 * self.margin_side_mm

    @property
    def main_width_mm(self) -> Decimal:
        """The width beside the side column of the first page."""
        return self.text_width_mm - self.side_mm - self.side_gap_mm


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
