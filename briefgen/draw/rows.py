"""Charts with one row per name: the names at the left, a value axis below, numbers at the right.

Units: millimetres on the page, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import isnan

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.draw.labels import (
    LINE_SPACING,
    line_mm,
    longest_word_mm,
    must_fit,
    text_mm,
    width_mm,
    wrap,
)
from briefgen.draw.scale import Scale
from briefgen.draw.style import MM_PER_POINT

NAME_SHARES = (0.36, 0.41, 0.46)
"""Shares of the width that the names may take: the smallest that saves height."""
ROW_GAP_MM = 0.7
"""Between the texts of two rows."""
PADDING_MM = 1.1
"""Between a mark and its number."""
COLUMN_GAP_MM = 2.6
HEADER_MM = 9.0
"""The width to which heads of number columns are wrapped; more if a word needs it."""
LEAST_MM = 18.0
"""The width that bars and marks need to be read."""
PLOT_MM = 28.0
"""The width that a plot needs, with numbers beside its marks and the edges of the figure."""
NARROW_MM = 12.0
"""Names are not wrapped to less than this."""
AXIS_LINES = 2.6
"""What the axis takes, in lines: numbers, unit, ticks."""
BAR_HEIGHT = 0.66
"""The share of a row that a bar fills."""


def name_rows(
    canvas: Canvas,
    names: Sequence[str],
    around_mm: float = 0,
    *,
    least_mm: float = 0,
    beside_mm: float = 0,
) -> None:
    """Write the names, the first on top, and style the axes.

    `around_mm` is what legend and heads take above, `beside_mm` what stands at the right of the
    plot; a row is `least_mm` high at least.
    Raises: ChartError when the rows do not fit.
    """
    axes = canvas.axes
    row_mm = write_names(canvas, names, beside_mm + PLOT_MM)
    needed = around_mm + AXIS_LINES * line_mm(canvas) + 2.5 + max(row_mm, least_mm) * len(names)
    must_fit(canvas, needed, f"{len(names)} rows")
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.grid(visible=True)


def write_names(canvas: Canvas, names: Sequence[str], beside_mm: float = 0) -> float:
    """Write the names beside the rows, the first on top; returns the least height of a row.

    `beside_mm` of the width are for other things.
    """
    free = max(canvas.width_mm - beside_mm, NARROW_MM)
    limits = [min(share * canvas.width_mm, free) for share in NAME_SHARES]
    tried = [[wrap(canvas, name, limit) for name in names] for limit in limits]
    wrapped = min(tried, key=lambda lines: _row_mm(canvas, lines))
    canvas.axes.set_yticks(
        range(len(names)), ["\n".join(lines) for lines in wrapped], linespacing=LINE_SPACING
    )
    canvas.axes.set_ylim(len(names) - 0.5, -0.5)
    return _row_mm(canvas, wrapped)


def _row_mm(canvas: Canvas, wrapped: Sequence[Sequence[str]]) -> float:
    """The distance of rows at which no name touches the next."""
    heights = [text_mm(canvas, len(lines)) + ROW_GAP_MM for lines in wrapped]
    pairs = ((one + other) / 2 for one, other in pairwise(heights))
    return max(pairs, default=heights[0])


def scale_axis(canvas: Canvas, scale: Scale) -> None:
    """Numbers on the value axis as the scale writes them, the unit at its end."""
    canvas.axes.xaxis.set_major_formatter(lambda tick, _: scale.write(tick))
    canvas.axes.set_xlabel(scale.unit, loc="right")


def limit(canvas: Canvas, low: float, high: float, left_mm: float = 0, right_mm: float = 0) -> None:
    """Make the value axis span low to high and leave room for text beyond both.

    Everything around the axes must be there already, for it decides their width.
    Raises: ChartError when too little is left to draw in.
    """
    from matplotlib.ticker import MaxNLocator

    axes = canvas.axes
    axes.set_xlim(low, high if high > low else low + 1)
    width, _ = canvas.axes_mm()
    if width < LEAST_MM + left_mm + right_mm:
        raise ChartError(
            "label",
            f"names and numbers leave no room to draw in {canvas.width_mm:g} mm",
            "shorten the names, or draw the exhibit in full width",
        )
    left, right = (mm / (width - 1) for mm in (left_mm, right_mm))
    span = ((high - low) or 1.0) / max(0.2, 1 - left - right)
    axes.set_xlim(low - left * span, max(high, low + span * 0.2) + right * span)
    widest = max(width_mm(canvas, text.get_text()) for text in axes.get_xticklabels())
    bins = max(2, min(8, int(width / (widest + 4))))
    axes.xaxis.set_major_locator(MaxNLocator(bins, steps=[1, 2, 2.5, 5, 10]))


def zero_line(canvas: Canvas) -> None:
    """The line that bars stand on."""
    canvas.axes.axvline(0, color=canvas.look.theme.colours.ink, linewidth=0.6)


def write_at(
    canvas: Canvas,
    x: float,
    row: float,
    text: str,
    side: int,
    away_mm: float = PADDING_MM,
    *,
    bold: bool = False,
) -> None:
    """A text at the right (`side` 1) or at the left (-1) of a mark."""
    canvas.axes.annotate(
        text,
        (x, row),
        xytext=(side * away_mm / MM_PER_POINT, 0),
        textcoords="offset points",
        ha="left" if side > 0 else "right",
        va="center_baseline",
        weight="bold" if bold else "normal",
        annotation_clip=False,
    )


class NumberColumns:
    """Columns of text at the right of the rows, with heads above."""

    def __init__(
        self, canvas: Canvas, heads: Sequence[str], columns: Sequence[Sequence[str]]
    ) -> None:
        self.canvas, self.columns = canvas, columns
        limits = [max(HEADER_MM, longest_word_mm(canvas, head)) for head in heads]
        self.heads = [
            "\n".join(wrap(canvas, head, limit)) for head, limit in zip(heads, limits, strict=True)
        ]
        lines = max((head.count("\n") + 1 for head in self.heads), default=0)
        self.height_mm = lines * line_mm(canvas) + 1.5
        """What the heads take above the axes."""
        self.widths_mm = [
            COLUMN_GAP_MM + max(width_mm(canvas, text) for text in (head, *texts))
            for head, texts in zip(self.heads, columns, strict=True)
        ]
        """What the columns take at the right of the axes, each with its gap."""

    def write(self, colours: Sequence[str]) -> None:
        """Write the columns, one after the other, each flush right under its head."""
        canvas, edge = self.canvas, 0.0
        for head, texts, width, colour in zip(
            self.heads, self.columns, self.widths_mm, colours, strict=True
        ):
            edge += width
            offset = edge / MM_PER_POINT
            canvas.axes.annotate(
                head,
                (1, 1),
                xycoords="axes fraction",
                xytext=(offset, 2),
                textcoords="offset points",
                ha="right",
                va="bottom",
                color=canvas.look.theme.colours.mute,
                linespacing=LINE_SPACING,
            )
            for row, text in enumerate(texts):
                canvas.axes.annotate(
                    text,
                    (1, row),
                    xycoords=("axes fraction", "data"),
                    xytext=(offset, 0),
                    textcoords="offset points",
                    ha="right",
                    va="center_baseline",
                    color=colour,
                )


def written(scale: Scale, number: float) -> str:
    """A number, or a dash where it is missing."""
    return MISSING if isnan(number) else scale.write(number)
