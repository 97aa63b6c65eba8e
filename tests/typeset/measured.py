"""What a finished PDF shows, measured: lines of paragraphs, their edges, where pages end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from itertools import takewhile
from typing import Any
from unicodedata import normalize

import pikepdf
import tinyhtml5

from briefgen.model.theme import PageSize
from briefgen.typeset.punctuation import CLOSING, OPENING

MM = 72 / 25.4
TEXTS = frozenset({"P", "LBody", "H1", "H2", "H3", "Caption", "Note", "TD", "TH", "Lbl", "TOCI"})
RUNNING = frozenset({"P", "LBody", "Note"})
HEADS = frozenset({"H1", "H2", "H3"})


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: its advance from `left` to `right`, its baseline `y` from the top; points."""

    page: int
    left: float
    right: float
    y: float
    size: float
    text: str
    code: int
    font: str
    mcid: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a paragraph."""

    glyphs: tuple[Glyph, ...]

    @property
    def page(self) -> int:
        return self.glyphs[0].page

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def right(self) -> float:
        """Where the advance of the last glyph ends that is no space."""
        return max((glyph.right for glyph in self.glyphs if glyph.text.strip()), default=0)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """An element of the structure tree that holds text, in lines."""

    role: str
    lines: tuple[Line, ...]

    @property
    def text(self) -> str:
        """What it says, without spaces."""
        return squeezed("".join(line.text for line in self.lines))

    @property
    def by_page(self) -> dict[int, int]:
        """How many of its lines stand on which page."""
        counts: dict[int, int] = defaultdict(int)
        for line in self.lines:
            counts[line.page] += 1
        return counts


@dataclass
class Measured:
    """A finished PDF, read."""

    pages: int
    glyphs: list[Glyph] = field(default_factory=list)
    """Those that are content: no running heads, no repeated table heads."""
    paragraphs: list[Paragraph] = field(default_factory=list)
    """In reading order; a figure is one without lines."""
    artifacts: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    """What else each page shows."""

    def justified(self, html: str) -> list[Paragraph]:
        """The paragraphs that the style sheet justifies, by the HTML of the page."""
        wanted = self.wanted(html)
        return [p for p in self.paragraphs if p.role in RUNNING and p.text in wanted]

    @staticmethod
    def wanted(html: str) -> set[str]:
        """The texts of those paragraphs, without spaces."""
        tree = tinyhtml5.parse(html, namespace_html_elements=False)
        return {squeezed(text) for text in _justified(tree)}

    def raggedness(self, html: str, size: PageSize) -> list[tuple[float, Line]]:
        """How far the right edge of each full line is from the edge of its column, in points."""
        edges = column_edges(size)
        return [
            (min(abs(line.right - edge) for edge in edges), line)
            for paragraph in self.justified(html)
            for line in paragraph.lines[:-1]
        ]

    def filled(self, size: PageSize) -> list[float]:
        """How much of the height of the text area each page uses."""
        top = float(size.margin_top_mm) * MM
        bottom = float(size.height_mm - size.margin_bottom_mm) * MM
        lowest = [top] * self.pages
        for glyph in self.glyphs:
            lowest[glyph.page] = max(lowest[glyph.page], glyph.y)
        return [(low - top) / (bottom - top) for low in lowest]

    def astray(self) -> list[tuple[int, str]]:
        """Lines that begin with a closing mark or end with an opening one, with their pages."""
        return [
            (line.page, line.text)
            for paragraph in self.paragraphs
            for line in paragraph.lines
            if len(paragraph.lines) > 1
            and line.text
            and (
                (line.text[0] in CLOSING and line is not paragraph.lines[0])
                or line.text[-1] in OPENING
            )
        ]

    def lonely(self) -> list[tuple[int, str]]:
        """Paragraphs of more than one line that leave a single one on a page."""
        return [
            (page, paragraph.text[:20])
            for paragraph in self.paragraphs
            if paragraph.role in {"P", "LBody"} and len(paragraph.by_page) > 1
            for page, count in paragraph.by_page.items()
            if count == 1
        ]

    def torn(self) -> list[tuple[int, str]]:
        """Exhibits whose caption or source stands on another page than what is beside it, and
        tables that run over a page end without their heads."""
        found = []
        for at, caption in enumerate(self.paragraphs):
            if caption.role != "Caption":
                continue
            rest = self.paragraphs[at + 1 :]
            body = list(takewhile(lambda one: one.role in {"TH", "TD", "Figure"}, rest))
            pages = [line.page for one in body for line in one.lines] or [caption.lines[-1].page]
            heads = all(body[0].text in self.artifacts[page] for page in set(pages) - {pages[0]})
            last = max(pages)
            if (caption.lines[0].page, rest[len(body)].lines[0].page) != (
                pages[0],
                last,
            ) or not heads:
                found.append((pages[0], caption.text))
        return found

    def forsaken(self) -> list[tuple[int, str]]:
        """Headings that less than two lines, or an exhibit, follow on their page."""
        found = []
        for at, paragraph in enumerate(self.paragraphs):
            if paragraph.role not in {"H2", "H3"} or not paragraph.lines:
                continue
            page, lines = paragraph.lines[-1].page, 0
            for after in self.paragraphs[at + 1 :]:
                if after.role in HEADS:
                    if lines:
                        lines = 2
                        break
                    continue
                lines += after.by_page.get(page, 0) if after.lines else 2
                if lines >= 2 or (after.lines and after.lines[-1].page > page):
                    break
            else:
                lines = 2
            if lines < 2:
                found.append((page, paragraph.text))
        return found


def column_edges(size: PageSize) -> tuple[float, ...]:
    """The right edges of the columns: text, overview beside the side column, small print."""
    right = size.width_mm - size.margin_side_mm
    left_column = (size.width_mm - COLUMN_GAP_MM) / 2
    return tuple(
        float(x) * MM for x in (right, right - size.side_mm - size.side_gap_mm, left_column)
    )


COLUMN_GAP_MM = 7
"""As in the style sheet for print."""


def squeezed(text: str) -> str:
    """Text without spaces; proportional marks of CJK fonts are the glyphs of ASCII ones."""
    return re.sub(r"[\s\u2005\u200b]+", "", normalize("NFKC", text))


_NOT_JUSTIFIED = frozenset({"bands", "box", "offices", "side", "source"})


def _justified(element: Any, *, inside: bool = False, skip: bool = False) -> Iterator[str]:
    names = set((element.get("class") or "").split())
    inside = inside or "section" in names or "small-print" in names
    skip = skip or element.tag in {"nav", "table"} or bool(names & _NOT_JUSTIFIED)
    if inside and not skip and element.tag in {"p", "li"}:
        yield "".join(element.itertext())
    for child in element:
        if isinstance(child.tag, str):
            yield from _justified(child, inside=inside, skip=skip)


def measure(content: bytes) -> Measured:
    """Read a PDF."""
    with pikepdf.open(BytesIO(content)) as pdf:
        measured = Measured(len(pdf.pages))
        by_mcid: dict[tuple[int, int], list[Glyph]] = defaultdict(list)
        numbers = {page.obj.objgen: n for n, page in enumerate(pdf.pages)}
        for n, page in enumerate(pdf.pages):
            for glyph in _glyphs(n, page):
                if glyph.mcid is None:
                    measured.artifacts[n] += squeezed(glyph.text)
                else:
                    measured.glyphs.append(glyph)
                    by_mcid[n, glyph.mcid].append(glyph)
        for role, leaves in _texts(pdf.Root.StructTreeRoot, numbers):
            glyphs = [glyph for leaf in leaves for glyph in by_mcid[leaf]]
            if glyphs or role == "Figure":
                lines = () if role == "Figure" else tuple(_lines(glyphs))
                measured.paragraphs.append(Paragraph(role, lines))
    return measured


def _lines(glyphs: list[Glyph]) -> Iterator[Line]:
    """Glyphs in reading order, a line each; a raised number stays in its line."""
    start = 0
    for at in range(1, len(glyphs) + 1):
        if at < len(glyphs):
            last, this = glyphs[at - 1], glyphs[at]
            if (
                this.page == last.page
                and this.left > last.left - 0.1
                and abs(this.y - last.y) < last.size
            ):
                continue
        yield Line(tuple(glyphs[start:at]))
        start = at


def _texts(root: Any, pages: dict[Any, int]) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Roles and marked contents of the elements that hold text, in reading order."""

    def leaves(kid: Any, page: int) -> Iterator[tuple[int, int]]:
        if isinstance(kid, int):
            yield page, kid
        elif kid.get("/Type") == "/MCR":
            yield pages[kid.Pg.objgen], int(kid.MCID)
        elif "/S" in kid:
            page = pages[kid.Pg.objgen] if "/Pg" in kid else page
            for inner in kids(kid):
                yield from leaves(inner, page)

    def kids(element: Any) -> list[Any]:
        found = element.get("/K")
        return list(found) if isinstance(found, pikepdf.Array) else [] if found is None else [found]

    def walk(element: Any) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        role = str(element.get("/S", ""))[1:]
        holds = [kid for kid in kids(element) if not isinstance(kid, int) and "/S" in kid]
        blocks = [kid for kid in holds if str(kid.S)[1:] not in {"Link", "Span", "Reference"}]
        if role == "Figure" or (role in TEXTS and not blocks):
            yield role, list(leaves(element, -1))
            return
        for kid in holds:
            yield from walk(kid)

    for kid in kids(root):
        yield from walk(kid)


def _glyphs(number: int, page: Any) -> Iterator[Glyph]:
    """The glyphs that a page shows, in the order of its content."""
    fonts = {name: _Font(font) for name, font in page.Resources.get("/Font", {}).items()}
    height = float(page.mediabox[3])
    matrix, stack, marks = pikepdf.Matrix(), [], list[Any]()
    text, font, size, rise = pikepdf.Matrix(), None, 0.0, 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "q":
                stack.append(matrix)
            case "Q":
                matrix = stack.pop()
            case "cm":
                matrix = pikepdf.Matrix(*operands) @ matrix
            case "BDC" | "BMC":
                entries = operands[1] if len(operands) > 1 else {}
                marks.append("artifact" if operands[0] == "/Artifact" else entries.get("/MCID"))
            case "EMC":
                marks.pop()
            case "BT":
                text = pikepdf.Matrix()
            case "Tm":
                text = pikepdf.Matrix(*operands)
            case "Tf":
                font, size = fonts[str(operands[0])], float(operands[1])
            case "Ts":
                rise = float(operands[0])
            case "TJ":
                mcid = (
                    None
                    if "artifact" in marks
                    else next((m for m in reversed(marks) if m is not None), None)
                )
                for piece in operands[0]:
                    if not isinstance(piece, pikepdf.String):
                        text = pikepdf.Matrix().translated(-float(piece) / 1000 * size, 0) @ text
                        continue
                    for code in font.codes(bytes(piece)):
                        at = text @ matrix
                        wide = font.widths.get(code, 1000) / 1000 * size
                        left, y = at.transform((0, rise))
                        right, _ = at.transform((wide, rise))
                        scale = abs(at.d) * size
                        yield Glyph(
                            number,
                            left,
                            right,
                            height - y,
                            scale,
                            font.texts.get(code, ""),
                            code,
                            font.name,
                            mcid,
                        )
                        text = pikepdf.Matrix().translated(wide, 0) @ text


class _Font:
    """Widths and texts of a font's glyphs."""

    def __init__(self, font: Any) -> None:
        self.name = str(font.BaseFont)
        self.widths: dict[int, float] = {}
        array = iter(font.DescendantFonts[0].W)
        for first in array:
            for step, wide in enumerate(next(array)):
                self.widths[int(first) + step] = float(wide)
        pairs = re.findall(rb"<([0-9a-f]+)> <([0-9a-f]*)>", font.ToUnicode.read_bytes())
        self.texts = {
            int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
            for code, text in pairs
        }

    def codes(self, data: bytes) -> Iterator[int]:
        return (data[at] << 8 | data[at + 1] for at in range(0, len(data), 2))
