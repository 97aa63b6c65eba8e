"""What runs out of its place on the finished pages: an exhibit, a text.

WeasyPrint lays out what does not fit all the same, and says nothing. This looks at the boxes of its
pages, which are private API; where they are not as expected, that is a finding.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.model.edition import Page

SLACK_PX = 4 / 3
"""How far a line may pass its margin, one point: justified lines end a little beside it."""
_MM = 25.4 / 96
"""Millimetres of a CSS pixel."""
_SHOWN = 24
"""How many characters of a text a message quotes."""


@dataclass(frozen=True, slots=True)
class Area:
    """What holds a text or an image: the page, an exhibit, a section of the page.

    Units: CSS pixels from the upper left corner of the page.
    """

    left: float
    top: float
    right: float
    bottom: float
    anchor: str | None = None
    """The `id` of the exhibit or section."""
    is_exhibit: bool = False


@dataclass(frozen=True, slots=True)
class Overflow:
    """Something that is larger than its area by more than the slack.

    Units: millimetres; `needs` and `room` are widths, or heights where it runs out at the foot.
    """

    area: Area
    is_wide: bool
    needs: float
    room: float
    page: int
    text: str


def check_overflow(document: Any, page: Page, places: SourceMap, out: Collector) -> None:
    """Report what runs out of its place, an exhibit or a section once for width and for height.

    Reports: SET131 (too wide), SET132 (too high), SET133 (it cannot be known).
    """
    try:
        found = list(_overflows(document))
    except AttributeError as error:
        out.report(
            "SET133",
            f"whether everything stands in its place is not known: {error}",
            help="install the version of WeasyPrint that briefgen names",
            severity=Severity.WARNING,
        )
        return
    worst: dict[tuple[str | None, bool], Overflow] = {}
    for one in found:
        key = (one.area.anchor, one.is_wide)
        if key not in worst or one.needs - one.room > worst[key].needs - worst[key].room:
            worst[key] = one
    for one in worst.values():
        _report(one, page, places, out)


def _report(one: Overflow, page: Page, places: SourceMap, out: Collector) -> None:
    path = page.anchors.get(one.area.anchor or "")
    size, place = ("wide", "its place") if one.is_wide else ("high", "the page")
    sizes = f"{one.needs:.1f} mm {size}, {place} has {one.room:.1f}"
    if one.area.is_exhibit:
        message = f"`{one.area.anchor}` is {sizes}, on page {one.page}"
        help_line = _EXHIBIT_TOO_WIDE if one.is_wide else _EXHIBIT_TOO_HIGH
    else:
        text = one.text if len(one.text) <= _SHOWN else f"{one.text[:_SHOWN]}…"
        shown = f"`{text}`" if text else "an image"
        where = f" in `{one.area.anchor}`" if one.area.anchor else ""
        message = f"{shown}{where} runs out of the text on page {one.page}: {sizes}"
        help_line = "shorten it, or give words that can be broken"
    code = "SET131" if one.is_wide else "SET132"
    out.report(code, message, places.key(path) if path else None, help_line)


_EXHIBIT_TOO_WIDE = (
    "leave out columns, shorten heads and texts that are never broken, or make two tables of it"
)
_EXHIBIT_TOO_HIGH = "make it lower, or split it: what is in one cell or one image is never broken"


def _overflows(document: Any) -> list[Overflow]:
    reader = _Reader()
    for number, page in enumerate(document.pages, start=1):
        reader.read(page._page_box, number)
    return [*reader.found, *reader.broken()]


@dataclass(slots=True)
class _Whole:
    """What must not fall apart: a row of a table, an exhibit with an image, a side column."""

    area: Area
    page: int
    room: float
    text: str
    heights: dict[int, float] = field(default_factory=dict)
    """Of its part on each page, in mm."""


class _Reader:
    """Reads the boxes of all pages, in order."""

    def __init__(self) -> None:
        self.found: list[Overflow] = []
        self._wholes: dict[int, _Whole] = {}

    def read(self, box: Any, number: int) -> None:
        """Look at one page."""
        left, top = box.content_box_x(), box.content_box_y()
        self._page = Area(left, top, left + box.width, top + box.height)
        self._number = number
        for child in box.children:
            if type(child).__name__ != "MarginBox":
                self._walk(child, self._page)

    def broken(self) -> list[Overflow]:
        """What must not fall apart, and stands on several pages all the same."""
        return [
            Overflow(
                whole.area, False, sum(whole.heights.values()), whole.room, whole.page, whole.text
            )
            for whole in self._wholes.values()
            if len(whole.heights) > 1
        ]

    def _walk(self, box: Any, area: Area) -> float:
        """Look at a box and what it holds; the lowest edge of texts and images in it."""
        box = getattr(box, "_box", box)  # what is positioned stands in a placeholder
        if box.style["position"] == "fixed" or getattr(box, "is_header", False):
            return 0
        element = box.element
        tag = "" if element is None else element.tag
        if tag in {"figure", "section"} and element.get("id") and box.element_tag == tag:
            area = replace(area, anchor=element.get("id"), is_exhibit=tag == "figure")
            if tag == "figure":
                left = box.content_box_x()
                area = replace(area, left=left, right=left + box.width)
        children = getattr(box, "children", ())
        lowest = max((self._walk(child, area) for child in children), default=0)
        text = _plain(getattr(box, "text", ""))
        if not children and (text or hasattr(box, "replacement")):
            lowest = self._measure(box, area, text)
        is_row = tag == "tr" and box.style["break_inside"] == "avoid"
        is_image = tag == "figure" and element.find(".//img") is not None
        if is_row or is_image or tag == "aside":
            self._keep(box, area, lowest)
        return lowest

    def _keep(self, box: Any, area: Area, lowest: float) -> None:
        """Note a part of what must not fall apart."""
        if type(box).__name__ in {"TableRowBox", "BlockBox", "TableCellBox"}:
            room = (self._page.bottom - self._page.top) * _MM
            text = _plain("".join(box.element.itertext()))
            new = _Whole(area, self._number, room, text)
            whole = self._wholes.setdefault(id(box.element), new)
            height = max(lowest - box.border_box_y(), 0) * _MM
            whole.heights[self._number] = max(height, whole.heights.get(self._number, 0))

    def _measure(self, box: Any, area: Area, text: str) -> float:
        """Whether a text or an image runs out of its exhibit, or of the page at the foot."""
        page, number = self._page, self._number
        right = box.border_box_x() + box.border_width()
        bottom = box.border_box_y() + box.border_height()
        if right > area.right + SLACK_PX:
            needs, room = (right - area.left) * _MM, (area.right - area.left) * _MM
            self.found.append(Overflow(area, True, needs, room, number, text))
        if bottom > page.bottom + SLACK_PX:
            needs, room = (bottom - page.top) * _MM, (page.bottom - page.top) * _MM
            self.found.append(Overflow(area, False, needs, room, number, text))
        return float(bottom)


def _plain(text: str) -> str:
    return " ".join(text.split())
