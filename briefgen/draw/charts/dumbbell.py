"""Dumbbells: where every row stood before and stands after."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Annotated, Any, Literal

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.draw.labels import dot, legend, width_mm
from briefgen.draw.rows import (
    NumberColumns,
    limit,
    name_rows,
    scale_axis,
    write_at,
)
from briefgen.draw.scale import Scale
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.telling import rows, words
from briefgen.draw.tones import outline
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

DOT_POINTS = 5.0
SIDES = ((), (1,), (-1, 1))
"""Where the numbers of no, one and two dots stand: left (-1) or right (1)."""
AWAY_MM = DOT_POINTS / 2 * MM_PER_POINT + 0.8
"""From the middle of a dot to its number."""


class Dumbbell(Chart):
    """Two dots per row and the line between them, with the change: price cuts, revisions."""

    kind: Literal["dumbbell"]
    table: Annotated[Identifier, Refers("table")]
    label: Annotated[str, Refers("column")]
    """The column that names the rows."""
    before: Annotated[str, Refers("column")]
    after: Annotated[str, Refers("column")]

    def draw(self, canvas: Canvas) -> None:
        """A hollow dot before, a full one after, numbers outside, the change at the right."""
        fields = {"before": self.before, "after": self.after}
        numbers = canvas.named(self.table, fields)
        pairs = list(zip(numbers[self.before], numbers[self.after], strict=True))
        known = [number for pair in pairs for number in pair if not isnan(number)]
        if not known:
            raise ChartError("before", f"table `{self.table}` has no numbers to draw")
        scale, colours = canvas.scale(self.table, self.before, known), canvas.look.theme.colours
        dots: list[dict[str, Any]] = [
            {"color": colours.mute, "markerfacecolor": colours.paper},
            {"color": canvas.look.brand, "markerfacecolor": canvas.look.brand},
        ]
        self._frame(canvas, scale, pairs, dots)
        room = max(width_mm(canvas, scale.write(n), bold=True) for n in known) + AWAY_MM
        left = 0 if min(known) > 0.25 * max(known) else room
        limit(canvas, min(0, *known), max(0, *known), left, room)
        for row, pair in enumerate(pairs):
            ends = sorted({number for number in pair if not isnan(number)})
            canvas.axes.plot(
                ends, [row] * len(ends), color=outline(canvas), linewidth=1.6, zorder=1
            )
            for number, style in zip(pair, dots, strict=True):
                canvas.axes.plot(number, row, "o", markersize=DOT_POINTS, **style)
            for end, side in zip(ends, SIDES[len(ends)], strict=True):
                write_at(canvas, end, row, scale.write(end), side, AWAY_MM, bold=end == pair[1])
            if not ends:
                write_at(canvas, 0, row, MISSING, 1, AWAY_MM)

    def _frame(
        self,
        canvas: Canvas,
        scale: Scale,
        pairs: list[tuple[float, float]],
        dots: list[dict[str, Any]],
    ) -> None:
        """Legend, names, axis and the column of changes."""
        handles = [dot(**style, marker="o", markersize=DOT_POINTS) for style in dots]
        changes = [_change(canvas, *pair) for pair in pairs]
        heads = NumberColumns(canvas, (words(canvas.look.language).change,), (changes,))
        titles = [canvas.title(self.table, column) for column in (self.before, self.after)]
        around = legend(canvas, handles, titles) + heads.height_mm
        names = canvas.texts(self.table, self.label)
        name_rows(canvas, names, around, beside_mm=sum(heads.widths_mm))
        scale_axis(canvas, scale)
        heads.write((canvas.look.brand,))

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with both numbers."""
        return rows(tables[self.table], self.label, (self.before, self.after), language)


def _change(canvas: Canvas, before: float, after: float) -> str:
    """The change of a positive number, signed; a dash where it cannot be told."""
    if isnan(before) or isnan(after) or before <= 0:
        return MISSING
    return canvas.percent(after / before - 1, "change")
