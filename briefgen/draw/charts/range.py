"""Ranges: from a low to a high number, with what lies between."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import TYPE_CHECKING, Annotated, Any, Literal

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.draw.labels import dot, legend
from briefgen.draw.rows import NumberColumns, limit, name_rows, scale_axis, written
from briefgen.draw.telling import rows
from briefgen.draw.tones import mixed
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.artist import Artist

BAND_HEIGHT = 0.44
"""The share of a row that the band from low to high fills."""
BESIDE_MM = 2.0
"""Between the outermost marks and the ends of the axis."""
NEAR_ZERO = 0.4
"""The axis starts at zero when the lowest number is below this share of the highest."""


class Range(Chart):
    """A band per row from low to high, with marks for its middle and the consensus: guidance."""

    kind: Literal["range"]
    table: Annotated[Identifier, Refers("table")]
    label: Annotated[str, Refers("column")]
    """The column that names the rows."""
    low: Annotated[str, Refers("column")]
    high: Annotated[str, Refers("column")]
    mid: Annotated[str, Refers("column")] | None = None
    """What stands for the band: its middle, or the point that was given."""
    consensus: Annotated[str, Refers("column")] | None = None
    """What others expect."""

    def draw(self, canvas: Canvas) -> None:
        """Bands and marks; their numbers stand in columns at the right."""
        from matplotlib.patches import Patch

        fields = self._fields
        numbers = canvas.named(self.table, fields)
        known = [float(n) for n in numbers.to_numpy().ravel() if not isnan(n)]
        if not known:
            raise ChartError("low", f"table `{self.table}` has no numbers to draw")
        names = canvas.texts(self.table, self.label)
        for name, low, high in zip(names, numbers[self.low], numbers[self.high], strict=True):
            if low > high:
                raise ChartError("low", f"`{name}`: the low number is above the high one")
        scale = canvas.scale(self.table, self.low, known)
        titles = [canvas.title(self.table, column) for column in fields.values()]
        marks = _marks(canvas)
        handles: list[Artist] = [Patch(**marks["band"])]
        handles += [dot(**marks[mark]) for mark in list(fields)[2:]]
        cells = [[written(scale, number) for number in numbers[name]] for name in fields.values()]
        heads = NumberColumns(canvas, titles, cells)
        legends = [f"{titles[0]}{MISSING}{titles[1]}", *titles[2:]]
        around = legend(canvas, handles, legends) + heads.height_mm
        name_rows(canvas, names, around, beside_mm=sum(heads.widths_mm))
        scale_axis(canvas, scale)
        ink, brand = canvas.look.theme.colours.ink, canvas.look.brand
        heads.write([brand if mark == "mid" else ink for mark in fields])
        low, high = min(known), max(known)
        touches_zero = low >= 0 and low < NEAR_ZERO * high
        limit(canvas, 0 if touches_zero else low, high, 0 if touches_zero else BESIDE_MM, BESIDE_MM)
        self._draw_marks(canvas, numbers, marks)

    @property
    def _fields(self) -> dict[str, str]:
        """The columns in use by their fields."""
        fields = {"low": self.low, "high": self.high, "mid": self.mid, "consensus": self.consensus}
        return {field: column for field, column in fields.items() if column is not None}

    def _draw_marks(
        self, canvas: Canvas, numbers: pd.DataFrame, marks: dict[str, dict[str, Any]]
    ) -> None:
        for row in range(len(numbers)):
            cells = {field: numbers[column].iloc[row] for field, column in self._fields.items()}
            low, high = cells.pop("low"), cells.pop("high")
            if not isnan(low) and not isnan(high):
                canvas.axes.barh(row, high - low, BAND_HEIGHT, low, **marks["band"])
            for end in (low, high):
                canvas.axes.plot(end, row, **marks["end"])
            for field, number in cells.items():
                canvas.axes.plot(number, row, **marks[field])

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with its numbers."""
        return rows(tables[self.table], self.label, tuple(self._fields.values()), language)


def _marks(canvas: Canvas) -> dict[str, dict[str, Any]]:
    """How the parts of a row look."""
    brand, colours = canvas.look.brand, canvas.look.theme.colours
    return {
        "band": {"facecolor": mixed(brand, colours.paper, 0.3), "edgecolor": brand},
        "end": {"color": brand, "marker": "|", "markersize": 7, "linestyle": "none"},
        "mid": {"color": brand, "marker": "o", "markersize": 3.2, "linestyle": "none"},
        "consensus": {
            "color": colours.ink,
            "markerfacecolor": "none",
            "marker": "D",
            "markersize": 5.5,
            "clip_on": False,
            "linestyle": "none",
        },
    }
