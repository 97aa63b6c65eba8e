"""Ranked bars: one bar per row of a table, in the table's order."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Annotated, Literal

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.labels import width_mm
from briefgen.draw.rows import (
    BAR_HEIGHT,
    PADDING_MM,
    limit,
    name_rows,
    scale_axis,
    write_at,
    written,
    zero_line,
)
from briefgen.draw.telling import rows
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers


class RankedBar(Chart):
    """Horizontal bars of one column, the first row on top: a ranking, as the table is sorted."""

    kind: Literal["ranked-bar"]
    table: Annotated[Identifier, Refers("table")]
    label: Annotated[str, Refers("column")]
    """The column that names the bars."""
    value: Annotated[str, Refers("column")]
    """The column that becomes bars."""

    def draw(self, canvas: Canvas) -> None:
        """A bar per row with its number at the end; a dash where it is missing."""
        numbers = list(canvas.named(self.table, {"value": self.value})[self.value])
        known = [number for number in numbers if not isnan(number)]
        if not known:
            raise ChartError("value", f"table `{self.table}` has no numbers to draw")
        scale = canvas.scale(self.table, self.value, known)
        name_rows(canvas, canvas.texts(self.table, self.label))
        scale_axis(canvas, scale)
        texts = [written(scale, number) for number in numbers]
        room = {
            side: max(
                (
                    width_mm(canvas, text) + PADDING_MM
                    for number, text in zip(numbers, texts, strict=True)
                    if (side < 0) == (number < 0)
                ),
                default=0.0,
            )
            for side in (-1, 1)
        }
        limit(canvas, min(0, *known), max(0, *known), room[-1], room[1])
        zero_line(canvas)
        canvas.axes.barh(range(len(numbers)), numbers, BAR_HEIGHT, color=canvas.look.brand)
        for row, (number, text) in enumerate(zip(numbers, texts, strict=True)):
            write_at(canvas, 0 if isnan(number) else number, row, text, -1 if number < 0 else 1)

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with its number, from the top."""
        return rows(tables[self.table], self.label, (self.value,), language)
