"""Stacked bars: how every row is made up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import isnan
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.draw.labels import legend, text_mm, width_mm
from briefgen.draw.rows import BAR_HEIGHT, PADDING_MM, limit, name_rows, write_at, zero_line
from briefgen.draw.telling import rows
from briefgen.draw.tones import Tone, on, tones
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Flag, Identifier, Refers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.patches import Patch

INSIDE_MM = 1.2
"""What a part is wider than its number, at least; narrower parts stay without."""
ROUNDING = 1.0
"""By how much printed percentages of one row may exceed 100."""


class StackedBar(Chart):
    """Horizontal bars that are made of parts: shares, mixes, splits."""

    kind: Literal["stacked-bar"]
    table: Annotated[Identifier, Refers("table")]
    label: Annotated[str, Refers("column")]
    """The column that names the bars."""
    parts: tuple[Annotated[str, Refers("column")], ...] = Field(min_length=2)
    """The columns that become parts, in one unit."""
    share: Flag = False
    """Whether a bar is 100 %: percentages are drawn as given, other numbers as shares."""

    def draw(self, canvas: Canvas) -> None:
        """The parts of a row after each other, with their numbers where they fit; the total."""
        numbers = canvas.numbers(self.table, self.parts, "parts")
        if numbers.isna().all(axis=None):
            raise ChartError("parts", f"table `{self.table}` has no numbers to draw")
        names, looks = canvas.texts(self.table, self.label), tones(canvas, len(self.parts), "parts")
        titles = [canvas.title(self.table, part) for part in self.parts]
        around = legend(canvas, [_patch(canvas, tone) for tone in looks], titles)
        name_rows(canvas, names, around, least_mm=text_mm(canvas, 1) / BAR_HEIGHT)
        write, unit = self._scale(canvas, numbers)
        if self.share:
            numbers = self._shares(canvas, numbers, names)
        canvas.axes.xaxis.set_major_formatter(lambda tick, _: write(tick))
        canvas.axes.set_xlabel(unit, loc="right")
        ends = numbers.clip(lower=0).sum(axis=1)
        totals = (
            [] if self.share else [_total(row, write) for row in numbers.itertuples(index=False)]
        )
        room = max((width_mm(canvas, text, bold=True) + PADDING_MM for text in totals), default=0)
        low = float(numbers.clip(upper=0).sum(axis=1).min())
        limit(canvas, low, 100 if self.share else float(ends.max()), 0, room)
        zero_line(canvas)
        self._stack(canvas, numbers, looks, write)
        for row, (end, text) in enumerate(zip(ends, totals, strict=False)):
            write_at(canvas, end, row, text, 1, bold=True)

    def _stack(
        self,
        canvas: Canvas,
        numbers: pd.DataFrame,
        looks: list[Tone],
        write: Callable[[float], str],
    ) -> None:
        """Positive parts to the right, negative ones to the left; a number where it fits."""
        left, right = canvas.axes.get_xlim()
        per_unit = canvas.axes_mm()[0] / (right - left)
        starts = {side: [0.0] * len(numbers) for side in (-1, 1)}
        for part, tone in zip(self.parts, looks, strict=True):
            for row, number in enumerate(numbers[part]):
                if isnan(number):
                    continue
                start = starts[-1 if number < 0 else 1]
                canvas.axes.barh(row, number, BAR_HEIGHT, start[row], **_style(canvas, tone))
                text = write(number)
                if width_mm(canvas, text) + INSIDE_MM <= abs(number) * per_unit:
                    canvas.axes.text(
                        start[row] + number / 2,
                        row,
                        text,
                        ha="center",
                        va="center_baseline",
                        color=on(canvas, tone.colour),
                        bbox=_clearing(tone),
                    )
                start[row] += number

    def _scale(self, canvas: Canvas, numbers: pd.DataFrame) -> tuple[Callable[[float], str], str]:
        """How numbers are written, and the unit at the axis end."""
        unit = canvas.unit(self.table, self.parts[0])
        if self.share and unit != "%":
            return (lambda number: f"{round(number, 1):g}"), "%"
        scale = canvas.scale(self.table, self.parts[0], numbers.abs().sum(axis=1))
        return scale.write, scale.unit

    def _shares(self, canvas: Canvas, numbers: pd.DataFrame, names: list[str]) -> pd.DataFrame:
        """The parts in percent of their row."""
        totals = numbers.sum(axis=1)
        are_shares = canvas.unit(self.table, self.parts[0]) == "%"
        for name, total, lowest in zip(names, totals, numbers.min(axis=1), strict=True):
            if lowest < 0:
                raise ChartError("share", f"`{name}` has a negative part: no share of 100 %")
            if are_shares and total > 100 + ROUNDING:
                raise ChartError("share", f"the parts of `{name}` are {total:g} %, more than 100 %")
        return numbers if are_shares else numbers.div(totals.where(totals > 0), axis=0) * 100

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with its parts."""
        return rows(tables[self.table], self.label, self.parts, language)


def _clearing(tone: Tone) -> dict[str, Any] | None:
    """What keeps a hatch away from the number on it."""
    return {"facecolor": tone.colour, "edgecolor": "none", "pad": 0.2} if tone.hatch else None


def _style(canvas: Canvas, tone: Tone) -> dict[str, Any]:
    return {
        "facecolor": tone.colour,
        "hatch": tone.hatch,
        "edgecolor": canvas.look.theme.colours.paper,
        "linewidth": 0.5,
    }


def _patch(canvas: Canvas, tone: Tone) -> Patch:
    from matplotlib.patches import Patch

    return Patch(**_style(canvas, tone))


def _total(parts: Sequence[float], write: Callable[[float], str]) -> str:
    """The sum of a row; a dash when a part of it is missing."""
    total = sum(parts)
    return MISSING if isnan(total) else write(total)
