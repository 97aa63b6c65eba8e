"""Layered chains: layers that stand on each other, the base last."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from pydantic import Field

from briefgen.draw.canvas import Canvas
from briefgen.draw.labels import (
    arrow,
    line_mm,
    longest_word_mm,
    must_fit,
    width_mm,
    wrap,
    write_lines,
)
from briefgen.draw.telling import sentences, words
from briefgen.draw.tones import outline
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Text, Value

LABEL_SHARE = 0.18
"""The share of the width that the labels may take."""
ARROW_MM = 3.6
"""Between two layers: the length of the arrows."""
ARROWS = 3
INSET_MM = 1.4
"""Between the edge of a layer and its boxes, and between boxes."""
PAD_MM = 0.9
"""Between the edge of a box and its text."""


class Layer(Value):
    """One layer: what it is called and what it consists of."""

    label: Text
    """What stands before the layer."""
    items: tuple[Text, ...] = Field(min_length=1, max_length=24)
    """What the layer holds."""


class _Grid(NamedTuple):
    """Boxes of one size in rows: their texts, how many in a row, lines in each row."""

    texts: list[list[str]]
    in_row: int
    lines: list[int]


class LayeredChain(Chart):
    """Layers of an industry from its base up, with what belongs to each."""

    kind: Literal["layered-chain"]
    layers: tuple[Layer, ...] = Field(min_length=2, max_length=8)
    """From the top down: the base last."""

    def draw(self, canvas: Canvas) -> None:
        """A band per layer with a box per item; arrows lead up from layer to layer."""
        from matplotlib.patches import Rectangle

        canvas.plane()
        colours, line = canvas.look.theme.colours, line_mm(canvas)
        edge, limit = 0.5, LABEL_SHARE * canvas.width_mm
        labels = [wrap(canvas, layer.label, limit, bold=True) for layer in self.layers]
        side = max(width_mm(canvas, "\n".join(label), bold=True) for label in labels) + 4
        left, right = edge + side, canvas.width_mm - edge
        grids = [_grid(canvas, layer.items, right - left) for layer in self.layers]
        heights = [
            max(len(label) * line + 2 * PAD_MM, _height(grid, line))
            for label, grid in zip(labels, grids, strict=True)
        ]
        needed = sum(heights) + ARROW_MM * (len(heights) - 1) + 2 * edge
        must_fit(canvas, needed, f"{len(heights)} layers")
        spare = min((canvas.height_mm - needed) / len(heights), 6.0)
        top = edge
        for label, grid, least in zip(labels, grids, heights, strict=True):
            height = least + spare
            axes = canvas.axes
            box: dict[str, Any] = {"edgecolor": outline(canvas), "linewidth": 0.6}
            axes.add_patch(
                Rectangle((edge, top), right - edge, height, facecolor=colours.tint, **box)
            )
            axes.add_patch(Rectangle((edge, top), side, height, facecolor=canvas.look.brand))
            middle = top + (height - len(label) * line) / 2
            style = {"color": colours.paper, "weight": "bold", "ha": "center"}
            write_lines(canvas, edge + side / 2, middle, label, **style)
            _boxes(canvas, grid, (left, right), (top, height))
            if top > edge:
                _arrows(canvas, (left, right), top)
            top += height + ARROW_MM

    def describe(self, tables: Mapping[str, Table], language: str) -> str:  # noqa: ARG002
        """Every layer with its items, from the base up."""
        said = words(language)
        layers = ((layer.label, layer.items) for layer in reversed(self.layers))
        return said.upwards + sentences(layers, said)


def _grid(canvas: Canvas, items: tuple[str, ...], width: float) -> _Grid:
    """The lowest arrangement that cuts no word, in one row rather than in several."""
    longest = max(longest_word_mm(canvas, item) for item in items)
    grids = []
    for in_row in range(len(items), 0, -1):
        limit = (width - INSET_MM * (in_row + 1)) / in_row - 2 * PAD_MM
        if limit >= longest or in_row == 1:
            texts = [wrap(canvas, item, limit) for item in items]
            counts = [len(lines) for lines in texts]
            starts = range(0, len(items), in_row)
            grids.append(_Grid(texts, in_row, [max(counts[i : i + in_row]) for i in starts]))
    line = line_mm(canvas)
    return min(grids, key=lambda grid: _height(grid, line))


def _height(grid: _Grid, line: float) -> float:
    rows = len(grid.lines)
    return sum(grid.lines) * line + rows * 2 * PAD_MM + (rows + 1) * INSET_MM


def _boxes(
    canvas: Canvas, grid: _Grid, across: tuple[float, float], down: tuple[float, float]
) -> None:
    """The boxes of a layer between `across`, from the top for a height (`down`)."""
    from matplotlib.patches import Rectangle

    (left, right), (top, height) = across, down
    colours, line = canvas.look.theme.colours, line_mm(canvas)
    spare = (height - _height(grid, line)) / len(grid.lines)
    width = (right - left - INSET_MM * (grid.in_row + 1)) / grid.in_row
    for row, lines in enumerate(grid.lines):
        top += INSET_MM
        high = lines * line + 2 * PAD_MM + spare
        texts = grid.texts[row * grid.in_row : (row + 1) * grid.in_row]
        for column, text in enumerate(texts):
            x = left + INSET_MM + column * (width + INSET_MM)
            box: dict[str, Any] = {
                "facecolor": colours.paper,
                "edgecolor": outline(canvas),
                "linewidth": 0.6,
            }
            canvas.axes.add_patch(Rectangle((x, top), width, high, **box))
            upper = top + (high - len(text) * line) / 2
            write_lines(canvas, x + width / 2, upper, text, ha="center")
        top += high


def _arrows(canvas: Canvas, across: tuple[float, float], top: float) -> None:
    """Arrows from a layer up to the one above."""
    left, right = across
    for i in range(ARROWS):
        x = left + (right - left) * (i + 0.5) / ARROWS
        arrow(canvas, (x, top), (x, top - ARROW_MM))
