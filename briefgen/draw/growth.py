"""Growth above columns: a line on a second axis, in a band of its own at the top of the plot.

Units: millimetres on the page, unless a name says otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import TYPE_CHECKING

from briefgen.draw.canvas import Canvas
from briefgen.draw.labels import line_mm, width_mm
from briefgen.draw.scale import Scale
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.upright import unit_above

if TYPE_CHECKING:
    from matplotlib.lines import Line2D

SWING_MM = 8.0
"""The height between the lowest and the highest point."""
AWAY_MM = 1.2
"""Between a point and its number."""


class GrowthLine:
    """A line over the columns, with its numbers."""

    def __init__(self, canvas: Canvas, numbers: Sequence[float], scale: Scale) -> None:
        self.canvas, self.numbers, self.scale = canvas, numbers, scale
        self.axes = canvas.axes.twinx()
        colours = canvas.look.theme.colours
        self.line: Line2D = self.axes.plot(
            range(len(numbers)),
            numbers,
            color=colours.ink,
            linewidth=0.9,
            marker="o",
            markersize=3.4,
            markerfacecolor=colours.paper,
        )[0]
        self.axes.spines[["left", "right", "top", "bottom"]].set_visible(False)
        self.axes.tick_params(axis="y", length=0)
        self.axes.set_yticks([])
        unit_above(canvas, self.axes, scale.unit, "right")
        self._known = [number for number in numbers if not isnan(number)]

    def height_mm(self, slot_mm: float) -> float:
        """What the line and its numbers take of the plot's height."""
        return SWING_MM + 2 * (self._text_mm(slot_mm) + AWAY_MM)

    def _is_turned(self, slot_mm: float) -> bool:
        return max(width_mm(self.canvas, self.scale.write(n)) for n in self._known) > slot_mm - 0.8

    def _text_mm(self, slot_mm: float) -> float:
        """The height of a number: that of a line, or its width when it is turned."""
        if self._is_turned(slot_mm):
            return max(width_mm(self.canvas, self.scale.write(n)) for n in self._known)
        return line_mm(self.canvas)

    def place(self, slot_mm: float, plot_mm: float) -> None:
        """Put the line into the top of a plot of this height, and write its numbers."""
        low, high = min(self._known), max(self._known)
        beside = self._text_mm(slot_mm) + AWAY_MM
        per_mm = ((high - low) or 1.0) / SWING_MM
        top = high + beside * per_mm
        self.axes.set_ylim(top - plot_mm * per_mm, top)
        for i, number in enumerate(self.numbers):
            if isnan(number):
                continue
            side = -1 if self._is_valley(i) else 1
            self.axes.annotate(
                self.scale.write(number),
                (i, number),
                xytext=(0, side * AWAY_MM / MM_PER_POINT),
                textcoords="offset points",
                ha="center",
                va="bottom" if side > 0 else "top",
                rotation=90 if self._is_turned(slot_mm) else 0,
                color=self.canvas.look.theme.colours.ink,
            )

    def _is_valley(self, i: int) -> bool:
        """Whether the line comes down to a point and goes up from it."""
        beside = (*self.numbers[max(0, i - 1) : i], *self.numbers[i + 1 : i + 2])
        known = [n for n in beside if not isnan(n)]
        return bool(known) and all(n > self.numbers[i] for n in known)
