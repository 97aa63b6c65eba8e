"""Grouped bars: one group per row of a table, one bar per column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

if TYPE_CHECKING:
    from matplotlib.container import BarContainer

GROUP_HEIGHT = 0.72
"""The share of a group's height that its bars fill; the rest is the gap to the next group."""


class GroupedBar(Chart):
    """Horizontal bars, grouped by row: compares a few numbers of one unit across a few names."""

    kind: Literal["grouped-bar"]
    table: Annotated[Identifier, Refers("table")]
    category: Annotated[str, Refers("column")]
    """The column that names the groups."""
    values: tuple[Annotated[str, Refers("column")], ...] = Field(min_length=1, max_length=4)
    """The columns that become bars, in one unit."""

    def draw(self, canvas: Canvas) -> None:
        """One bar per value with its number at the end, legend above, unit at the axis."""
        numbers = canvas.numbers(self.table, self.values, "values")
        groups = list(canvas.frame(self.table)[self.category])
        height = GROUP_HEIGHT / len(self.values)
        axes = canvas.axes
        for i, name in enumerate(self.values):
            offset = (i - (len(self.values) - 1) / 2) * height
            positions = [row + offset for row in range(len(groups))]
            bars = axes.barh(
                positions,
                numbers[name],
                height * 0.86,
                color=canvas.colours[i],
                label=canvas.title(self.table, name),
            )
            self._label(canvas, bars)
        axes.set_yticks(range(len(groups)), groups)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_color(canvas.look.theme.colours.ink)
        axes.spines["bottom"].set_visible(False)
        axes.xaxis.grid(visible=True)
        axes.set_xlim(0, float(numbers.max().max()) * 1.08 or 1)
        axes.set_xlabel(canvas.unit(self.table, self.values[0]), loc="right")
        canvas.figure.legend(loc="outside upper left", ncols=len(self.values))

    def _label(self, canvas: Canvas, bars: BarContainer) -> None:
        canvas.axes.bar_label(bars, fmt=canvas.write, padding=3)

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every group with its numbers."""
        table = tables[self.table]
        comma, colon, stop = "、：；" if language.startswith("zh") else (", ", ": ", "; ")
        titles = {name: table.column(name).title or name for name in self.values}
        rows = []
        for row in table.row_keys:
            values = (f"{titles[name]} {table.cell(row, name) or '–'}" for name in self.values)
            rows.append(f"{table.cell(row, self.category)}{colon}{comma.join(values)}")
        return stop.join(rows)
