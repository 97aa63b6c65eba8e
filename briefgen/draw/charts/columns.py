"""Columns: one group per row of a table, upright, with growth above."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise
from math import floor, isnan, log10
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.growth import GrowthLine
from briefgen.draw.labels import legend, line_mm, must_fit, width_mm
from briefgen.draw.rows import written
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.telling import rows
from briefgen.draw.tones import Tone, tones
from briefgen.draw.upright import names_below, value_axis
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Flag, Identifier, Refers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist

GROUP_SHARE = 0.82
"""The share of a row's place that its columns fill."""
AWAY_MM = 0.8
"""Between the end of a column and its number."""
BETWEEN_MM = 0.6
"""Between two numbers that stand beside each other."""
TALLEST_MM = 14.0
"""The height that the columns need to be compared."""
TEXT_SHARE = 0.78
"""The height of digits, as a share of a line."""


class Columns(Chart):
    """Upright columns, such as results by year, with growth as a line on a second axis."""

    kind: Literal["columns"]
    table: Annotated[Identifier, Refers("table")]
    label: Annotated[str, Refers("column")]
    """The column that names the groups."""
    values: tuple[Annotated[str, Refers("column")], ...] = Field(min_length=1)
    """The columns to draw, in one unit."""
    growth: Annotated[str, Refers("column")] | None = None
    """A column drawn as a line above, on an axis of its own."""
    log: Flag = False
    """Whether the axis is logarithmic: all values must be above zero."""

    def draw(self, canvas: Canvas) -> None:
        """Columns with their numbers at the end; a dash where one is missing."""
        numbers = canvas.numbers(self.table, self.values, "values")
        known = [float(n) for n in numbers.to_numpy().ravel() if not isnan(n)]
        names = canvas.texts(self.table, self.label)
        if not known:
            raise ChartError("values", f"table `{self.table}` has no numbers to draw")
        if self.log:
            self._must_be_positive(numbers, names)
        scale = canvas.scale(self.table, self.values[0], known, magnitudes=self.log)
        base = 10.0 ** floor(log10(0.8 * min(known))) if self.log else 0.0
        if self.log:
            canvas.axes.set_yscale("log")
        value_axis(canvas, scale)
        looks = tones(canvas, len(self.values), "values")
        handles: list[Artist] = [
            self._bars(canvas, numbers, looks, i, base) for i in range(len(looks))
        ]
        titles = [canvas.title(self.table, name) for name in self.values]
        line = self._growth(canvas)
        if line is not None and self.growth is not None:
            handles.append(line.line)
            titles.append(canvas.title(self.table, self.growth))
        legend(canvas, handles, titles)
        canvas.axes.set_ylim(min(base, *known), max(base, *known, base + 1))
        slot = canvas.axes_mm()[0] / len(names)
        fit = names_below(canvas, names, slot)
        texts = [[written(scale, n) for n in numbers[name]] for name in self.values]
        turned = self._is_turned(canvas, texts, slot)
        if not fit or turned is None:
            raise ChartError(
                "values",
                f"{len(names) * len(self.values)} columns are too narrow for their labels",
                "draw fewer, in full width, or as `ranked-bar`",
            )
        self._limit(canvas, (known, base), texts, line, turned=turned)
        self._write(canvas, numbers, texts, base, turned=turned)

    def _must_be_positive(self, numbers: pd.DataFrame, names: list[str]) -> None:
        for position, column in enumerate(self.values):
            for name, number in zip(names, numbers[column], strict=True):
                if number <= 0:
                    raise ChartError(
                        f"values.{position}",
                        f"`{name}` is {number:g}: a logarithmic axis has no place for it",
                        "leave `log` out",
                    )

    def _growth(self, canvas: Canvas) -> GrowthLine | None:
        if self.growth is None:
            return None
        numbers = [float(n) for n in canvas.named(self.table, {"growth": self.growth})[self.growth]]
        if all(map(isnan, numbers)):
            raise ChartError("growth", f"column `{self.growth}` has no numbers to draw")
        return GrowthLine(canvas, numbers, canvas.scale(self.table, self.growth, numbers))

    def _middle(self, row: int, i: int) -> float:
        """Where column `i` of a row stands."""
        return row + GROUP_SHARE * ((i + 0.5) / len(self.values) - 0.5)

    def _bars(
        self, canvas: Canvas, numbers: pd.DataFrame, looks: list[Tone], i: int, base: float
    ) -> Artist:
        """The columns of one value; returns one of them."""
        tone, column = looks[i], numbers[self.values[i]]
        bars = canvas.axes.bar(
            [self._middle(row, i) for row in range(len(column))],
            column - base,
            GROUP_SHARE / len(self.values) * 0.9,
            base,
            facecolor=tone.colour,
            hatch=tone.hatch,
            edgecolor=canvas.look.theme.colours.paper,
            linewidth=0,
        )
        return bars.patches[0]

    def _is_turned(self, canvas: Canvas, texts: list[list[str]], slot: float) -> bool | None:
        """Whether numbers are turned to fit beside each other; None when even that fails."""
        columns = range(len(self.values))
        ends = [
            (self._middle(row, i) * slot, width_mm(canvas, texts[i][row]) / 2)
            for row in range(len(texts[0]))
            for i in columns
        ]
        gaps = [
            (right - left, one + other) for (left, one), (right, other) in pairwise(ends)
        ]
        if all(distance >= needed + BETWEEN_MM for distance, needed in gaps):
            return max((half for _, half in ends), default=0) > slot
        digits = line_mm(canvas) * TEXT_SHARE
        return True if all(distance >= digits for distance, _ in gaps) else None

    def _limit(
        self,
        canvas: Canvas,
        span: tuple[list[float], float],
        texts: list[list[str]],
        line: GrowthLine | None,
        *,
        turned: bool,
    ) -> None:
        """Make room for numbers above and below, and for the line of growth."""
        known, base = span
        width, height = canvas.axes_mm()
        slot = width / len(texts[0])
        widest = max(width_mm(canvas, text) for column in texts for text in column)
        text = (widest if turned else line_mm(canvas)) + AWAY_MM
        above = text + (line.height_mm(slot) if line else 0)
        below = text if min(known) < 0 else 0
        must_fit(
            canvas, canvas.height_mm + TALLEST_MM + above + below - height, "columns and labels"
        )
        low, high = min(base, *known), max(base, *known)
        if self.log:
            low, high = log10(low), log10(high)
        per_mm = ((high - low) or 1.0) / (height - above - below)
        ends = (low - below * per_mm, high + above * per_mm)
        self._ticks(canvas, (low, high), height)
        canvas.axes.set_ylim(*((10.0**end for end in ends) if self.log else ends))
        if line:
            line.place(slot, height)

    def _ticks(self, canvas: Canvas, span: tuple[float, float], height: float) -> None:
        """Ticks beside the columns only, not beside the line of growth."""
        from matplotlib.ticker import MaxNLocator, NullLocator

        low, high = span
        bins = max(2, min(6, int(height / 9)))
        found = MaxNLocator(bins, integer=self.log, steps=[1, 2, 2.5, 5, 10]).tick_values(low, high)
        reach = high + (high - low) * 0.05
        ticks = [float(tick) for tick in found if low <= tick <= reach]
        canvas.axes.set_yticks([10.0**tick for tick in ticks] if self.log else ticks)
        canvas.axes.yaxis.set_minor_locator(NullLocator())

    def _write(
        self,
        canvas: Canvas,
        numbers: pd.DataFrame,
        texts: list[list[str]],
        base: float,
        *,
        turned: bool,
    ) -> None:
        axes, ink = canvas.axes, canvas.look.theme.colours.ink
        axes.axhline(base, color=ink, linewidth=0.6)
        axes.spines["bottom"].set_visible(False)
        for i, name in enumerate(self.values):
            for row, (number, text) in enumerate(zip(numbers[name], texts[i], strict=True)):
                side = -1 if number < 0 else 1
                axes.annotate(
                    text,
                    (self._middle(row, i), base if isnan(number) else number),
                    xytext=(0, side * AWAY_MM / MM_PER_POINT),
                    textcoords="offset points",
                    ha="center",
                    va="bottom" if side > 0 else "top",
                    rotation=90 if turned else 0,
                )

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with its numbers."""
        growth = (self.growth,) if self.growth is not None else ()
        return rows(tables[self.table], self.label, (*self.values, *growth), language)
