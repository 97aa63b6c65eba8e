"""Columns: one group per row of a table, upright, with growth above."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import floor, isnan, log10
from typing import TYPE_CHECKING, Annotated, Literal, NamedTuple

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
BAR_SHARE = 0.9
"""The share of its place in a group that a column fills."""
AWAY_MM = 0.8
"""Between the end of a column and its number."""
BETWEEN_MM = 0.6
"""Between two numbers that stand beside each other."""
TALLEST_MM = 14.0
"""The height that the columns need to be compared."""
TEXT_SHARE = 0.78
"""The height of digits, as a share of a line."""


class _Plan(NamedTuple):
    """How the height of the plot is shared, and whether numbers are turned.

    Units: `low` and `high` are numbers, or their logarithms on a logarithmic axis.
    """

    slot_mm: float
    height_mm: float
    above_mm: float
    below_mm: float
    low: float
    high: float
    turned: bool

    @property
    def columns_mm(self) -> float:
        """The height between the lowest and the highest number."""
        return self.height_mm - self.above_mm - self.below_mm

    @property
    def per_mm(self) -> float:
        """How much a millimetre stands for."""
        return ((self.high - self.low) or 1.0) / self.columns_mm


class _Label(NamedTuple):
    """A number at the end of its column, in millimetres: middle, half its width, height."""

    x: float
    half: float
    y: float
    is_below: bool


def _are_free(labels: Sequence[_Label], half_bar: float, line: float) -> bool:
    """Whether no label touches another, or the column beside it."""
    for apart in (1, 2):
        for one, other in zip(labels, labels[apart:], strict=False):
            distance = other.x - one.x
            if distance >= one.half + other.half + BETWEEN_MM:
                continue
            if one.is_below != other.is_below:
                continue
            lower = min(one, other, key=lambda label: abs(label.y))
            if abs(one.y - other.y) < line or lower.half > distance - half_bar:
                return False
    return True


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
        if not names_below(canvas, names, canvas.axes_mm()[0] / len(names)):
            raise self._too_narrow(len(names))
        texts = [[written(scale, n) for n in numbers[name]] for name in self.values]
        plan = self._plan(canvas, numbers, texts, base, line)
        self._limit(canvas, plan, line)
        self._write(canvas, numbers, texts, base, turned=plan.turned)

    def _too_narrow(self, rows: int) -> ChartError:
        return ChartError(
            "values",
            f"{rows * len(self.values)} columns are too narrow for their labels",
            "draw fewer, in full width, or as `ranked-bar`",
        )

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
            GROUP_SHARE / len(self.values) * BAR_SHARE,
            base,
            facecolor=tone.colour,
            hatch=tone.hatch,
            edgecolor=canvas.look.theme.colours.paper,
            linewidth=0,
        )
        return bars.patches[0]

    def _plan(
        self,
        canvas: Canvas,
        numbers: pd.DataFrame,
        texts: list[list[str]],
        base: float,
        line: GrowthLine | None,
    ) -> _Plan:
        """Numbers upright where none touches another number or column, else turned.

        Raises: ChartError when not even that fits.
        """
        width, height = canvas.axes_mm()
        slot = width / len(numbers)
        cells = [
            (self._middle(row, i) * slot, base if isnan(number) else number, texts[i][row])
            for row in range(len(numbers))
            for i, number in enumerate(numbers.iloc[row])
        ]
        known = [base, *(number for _, number, _ in cells)]
        widest = max(width_mm(canvas, text) for _, _, text in cells)
        for turned in (False, True):
            text = (widest if turned else line_mm(canvas)) + AWAY_MM
            plan = _Plan(
                slot,
                height,
                text + (line.height_mm(slot) if line else 0),
                text if min(known) < base else 0,
                self._even(min(known)),
                self._even(max(known)),
                turned,
            )
            must_fit(canvas, canvas.height_mm + TALLEST_MM - plan.columns_mm, "columns and labels")
            bar = slot * GROUP_SHARE / len(self.values) * BAR_SHARE
            labels = [
                _Label(x, width_mm(canvas, text) / 2, self._even(number) / plan.per_mm, number < 0)
                for x, number, text in cells
            ]
            if not turned and _are_free(labels, bar / 2, line_mm(canvas)):
                return plan
        if any(b.x - a.x < line_mm(canvas) * TEXT_SHARE for a, b in pairwise(labels)):
            raise self._too_narrow(len(numbers))
        return plan

    def _even(self, number: float) -> float:
        """A number as a height: its logarithm on a logarithmic axis."""
        return log10(number) if self.log else number

    def _limit(self, canvas: Canvas, plan: _Plan, line: GrowthLine | None) -> None:
        """Make room for numbers above and below, and for the line of growth."""
        ends = (
            plan.low - plan.below_mm * plan.per_mm,
            plan.high + plan.above_mm * plan.per_mm,
        )
        self._ticks(canvas, (plan.low, plan.high), plan.columns_mm)
        canvas.axes.set_ylim(*((10.0**end for end in ends) if self.log else ends))
        if line:
            line.place(plan.slot_mm, plan.height_mm)

    def _ticks(self, canvas: Canvas, span: tuple[float, float], height: float) -> None:
        """Ticks beside the columns only, not beside the line of growth."""
        from matplotlib.ticker import MaxNLocator, NullLocator

        low, high = span
        bins = max(2, min(6, int(height / 6)))
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
