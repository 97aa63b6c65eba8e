"""Grouped bars: one group per row of a table, one bar per column."""

from __future__ import annotations

from collections.abc import Mapping
from math import ceil, isnan
from typing import Annotated, Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.tones import tones
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

GROUP_HEIGHT = 0.72
"""The share of a group's height that its bars fill; the rest is the gap to the next group."""
TICK_MM = 28
"""The width that a number at the axis is given."""
AROUND_MM = 16
"""The height that legend and axis take."""


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
        if numbers.isna().all(axis=None):
            raise ChartError("values", f"table `{self.table}` has no numbers to draw")
        self._must_fit(canvas, len(groups))
        height = GROUP_HEIGHT / len(self.values)
        axes = canvas.axes
        looks = tones(canvas, len(self.values), "values")
        for i, (name, tone) in enumerate(zip(self.values, looks, strict=True)):
            offset = (i - (len(self.values) - 1) / 2) * height
            positions = [row + offset for row in range(len(groups))]
            bars = axes.barh(
                positions,
                numbers[name],
                height * 0.86,
                facecolor=tone.colour,
                hatch=tone.hatch,
                edgecolor=canvas.look.theme.colours.paper,
                linewidth=0,
                label=canvas.title(self.table, name),
            )
            canvas.axes.bar_label(bars, [_text(canvas, v) for v in numbers[name]], padding=3)
        axes.set_yticks(range(len(groups)), groups)
        axes.invert_yaxis()
        axes.tick_params(axis="y", length=0)
        axes.spines["left"].set_color(canvas.look.theme.colours.ink)
        axes.spines["bottom"].set_visible(False)
        axes.xaxis.grid(visible=True)
        axes.xaxis.set_major_formatter(lambda value, _: canvas.write(value))
        axes.locator_params(axis="x", nbins=max(2, int(canvas.width_mm / TICK_MM)))
        low, high = float(numbers.min().min()), float(numbers.max().max())
        longest = max(len(_text(canvas, end)) for end in (low, high))
        line = float(canvas.look.theme.chart_text_pt) * MM_PER_POINT
        room = max(0.08, longest * line / canvas.width_mm) * (max(high, 0) - min(low, 0))
        axes.set_xlim(low - room if low < 0 else 0, high + room if high > 0 else 0 if low else 1)
        axes.set_xlabel(canvas.unit(self.table, self.values[0]), loc="right")
        canvas.figure.legend(loc="outside upper left", ncols=len(self.values))

    def _must_fit(self, canvas: Canvas, groups: int) -> None:
        """A bar is at least as high as its number."""
        line = float(canvas.look.theme.chart_text_pt) * MM_PER_POINT
        bars = groups * len(self.values)
        needed = ceil(AROUND_MM + bars * line / GROUP_HEIGHT)
        if needed > canvas.height_mm:
            raise ChartError(
                "height_mm",
                f"{bars} bars do not fit into {canvas.height_mm:g} mm",
                f"write `height_mm: {needed}`, or show fewer rows",
            )

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


def _text(canvas: Canvas, value: float) -> str:
    return "" if isnan(value) else canvas.write(value)
