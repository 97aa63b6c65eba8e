"""How drawn lines differ from laid-out ones: slack between glyphs, gaps that are not text.

WeasyPrint writes distances between glyphs as whole thousandths of an em, cutting off the rest; what
is added here comes in whole thousandths, so that the sum over a line is exact.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import accumulate, groupby, pairwise
from operator import add
from typing import Any

from briefgen.typeset.spacing import GAP

_THOUSANDTH = 1.024
"""Pango units in a thousandth of a pixel."""

_SAFE = 0.3
"""Added to a number of thousandths, so that cutting off the rest does not make it one less."""

_WIDE = re.compile(r">-?(?:9\d|[1-9]\d{2,})(?:\.\d+)?(?:<|$)")
"""A distance of 90 thousandths of an em or more, in what WeasyPrint shows: readers of PDF take it
for a space, or where glyphs overlap, for the end of a line."""

_PIECE = re.compile(r"<([0-9a-f]*)>|([-.\de]+)")


def tighten(line_break: Any, layout: Any, places: Iterable[tuple[int, int]]) -> None:
    """Set stretches of the layout's text half-width, by the font's `halt` feature."""
    pango, ffi = line_break.pango, line_break.ffi
    attributes = pango.pango_layout_get_attributes(layout.layout)
    if attributes == ffi.NULL:
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
    for start, end in places:
        attribute = pango.pango_attr_font_features_new(b"halt=1")
        attribute.start_index, attribute.end_index = start, end
        pango.pango_attr_list_insert(attributes, attribute)
    pango.pango_layout_set_attributes(layout.layout, attributes)


def place(
    line_break: Any, layout: Any, line: Any, spacing: float, takes_slack: Callable[[str], bool]
) -> None:
    """Give the glyphs of a line their slack, `spacing` pixels a share; hide the gaps.

    Half of a character's share goes to each of its sides, but not to the ends of the text.
    """
    pango, ffi = line_break.pango, line_break.ffi
    size = layout.style["font_size"]
    gaps, reached = _reached(layout.text, 1000 * spacing / size, takes_slack)
    run = line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        if item.item.analysis.level % 2:
            continue
        start, count = item.item.offset, item.glyphs.num_glyphs
        ends = [*ffi.unpack(item.glyphs.log_clusters, count), item.item.length]
        before = [reached[start + end] for end in ends]
        # As plain numbers the records are quicker to change: glyph, width, offsets, attributes.
        numbers, each = ffi.cast("int *", item.glyphs.glyphs), ffi.sizeof("PangoGlyphInfo") // 4
        for at, (left, right) in enumerate(pairwise(before)):
            if right > left:
                numbers[at * each + 1] += round((right - left + _SAFE) * _THOUSANDTH * size)
        for gap in gaps:
            if start <= gap < start + item.item.length:
                at = ends.index(gap - start)
                item.glyphs.glyphs[at].glyph = pango.PANGO_GLYPH_EMPTY
                numbers[at * each + 1] = round((250 + before[at + 1] - before[at]) * size)


def _reached(
    text: str, spacing: float, takes_slack: Callable[[str], bool]
) -> tuple[list[int], dict[int, int]]:
    """Where gaps are, and the slack before each character, by offsets into the text in UTF-8.

    Units: thousandths of an em.
    """
    takes = list(map(takes_slack, text))
    ends = list(accumulate(map(_utf8_length, text), initial=0))
    shares = accumulate(map(add, takes, takes[1:]), initial=0)
    slack = [round(spacing / 2 * share) for share in shares]
    gaps = [ends[at] for at, char in enumerate(text) if char == GAP] if GAP in text else []
    return gaps, dict(zip(ends, [0, *slack[1:], slack[-1]], strict=True))


@cache
def _utf8_length(char: str) -> int:
    return len(char.encode())


def show(stream: Any, text: Any, plain: Callable[[Any, Any], None]) -> None:
    """Show text so that readers of the PDF take no distance between glyphs for a space.

    The two glyphs beside a wide distance are marked with the text that they stand for.
    """
    if not isinstance(text, str) or not _WIDE.search(text):
        plain(stream, text)
        return
    pieces, marked = list(_pieces(text)), set[int]()
    glyphs = [at for at, piece in enumerate(pieces) if piece[0] == "<"]
    for before, after in pairwise(glyphs):
        if any(_WIDE.match(f">{distance}<") for distance in pieces[before + 1 : after]):
            marked.update(range(before, after + 1))
    font = next(font for font in stream._fonts.values() if font.hash == stream._current_font[0])
    for is_marked, part in groupby(range(len(pieces)), key=marked.__contains__):
        shown = [pieces[at] for at in part]
        if is_marked:
            codes = (int(piece[1:-1], 16) for piece in shown if piece[0] == "<")
            _begin(stream, "".join(font.to_unicode[code] for code in codes))
        plain(stream, " ".join(shown).replace("> <", ""))
        if is_marked:
            stream.end_marked_content()


def _pieces(text: str) -> Iterator[str]:
    """Glyphs, each in its brackets, and the distances between them."""
    for codes, distance in _PIECE.findall(text):
        if distance:
            yield distance
        yield from (f"<{codes[at : at + 4]}>" for at in range(0, len(codes), 4))


def _begin(stream: Any, text: str) -> None:
    import pydyf

    stream.begin_marked_content("Span", pydyf.Dictionary({"ActualText": pydyf.String(text)}))
