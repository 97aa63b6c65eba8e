"""Charts with an upright value axis: its numbers, its unit above, labels below the plot.

Units: millimetres on the page, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

from briefgen.draw.canvas import Canvas
from briefgen.draw.labels import LINE_SPACING, line_mm, longest_word_mm, wrap
from briefgen.draw.scale import Scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

UNIT_POINTS = 3.0
"""Between the top of the axis and its unit."""
MAX_LINES = 3
"""Lines of a label below the plot, before it is turned."""
TURNED_SHARE = 0.4
"""The share of the height that turned labels may take."""


def value_axis(canvas: Canvas, scale: Scale) -> None:
    """Numbers at the left as the scale writes them, the unit above, thin lines across."""
    axes = canvas.axes
    axes.yaxis.set_major_formatter(lambda tick, _: scale.write(tick))
    axes.yaxis.grid(visible=True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    unit_above(canvas, axes, scale.unit, "left")


def unit_above(canvas: Canvas, axes: Axes, unit: str, side: Literal["left", "right"]) -> None:
    """The unit of an axis above its end."""
    axes.annotate(
        unit,
        (0 if side == "left" else 1, 1),
        xycoords="axes fraction",
        xytext=(0, UNIT_POINTS),
        textcoords="offset points",
        ha=side,
        va="bottom",
        color=canvas.look.theme.colours.mute,
    )


def names_below(canvas: Canvas, names: Sequence[str], slot_mm: float) -> bool:
    """Write a name below each whole number of the x axis, turned where it is too long.

    Returns whether the names fit.
    """
    axes, room = canvas.axes, slot_mm - 1.2
    axes.set_xlim(-0.5, len(names) - 0.5)
    axes.tick_params(axis="x", length=0)
    whole = all(longest_word_mm(canvas, name) <= room for name in names)
    wrapped = [wrap(canvas, name, room) for name in names] if whole else []
    turned = not whole or max(len(lines) for lines in wrapped) > MAX_LINES
    if turned:
        wrapped = [wrap(canvas, name, TURNED_SHARE * canvas.height_mm) for name in names]
    texts = ["\n".join(lines) for lines in wrapped]
    axes.set_xticks(
        range(len(names)), texts, rotation=90 if turned else 0, linespacing=LINE_SPACING
    )
    return not turned or max(len(lines) for lines in wrapped) * line_mm(canvas) <= slot_mm
