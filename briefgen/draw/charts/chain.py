"""Chains: lanes of steps that lead to each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.style import MM_PER_POINT
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Text, Value

LABEL_SHARE = 0.14
"""The share of the width that the labels of the lanes take."""
GAP_SHARE = 0.035
"""The share of the width between two steps, where the arrow is."""
LINE_HEIGHT_MM = 4.0
MAX_LINES = 3


class Lane(Value):
    """One chain: what it is about and its steps, each leading to the next."""

    label: Text
    steps: tuple[Text, ...] = Field(min_length=2, max_length=6)


class Chain(Chart):
    """Linear chains, one below the other, with arrows between the steps."""

    kind: Literal["chain"]
    lanes: tuple[Lane, ...] = Field(min_length=1, max_length=8)

    def draw(self, canvas: Canvas) -> None:
        """A box per step, an arrow from each to the next, the lane's label at the left."""
        axes = canvas.axes
        axes.set_axis_off()
        axes.set(xlim=(0, canvas.width_mm), ylim=(canvas.height_mm, 0))
        longest = max(len(lane.steps) for lane in self.lanes)
        left, gap = LABEL_SHARE * canvas.width_mm, GAP_SHARE * canvas.width_mm
        width = (canvas.width_mm - left - gap * (longest - 1)) / longest
        pitch = canvas.height_mm / len(self.lanes)
        for row, lane in enumerate(self.lanes):
            middle = (row + 0.5) * pitch
            label = _lines(canvas, lane.label, left - 2, 0.9 * pitch, f"lanes.{row}.label")
            axes.text(0, middle, label, color=canvas.look.brand, weight="bold", va="center")
            for column, step in enumerate(lane.steps):
                x = left + column * (width + gap)
                is_last = column == len(lane.steps) - 1
                box = (x, middle, width, 0.72 * pitch)
                self._step(canvas, step, *box, is_last=is_last, row=row, column=column)
                if column:
                    axes.annotate(
                        "",
                        (x, middle),
                        (x - gap, middle),
                        arrowprops={
                            "arrowstyle": "-|>,head_width=0.18,head_length=0.36",
                            "color": canvas.look.brand,
                            "linewidth": 0.8,
                            "shrinkA": 1,
                            "shrinkB": 1,
                        },
                    )

    def _step(
        self,
        canvas: Canvas,
        text: str,
        x: float,
        middle: float,
        width: float,
        height: float,
        *,
        is_last: bool,
        row: int,
        column: int,
    ) -> None:
        from matplotlib.patches import Rectangle

        colours = canvas.look.theme.colours
        lines = _lines(canvas, text, width - 3, height, f"lanes.{row}.steps.{column}")
        canvas.axes.add_patch(
            Rectangle(
                (x, middle - height / 2),
                width,
                height,
                facecolor=colours.tint if not is_last else canvas.look.brand,
                edgecolor=colours.rule if not is_last else canvas.look.brand,
                linewidth=0.6,
            )
        )
        canvas.axes.text(
            x + width / 2,
            middle,
            lines,
            ha="center",
            va="center",
            linespacing=1.35,
            color=colours.paper if is_last else colours.ink,
        )

    def describe(self, tables: Mapping[str, Table], language: str) -> str:  # noqa: ARG002
        """Every lane with its steps in order."""
        colon, stop = "：；" if language.startswith("zh") else (": ", "; ")
        return stop.join(f"{lane.label}{colon}{' → '.join(lane.steps)}" for lane in self.lanes)


def _lines(canvas: Canvas, text: str, width_mm: float, height_mm: float, field: str) -> str:
    """The text in lines that fit a width and a height. Raises ChartError if there are none."""
    cell_mm = float(canvas.look.theme.chart_text_pt) * MM_PER_POINT / 2
    cells = int(width_mm / cell_mm)
    lines = wrap(text, cells)
    fits = len(lines) <= min(MAX_LINES, int(height_mm / LINE_HEIGHT_MM) or 1)
    if not fits or any(_cells(line) > cells for line in lines):
        raise ChartError(field, f"`{text}` is too long for its place", "shorten it")
    return "\n".join(lines)


def wrap(text: str, cells: int) -> list[str]:
    """Text in lines of at most `cells` half-width cells; Latin words stay whole."""
    lines, line, used = [], "", 0
    for word in _WORD.findall(text):
        taken = _cells(word)
        if line and used + taken > cells:
            lines.append(line.rstrip())
            line, used = "", 0
        line += word if line else word.lstrip()
        used += taken
    return [*lines, line] if line else lines


_WORD = re.compile(r"[!-~]+|\s|[（《“‘]*.[，。、；：！？）》”’]*")
"""A Latin word, a space, or any other character with the punctuation that stays at it."""


def _cells(text: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in text)
