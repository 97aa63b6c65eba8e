"""The charts of a finished PDF as they stand on its pages: where, how large, which texts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, NamedTuple
from xml.etree import ElementTree

import pikepdf
from typeset.measured import _Font, squeezed

POINTS_PER_MM = 72 / 25.4
ASCENT, DESCENT = 0.88, 0.12
"""The em box of a CJK font above and below the baseline, counted in its size."""


class Glyph(NamedTuple):
    """A glyph in a figure: its text, font and size in points, and the corners of its em box."""

    text: str
    font: str
    size: float
    corners: tuple[tuple[float, float], ...]


@dataclass(slots=True)
class PrintedFigure:
    """A figure on a page.

    Units: points, from the lower left corner of the page.
    """

    page: int
    left: float
    bottom: float
    right: float
    top: float
    glyphs: list[Glyph] = field(default_factory=list)

    @property
    def width_mm(self) -> float:
        return (self.right - self.left) / POINTS_PER_MM

    @property
    def height_mm(self) -> float:
        return (self.top - self.bottom) / POINTS_PER_MM

    @property
    def text(self) -> str:
        return squeezed("".join(glyph.text for glyph in self.glyphs))

    def beyond(self) -> float:
        """How far the outermost glyph reaches over an edge, in points; negative inside."""
        corners = [corner for glyph in self.glyphs for corner in glyph.corners]
        return max(
            max(self.left - x, x - self.right, self.bottom - y, y - self.top) for x, y in corners
        )


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart as it was drawn; millimetres."""

    width_mm: float
    height_mm: float
    text: str


def drawn(html: str) -> list[Drawn]:
    """The charts of an edition, from its HTML, in order."""
    found = re.findall(r"<svg .*?</svg>", html, re.DOTALL)
    return [_drawn(ElementTree.fromstring(code)) for code in found]


def _drawn(svg: Any) -> Drawn:
    width, height = (float(svg.get(side).removesuffix("pt")) for side in ("width", "height"))
    text = "".join("".join(element.itertext()) for element in svg.iter("text"))
    return Drawn(width / POINTS_PER_MM, height / POINTS_PER_MM, squeezed(text))


def printed(content: bytes) -> list[PrintedFigure]:
    """The figures of a PDF, in reading order: page by page, down, then to the right."""
    with pikepdf.open(BytesIO(content)) as pdf:
        boxes = dict(_boxes(pdf.Root.StructTreeRoot))
        found = [
            figure
            for number, page in enumerate(pdf.pages)
            for figure in _Reader(number, boxes).read(page, pikepdf.Matrix())
        ]
    return sorted(found, key=lambda figure: (figure.page, round(-figure.top), figure.left))


def _boxes(element: Any) -> Iterator[tuple[tuple[Any, int], tuple[float, ...]]]:
    """Where each figure stands, by page and number of its content, as the structure says."""
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary):
            yield from _boxes(kid)
        elif element.S == "/Figure":
            yield (element.Pg.objgen, int(kid)), tuple(map(float, element.A.BBox))


class _Reader:
    """Reads the figures of a page, with the forms that it draws."""

    def __init__(self, number: int, boxes: dict[tuple[Any, int], tuple[float, ...]]) -> None:
        self.number, self.boxes = number, boxes
        self.figures: list[PrintedFigure] = []
        self.is_inside = False

    def read(self, thing: Any, matrix: pikepdf.Matrix) -> list[PrintedFigure]:
        fonts = {name: _Font(font) for name, font in thing.Resources.get("/Font", {}).items()}
        stack, marks = [], list[str]()
        font, size, text = None, 0.0, pikepdf.Matrix()
        for operands, operator in pikepdf.parse_content_stream(thing):
            match str(operator):
                case "q":
                    stack.append(matrix)
                case "Q":
                    matrix = stack.pop()
                case "cm":
                    matrix = pikepdf.Matrix(*operands) @ matrix
                case "BDC" | "BMC":
                    marks.append(str(operands[0]))
                    if operands[0] == "/Figure":
                        box = self.boxes[thing.obj.objgen, int(operands[1].MCID)]
                        self.figures.append(PrintedFigure(self.number, *box))
                        self.is_inside = True
                case "EMC":
                    self.is_inside = marks.pop() != "/Figure" and self.is_inside
                case "Do" if self.is_inside:
                    form = thing.Resources.XObject[str(operands[0])]
                    placed = pikepdf.Matrix(form.get("/Matrix", (1, 0, 0, 1, 0, 0)))
                    self.read(form, placed @ matrix)
                case "BT":
                    text = pikepdf.Matrix()
                case "Tm":
                    text = pikepdf.Matrix(*operands)
                case "Tf":
                    font, size = fonts[str(operands[0])], float(operands[1])
                case "TJ" if self.is_inside and font:
                    for piece in operands[0]:
                        if not isinstance(piece, pikepdf.String):
                            text = _moved(text, -float(piece) / 1000 * size)
                            continue
                        for code in font.codes(bytes(piece)):
                            wide = font.widths.get(code, 1000) / 1000 * size
                            glyph = _glyph(font, code, wide, size, text @ matrix)
                            self.figures[-1].glyphs.append(glyph)
                            text = _moved(text, wide)
        return self.figures


def _moved(matrix: pikepdf.Matrix, along: float) -> pikepdf.Matrix:
    return pikepdf.Matrix().translated(along, 0) @ matrix


def _glyph(font: _Font, code: int, wide: float, size: float, at: pikepdf.Matrix) -> Glyph:
    """A glyph; white space takes no room."""
    text = font.texts.get(code, "")
    ends = ((x, y) for x in (0, wide) for y in (-DESCENT * size, ASCENT * size))
    corners = tuple(at.transform(end) for end in ends) if text.strip() else ()
    return Glyph(text, font.name, size * abs(at.a * at.d - at.b * at.c) ** 0.5, corners)


def images(content: bytes) -> int:
    """How many raster images a PDF holds."""
    with pikepdf.open(BytesIO(content)) as pdf:
        return sum(
            isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"
            for thing in pdf.objects
        )


def contents(content: bytes) -> dict[str, int]:
    """What takes the room in a PDF, in bytes as they are stored."""
    sizes = dict.fromkeys(("fonts", "pages", "attachments", "other streams"), 0)
    with pikepdf.open(BytesIO(content)) as pdf:
        pages = {page.Contents.objgen for page in pdf.pages}
        for thing in pdf.objects:
            if isinstance(thing, pikepdf.Stream):
                is_font = "/FontFile3" in str(thing.get("/Subtype")) or thing.get("/Subtype") in (
                    "/CIDFontType0C",
                    "/OpenType",
                )
                kind = "other streams"
                if is_font or "/Length1" in thing:
                    kind = "fonts"
                elif thing.objgen in pages:
                    kind = "pages"
                elif thing.get("/Type") == "/EmbeddedFile":
                    kind = "attachments"
                sizes[kind] += len(thing.read_raw_bytes())
    return sizes | {"structure and objects": len(content) - sum(sizes.values())}
