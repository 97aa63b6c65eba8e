"""Charts with one row per name: the names at the left, a value axis below, numbers at the right.

Units: millimetres on the page, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

from briefgen.draw.canvas import MISSING, Canvas
from briefgen.draw.labels import LINE_SPACING, line_mm, must_fit, width_mm, wrap
from briefgen.draw.scale import Scale
from briefgen.draw.style import MM_PER_POINT

NAME_SHARE = 0.36
"""The share of the width that the names may take."""
ROW_GAP_MM = 0.9
"""Between the texts of two rows."""
PADDING_MM = 1.1
"""Between a mark and its number."""
COLUMN_GAP_MM = 3.0
HEADER_MM = 19.0
"""The width at which heads of number columns are wrapped."""
AXIS_LINES = 2.6
"""What the axis takes, in lines: numbers, unit, ticks."""
BAR_HEIGHT = 0.66
"""The share of a row that a bar fills."""


def name_rows(canvas: Canvas, names: Sequence[str], around_mm: float = 0) -> None:
    """Write the names, the first on top, and style the axes.

    `around_mm` is what legend and heads take beside the axis.
    Raises: ChartError when the rows do not fit.
    """
    axes, line = canvas.axes, line_mm(canvas)
    wrapped = [wrap(canvas, name, NAME_SHARE * canvas.width_mm) for name in names]
    row = max(len(lines) for lines in wrapped) * line + ROW_GAP_MM
    must_fit(canvas, around_mm + AXIS_LINES * line + 2.5 + row * len(names), f"{len(names)} rows")
    axes.set_yticks(
        range(len(names)), ["\n".join(lines) for lines in wrapped], linespacing=LINE_SPACING
    )
    axes.set_ylim(len(names) - 0.5, -0.5)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.spines["bottom"].set_visible(False)
    axes.xaxis.grid(visible=True)


def scale_axis(canvas: Canvas, scale: Scale) -> None:
    """Numbers on the value axis as the scale writes them, the unit at its end."""
    canvas.axes.xaxis.set_major_formatter(lambda tick, _: scale.write(tick))
    canvas.axes.set_xlabel(scale.unit, loc="right")


def limit(canvas: Canvas, low: float, high: float, left_mm: float = 0, right_mm: float = 0) -> None:
    """Make the value axis span low to high and leave room for text beyond both.

    Everything around the axes must be there already, for it decides their width.
    """
    from matplotlib.ticker import MaxNLocator

    axes = canvas.axes
    axes.set_xlim(low, high if high > low else low + 1)
    width, _ = canvas.axes_mm()
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

    def __init__(self, canvas: Canvas, heads: Sequence[str]) -> None:
        self.canvas = canvas
        self.heads = ["\n".join(wrap(canvas, head, HEADER_MM, bold=True)) for head in heads]
        lines = max((head.count("\n") + 1 for head in self.heads), default=0)
        self.height_mm = lines * line_mm(canvas) + 1.5 if heads else 0.0
        """What the heads take above the axes."""

    def write(self, columns: Sequence[Sequence[str]], colours: Sequence[str]) -> None:
        """Write the columns, one after the other, each flush right under its head."""
        canvas, edge = self.canvas, 0.0
        for head, texts, colour in zip(self.heads, columns, colours, strict=True):
            widest = max(width_mm(canvas, text, bold=True) for text in (head, *texts))
            edge += COLUMN_GAP_MM + widest
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
