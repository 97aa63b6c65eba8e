"""Chains: lanes of steps that lead to each other."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.labels import arrow, line_mm, longest_word_mm, wrap, write_lines
from briefgen.draw.telling import sentences, words
from briefgen.draw.tones import outline
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Text, Value

LABEL_SHARE = 0.14
"""The share of the width that the labels of the lanes take."""
GAP_SHARE = 0.035
"""The share of the width between two steps, where the arrow is."""
MAX_LINES = 3
"""Lines that a box or a label may have."""


class Lane(Value):
    """One chain: what it is about and its steps, each leading to the next."""

    label: Text
    """What stands before the lane."""
    steps: tuple[Text, ...] = Field(min_length=2, max_length=6)
    """The steps, from first to last."""


class Chain(Chart):
    """Linear chains, one below the other, with arrows between the steps."""

    kind: Literal["chain"]
    lanes: tuple[Lane, ...] = Field(min_length=1, max_length=8)

    def draw(self, canvas: Canvas) -> None:
        """A box per step, an arrow from each to the next, the lane's label at the left."""
        canvas.plane()
        longest = max(len(lane.steps) for lane in self.lanes)
        left, gap = LABEL_SHARE * canvas.width_mm, GAP_SHARE * canvas.width_mm
        width = (canvas.width_mm - left - gap * (longest - 1)) / longest
        pitch = canvas.height_mm / len(self.lanes)
        for row, lane in enumerate(self.lanes):
            middle = (row + 0.5) * pitch
            label = _lines(canvas, lane.label, left - 2, 0.9 * pitch, f"lanes.{row}.label")
            top = middle - len(label) * line_mm(canvas) / 2
            write_lines(canvas, 0, top, label, color=canvas.look.brand, weight="bold")
            for column, step in enumerate(lane.steps):
                x = left + column * (width + gap)
                is_last = column == len(lane.steps) - 1
                box = (x, middle, width, 0.72 * pitch)
                self._step(canvas, step, *box, is_last=is_last, row=row, column=column)
                if column:
                    arrow(canvas, (x - gap, middle), (x, middle))

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
                edgecolor=outline(canvas) if not is_last else canvas.look.brand,
                linewidth=0.6,
            )
        )
        write_lines(
            canvas,
            x + width / 2,
            middle - len(lines) * line_mm(canvas) / 2,
            lines,
            ha="center",
            color=colours.paper if is_last else colours.ink,
        )

    def describe(self, tables: Mapping[str, Table], language: str) -> str:  # noqa: ARG002
        """Every lane with its steps in order."""
        lanes = ((lane.label, (" → ".join(lane.steps),)) for lane in self.lanes)
        return sentences(lanes, words(language))


def _lines(canvas: Canvas, text: str, limit_mm: float, height_mm: float, field: str) -> list[str]:
    """The text in lines that fit a width and a height. Raises ChartError if there are none."""
    lines = wrap(canvas, text, limit_mm)
    fits = len(lines) <= MAX_LINES and len(lines) * line_mm(canvas) <= height_mm
    if not fits or longest_word_mm(canvas, text) > limit_mm:
        raise ChartError(field, f"`{text}` is too long for its place", "shorten it")
    return lines
