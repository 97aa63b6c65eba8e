"""Lines: numbers over time."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.dates import apart, positions
from briefgen.draw.events import DATE, EVENT, list_events, mark_events, read_events
from briefgen.draw.labels import LINE_HANDLE_EM, legend, line_mm, must_fit, spread, width_mm
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.telling import sentences, title, value, words
from briefgen.draw.tones import Tone, legible, tones
from briefgen.draw.upright import value_axis
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

if TYPE_CHECKING:
    from matplotlib.lines import Line2D

    from briefgen.draw.scale import Scale

FEW = 14
"""Up to so many points have a marker each."""
END_GAP_MM = 1.4
"""Between the end of a line and its last number."""
LEAST_MM = 18.0
"""The height that a plot needs to be read."""
AROUND_MM = 18.0
"""The height that legend, unit, numbers of events and dates take at least."""


class Line(Chart):
    """Time series as lines, with the last number of each at its end."""

    kind: Literal["line"]
    table: Annotated[Identifier, Refers("table")]
    date: Annotated[str, Refers("column")]
    """The column of dates: days, months, quarters or years, in order."""
    lines: tuple[Annotated[str, Refers("column")], ...] = Field(min_length=1)
    """The columns that become lines, in one unit."""
    benchmark: Annotated[str, Refers("column")] | None = None
    """A column drawn thin and grey, to compare with."""
    events: Annotated[Identifier, Refers("table")] | None = None
    """A table with the columns `date` and `event`: numbered in the chart, listed below it."""

    def draw(self, canvas: Canvas) -> None:
        """A line per column; missing numbers leave gaps."""
        columns = {f"lines.{i}": name for i, name in enumerate(self.lines)}
        if self.benchmark is not None:
            columns["benchmark"] = self.benchmark
        numbers = canvas.named(self.table, columns)
        places = positions(canvas, self.table, self.date, "date")
        if numbers.isna().all(axis=None):
            raise ChartError("lines", f"table `{self.table}` has no numbers to draw")
        if any(later <= earlier for earlier, later in pairwise(places)):
            raise ChartError("date", "the dates are not in order", "sort the table by date")
        styles = [_style(tone, len(places)) for tone in tones(canvas, len(self.lines), "lines")]
        if self.benchmark is not None:
            grey = canvas.look.theme.colours.mute
            styles.append({"color": grey, "linewidth": 0.8, "linestyle": (0, (2, 1.2))})
        drawn = [
            canvas.axes.plot(places, numbers[name], **style)[0]
            for name, style in zip(columns.values(), styles, strict=True)
        ]
        scale = canvas.scale(self.table, self.lines[0], numbers.abs().max())
        value_axis(canvas, scale)
        if (numbers < 0).any(axis=None):
            canvas.axes.axhline(0, color=canvas.look.theme.colours.ink, linewidth=0.6)
        titles = [canvas.title(self.table, name) for name in columns.values()]
        legend(canvas, drawn, titles, LINE_HANDLE_EM)
        canvas.axes.set_xlim(places[0], places[-1] if len(places) > 1 else places[0] + 1)
        ends = [
            _end(canvas, places, list(numbers[name]), line, scale)
            for name, line in zip(columns.values(), drawn, strict=True)
        ]
        self._finish(canvas, [end for end in ends if end is not None], places, scale)

    def _finish(self, canvas: Canvas, ends: list[Any], places: list[float], scale: Scale) -> None:
        """What depends on the size of the axes: dates, last numbers, events."""
        from matplotlib.ticker import MaxNLocator

        events = []
        if self.events is not None:
            events = read_events(canvas, self.events, (places[0], places[-1]))
        if events:
            list_mm = list_events(canvas, events) + 1.5
            must_fit(canvas, list_mm + LEAST_MM + AROUND_MM, "lines and events")
            engine: Any = canvas.figure.get_layout_engine()
            foot = list_mm / canvas.height_mm
            engine.set(rect=(0, foot, 1, 1 - foot))
        dates = canvas.texts(self.table, self.date)
        canvas.axes.set_xticks([places[0], places[-1]], [dates[0], dates[-1]])
        per_day = canvas.axes_mm()[0] / ((places[-1] - places[0]) or 1)
        kept = apart(
            [place * per_day for place in places], [width_mm(canvas, text) for text in dates], 2.5
        )
        canvas.axes.set_xticks([places[i] for i in kept], [dates[i] for i in kept])
        if events:
            mark_events(canvas, events, scale.unit)
        height = canvas.axes_mm()[1]
        canvas.axes.yaxis.set_major_locator(MaxNLocator(max(3, min(7, int(height / 6)))))
        must_fit(canvas, canvas.height_mm + LEAST_MM - height, "lines and events")
        self._spread(canvas, ends, height)

    def _spread(self, canvas: Canvas, ends: list[Any], height: float) -> None:
        """Move the last numbers apart."""
        low, high = canvas.axes.get_ylim()
        ends.sort(key=lambda end: end.xy[1])
        wishes = [(end.xy[1] - low) / (high - low) * height for end in ends]
        sizes = [line_mm(canvas) * 0.9] * len(ends)
        for end, wish, y in zip(
            ends, wishes, spread(wishes, sizes, -1.5, height + 1.5), strict=True
        ):
            end.xyann = (END_GAP_MM / MM_PER_POINT, (y - wish) / MM_PER_POINT)

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every line with its numbers, of long ones the ends and extremes; then the events."""
        table, said = tables[self.table], words(language)
        columns = [*self.lines, *([self.benchmark] if self.benchmark else [])]
        parts = [(title(table, name), _told(table, self.date, name, language)) for name in columns]
        if self.events is not None:
            events = tables[self.events]
            cells = [[cell or "" for _, cell in events.cells(name)] for name in (DATE, EVENT)]
            parts.append((said.events, [" ".join(cell) for cell in zip(*cells, strict=True)]))
        return sentences(parts, said)


def _told(table: Table, date: str, column: str, language: str) -> list[str]:
    """Dates and numbers: all of a short series; first, lowest, highest and last of a long one."""
    known = [row for row, (_, cell) in enumerate(table.cells(column)) if cell is not None]
    if len(known) > FEW:
        cells = [cell for _, cell in table.cells(column)]
        numbers = {row: Decimal(cells[row] or 0) for row in known}
        lowest, highest = (pick(known, key=numbers.__getitem__) for pick in (min, max))
        known = sorted({known[0], lowest, highest, known[-1]})
    return [
        f"{value(table, row, date, language)} {value(table, row, column, language)}"
        for row in known
    ]


def _style(tone: Tone, points: int) -> dict[str, Any]:
    return {
        "color": tone.colour,
        "linestyle": tone.dashes,
        "linewidth": 1.3,
        "marker": tone.marker if points <= FEW else "",
        "markersize": 3.2,
    }


def _end(
    canvas: Canvas, places: list[float], numbers: list[float], line: Line2D, scale: Scale
) -> Any:
    """The last number of a line, beside its end; nothing when it has none."""
    points = [(x, y) for x, y in zip(places, numbers, strict=True) if not isnan(y)]
    if not points:
        return None
    return canvas.axes.annotate(
        scale.write(points[-1][1]),
        points[-1],
        xytext=(END_GAP_MM / MM_PER_POINT, 0),
        textcoords="offset points",
        va="center_baseline",
        weight="bold",
        color=legible(canvas, str(line.get_color())),
    )
