"""Timelines: dated events beside an axis that shows how far apart they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.dates import middle, positions, ticks
from briefgen.draw.labels import (
    dot,
    legend,
    line_mm,
    must_fit,
    spread,
    text_mm,
    width_mm,
    wrap,
    write_lines,
)
from briefgen.draw.telling import sentences, value, words
from briefgen.draw.tones import Tone, outline, tones
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

DOT_POINTS = 4.2
GAP_MM = 0.9
"""Between the texts of two events."""
FAN_SHARE = 0.09
"""Between the axis and the dates, as a share of the width: the room of the leader lines."""
EDGE_MM = 2.0
"""Above the first and below the last event."""


class Timeline(Chart):
    """Events in order, tied to their place on an axis of time."""

    kind: Literal["timeline"]
    table: Annotated[Identifier, Refers("table")]
    date: Annotated[str, Refers("column")]
    """The column of dates: days, months, quarters or years."""
    event: Annotated[str, Refers("column")]
    """The column of what happened."""
    group: Annotated[str, Refers("column")] | None = None
    """A column whose values give the dots their colours."""

    def draw(self, canvas: Canvas) -> None:
        """Time runs down; a line ties each event to its dot."""
        places = positions(canvas, self.table, self.date, "date")
        if not places:
            raise ChartError("table", f"table `{self.table}` has no rows")
        order = sorted(range(len(places)), key=places.__getitem__)
        dates, events = (canvas.texts(self.table, name) for name in (self.date, self.event))
        looks, top = self._groups(canvas, len(places))
        axis = width_mm(canvas, "2000-00") + 2.5
        at_date = axis + FAN_SHARE * canvas.width_mm
        at_text = at_date + max(width_mm(canvas, text, bold=True) for text in dates) + 2.5
        texts = {
            i: wrap(canvas, events[i], canvas.width_mm - at_text - 1, even=False) for i in order
        }
        sizes = [text_mm(canvas, len(texts[i])) + GAP_MM for i in order]
        must_fit(canvas, top + sum(sizes) + 2 * EDGE_MM, f"{len(order)} events")
        canvas.plane()
        first = text_mm(canvas, 1) / 2 + GAP_MM / 2
        start, end = top + EDGE_MM, canvas.height_mm - EDGE_MM
        low, high = places[order[0]], places[order[-1]]
        per_day = (end - start - 2 * first) / (high - low or 1)
        dots = {i: start + first + (places[i] - low) * per_day for i in order}
        self._axis(canvas, axis, (start, end), (low, high), (start + first, per_day))
        wishes = [dots[i] - first + size / 2 for i, size in zip(order, sizes, strict=True)]
        for i, centre, size in zip(order, spread(wishes, sizes, start, end), sizes, strict=True):
            row = centre - size / 2 + first
            upper = row - line_mm(canvas) / 2
            canvas.axes.plot(
                [axis, at_date - 1],
                [dots[i], row],
                color=outline(canvas),
                linewidth=0.6,
                zorder=1,
            )
            tone = looks[i]
            canvas.axes.plot(axis, dots[i], tone.marker, color=tone.colour, markersize=DOT_POINTS)
            write_lines(canvas, at_date, upper, [dates[i]], weight="bold")
            write_lines(canvas, at_text, upper, texts[i])

    def _groups(self, canvas: Canvas, count: int) -> tuple[list[Tone], float]:
        """How the dot of each event looks, and the height of the legend."""
        if self.group is None:
            return tones(canvas, 1, "group") * count, 0
        groups = canvas.texts(self.table, self.group)
        names = list(dict.fromkeys(groups))
        if len(names) > len(canvas.colours):
            raise ChartError(
                "group",
                f"`{self.group}` has {len(names)} groups, the theme has "
                f"{len(canvas.colours)} colours",
                "join some groups, or leave `group` out",
            )
        looks = dict(zip(names, tones(canvas, len(names), "group"), strict=True))
        handles = [
            dot(marker=tone.marker, color=tone.colour, markersize=DOT_POINTS)
            for tone in looks.values()
        ]
        return [looks[group] for group in groups], legend(canvas, handles, names)

    def _axis(
        self,
        canvas: Canvas,
        x: float,
        ends: tuple[float, float],
        span: tuple[float, float],
        place: tuple[float, float],
    ) -> None:
        """A line down with the starts of years or months at its left."""
        colours, line = canvas.look.theme.colours, line_mm(canvas)
        canvas.axes.plot([x, x], list(ends), color=colours.mute, linewidth=0.8, zorder=2)
        (start, end), (low, high), (first, per_day) = ends, span, place
        for day, text in ticks(low, high, end - start, line * 2.2):
            y = first + (day - low) * per_day
            canvas.axes.plot([x - 1.2, x], [y, y], color=colours.mute, linewidth=0.5)
            write_lines(canvas, x - 1.8, y - line / 2, [text], color=colours.mute, ha="right")

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every event with its date, from the first to the last."""
        table = tables[self.table]
        texts = [
            [value(table, row, name, language) for name in (self.date, self.event)]
            for row in range(len(table.rows))
        ]
        return sentences(
            ((date, [event]) for date, event in sorted(texts, key=_day)), words(language)
        )


def _day(event: list[str]) -> float:
    try:
        return middle(event[0])
    except ValueError:
        return 0
