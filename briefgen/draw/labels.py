"""Text that keeps its place: measured, wrapped and spread so that nothing overlaps.

Units: millimetres on the page, unless a name says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from math import ceil
from typing import TYPE_CHECKING, Any

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.style import MM_PER_POINT

if TYPE_CHECKING:
    from matplotlib.artist import Artist

LINE_EM = 1.32
"""The height of a line of text, counted in its size."""
TEXT_EM = 1.06
"""The height of the ink of a line, counted in its size."""
LINE_SPACING = 1.15
"""Matplotlib's factor that gives lines of less than `LINE_EM`."""
BASELINE = 0.77
"""Where the baseline runs, as a share of the line's height from its upper edge."""
ORPHAN_SHARE = 0.25
"""The share of a line that the last line of a filled text has at least."""
HANDLE_EM = 1.0
"""The width of a mark in a legend."""
LINE_HANDLE_EM = 2.4
"""The width of a line in a legend, which shows its dashes."""
BESIDE_HANDLE_EM = 1.2
"""The gaps between mark, text and edge of a legend."""
COLUMN_EM = 2.0
"""The gap between two columns of a legend."""


def line_mm(canvas: Canvas) -> float:
    """The height that a line of text takes."""
    return float(canvas.look.theme.chart_text_pt) * MM_PER_POINT * LINE_EM


def text_mm(canvas: Canvas, lines: int) -> float:
    """The height of text in so many lines, without the room between it and other text."""
    return (lines - 1) * line_mm(canvas) + TEXT_EM / LINE_EM * line_mm(canvas)


def width_mm(canvas: Canvas, text: str, *, bold: bool = False) -> float:
    """The width of the widest line of a text."""
    family, size = canvas.look.theme.fonts.sans, float(canvas.look.theme.chart_text_pt)
    return max((_width_em(line, family, bold) for line in text.split("\n")), default=0.0) * (
        size * MM_PER_POINT
    )


@cache
def _width_em(text: str, family: str, bold: bool) -> float:
    return sum(_advance_em(char, family, bold) for char in text)


@cache
def _advance_em(char: str, family: str, bold: bool) -> float:
    from matplotlib.font_manager import FontProperties, findfont, get_font
    from matplotlib.ft2font import LoadFlags

    path = findfont(FontProperties(family=[family], weight="bold" if bold else "normal"))
    font = get_font(path)
    font.set_size(100, 72)
    glyph = font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
    return float(glyph.linearHoriAdvance) / 65536 / 100


_WORD = re.compile(
    r"[（【《“‘]*(?:[!-\u02ff–−]+?-(?=[A-Za-z]{3})|[!-\u02ff–−]+|[^\s（【《“‘])"
    r"[，。、；：！？）】》”’％]*|[^\S\xa0]+|."
)
"""What stays on one line: an ideograph or a Latin word (to its hyphen) with its punctuation."""


def wrap(
    canvas: Canvas, text: str, limit_mm: float, *, bold: bool = False, even: bool = True
) -> list[str]:
    """Text in lines no wider than the limit, of about one length if `even`.

    Otherwise lines are filled, unless that leaves next to nothing for the last one.
    Only a word that is longer than a line is cut.
    """

    def measure(line: str) -> float:
        return width_mm(canvas, line, bold=bold)

    lines = _filled(text, limit_mm, measure)
    if not even and (len(lines) == 1 or measure(lines[-1]) > ORPHAN_SHARE * limit_mm):
        return lines
    whole = (width for width in map(measure, _WORD.findall(text)) if width <= limit_mm)
    narrow = max(measure(text) / len(lines), max(whole, default=0))
    while narrow < limit_mm:
        balanced = _filled(text, narrow, measure)
        if len(balanced) == len(lines) and max(map(measure, balanced)) <= limit_mm:
            return balanced
        narrow += 1
    return lines


def longest_word_mm(canvas: Canvas, text: str) -> float:
    """The width below which wrapping would cut a word."""
    return max(width_mm(canvas, word) for word in _WORD.findall(text))


def _filled(text: str, limit_mm: float, measure: Callable[[str], float]) -> list[str]:
    lines, line = [], ""
    for word in _words(text, limit_mm, measure):
        if line and measure((line + word).rstrip()) > limit_mm:
            lines.append(line.rstrip())
            line = ""
        line += word if line else word.lstrip()
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _words(text: str, limit_mm: float, measure: Callable[[str], float]) -> list[str]:
    words: list[str] = []
    for word in _WORD.findall(text):
        if measure(word) <= limit_mm:
            words.append(word)
            continue
        start = 0
        for end in range(1, len(word) + 1):
            if end - start > 1 and measure(word[start:end]) > limit_mm:
                words.append(word[start : end - 1])
                start = end - 1
        words.append(word[start:])
    return words


def write_lines(canvas: Canvas, x: float, top: float, lines: Sequence[str], **style: Any) -> None:
    """Lines on the plane, each `line_mm` high, from their upper edge down."""
    line = line_mm(canvas)
    for i, text in enumerate(lines):
        canvas.axes.text(x, top + (i + BASELINE) * line, text, va="baseline", **style)


def arrow(canvas: Canvas, start: tuple[float, float], end: tuple[float, float]) -> None:
    """An arrow in the brokerage's colour from a point of the plane to another."""
    canvas.axes.annotate(
        "",
        end,
        start,
        arrowprops={
            "arrowstyle": "-|>,head_width=0.18,head_length=0.36",
            "color": canvas.look.brand,
            "linewidth": 0.8,
            "shrinkA": 1,
            "shrinkB": 1,
        },
    )


def spread(
    wishes: Sequence[float], sizes: Sequence[float], start: float, end: float
) -> list[float]:
    """Middles of things in a row, near their wishes, in order, apart, between start and end.

    Things are `sizes` long, their wishes ascend, and all of them fit.
    """
    groups: list[tuple[float, int]] = []
    before = 0.0
    for wish, size in zip(wishes, sizes, strict=True):
        groups.append((wish - (before + size / 2), 1))
        before += size
        while len(groups) > 1 and groups[-2][0] > groups[-1][0]:
            (left, m), (right, n) = groups[-2:]
            groups[-2:] = [((left * m + right * n) / (m + n), m + n)]
    firsts = [first for first, count in groups for _ in range(count)]
    middles, before = [], 0.0
    for first, size in zip(firsts, sizes, strict=True):
        middles.append(min(max(first, start), end - sum(sizes)) + before + size / 2)
        before += size
    return middles


def must_fit(canvas: Canvas, needed_mm: float, what: str) -> None:
    """Raises: ChartError with the height that would do, when the canvas is lower."""
    if needed_mm > canvas.height_mm:
        raise ChartError(
            "height_mm",
            f"{what} do not fit into {canvas.height_mm:g} mm",
            f"write `height_mm: {ceil(needed_mm)}`, or show less",
        )


def dot(**style: Any) -> Artist:
    """A mark for the legend."""
    from matplotlib.lines import Line2D

    return Line2D([], [], **({"linestyle": "none"} | style))


def legend(
    canvas: Canvas,
    handles: Sequence[Artist],
    texts: Sequence[str],
    handle_em: float = HANDLE_EM,
) -> float:
    """A legend above the axes, in as many columns as fit; returns its height."""
    em = float(canvas.look.theme.chart_text_pt) * MM_PER_POINT
    limit = canvas.width_mm - 4
    mark = (handle_em + BESIDE_HANDLE_EM) * em
    wrapped = ["\n".join(wrap(canvas, text, limit - mark)) for text in texts]
    widths = [width_mm(canvas, text) + mark for text in wrapped]
    columns = next((n for n in range(len(texts), 1, -1) if _row(widths, n, em) <= limit), 1)
    order = [i for column in range(columns) for i in range(column, len(texts), columns)]
    canvas.figure.legend(
        [handles[i] for i in order],
        [wrapped[i] for i in order],
        loc="outside upper left",
        ncols=columns,
        columnspacing=COLUMN_EM,
        handlelength=handle_em,
        handletextpad=0.6,
        labelspacing=0.3,
    )
    rows = ceil(len(texts) / columns)
    return rows * max(text.count("\n") + 1 for text in wrapped) * line_mm(canvas) + 2


def _row(widths: Sequence[float], columns: int, em: float) -> float:
    """The width of a legend that is filled row by row."""
    filled = [max(widths[i::columns]) for i in range(columns)]
    return sum(filled) + COLUMN_EM * em * (columns - 1)
