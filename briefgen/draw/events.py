"""Events on a time axis: numbers above the plot, what they stand for below it."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil
from typing import Any, NamedTuple

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.dates import positions
from briefgen.draw.labels import BASELINE, line_mm, width_mm, wrap
from briefgen.draw.style import MM_PER_POINT
from briefgen.draw.upright import UNIT_POINTS

DATE, EVENT = "date", "event"
"""The columns that a table of events has."""
TWO_COLUMNS_MM = 120.0
"""From this width on events are listed in two columns."""
COLUMN_GAP_MM = 5.0


class Event(NamedTuple):
    """What happened, and where on the axis."""

    place: float
    date: str
    text: str


def read_events(canvas: Canvas, table: str, span: tuple[float, float]) -> list[Event]:
    """The events of a table, in order.

    Raises: ChartError when a column is missing or an event lies outside the span.
    """
    for column in (DATE, EVENT):
        if not canvas.has_column(table, column):
            raise ChartError(
                "events",
                f"table `{table}` has no column `{column}`",
                "a table of events has the columns `date` and `event`",
            )
    places = positions(canvas, table, DATE, "events")
    texts = zip(places, canvas.texts(table, DATE), canvas.texts(table, EVENT), strict=True)
    events = sorted((Event(*text) for text in texts), key=lambda event: event.place)
    for event in events:
        if not span[0] <= event.place <= span[1]:
            raise ChartError(
                "events",
                f"the event of {event.date} lies outside the dates of the lines",
                "give the chart a table of its own events",
            )
    return events


def list_events(canvas: Canvas, events: Sequence[Event]) -> float:
    """Write the list at the foot of the figure; returns its height."""
    line, columns = line_mm(canvas), 2 if canvas.width_mm >= TWO_COLUMNS_MM else 1
    width = (canvas.width_mm - 2 - COLUMN_GAP_MM * (columns - 1)) / columns
    hang = width_mm(canvas, f"{len(events)}", bold=True) + 1.5
    dates = max(width_mm(canvas, event.date) for event in events) + 1.5
    texts = [wrap(canvas, event.text, width - hang - dates, even=False) for event in events]
    rows = ceil(len(events) / columns)
    parts = [range(start, min(start + rows, len(events))) for start in range(0, len(events), rows)]
    height = max(sum(len(texts[i]) for i in part) for part in parts) * line + 1
    for column, part in enumerate(parts):
        x, top = 1 + column * (width + COLUMN_GAP_MM), height
        for i in part:
            _write(canvas, x, top, f"{i + 1}", weight="bold", color=canvas.look.brand)
            _write(canvas, x + hang, top, events[i].date, color=canvas.look.theme.colours.mute)
            for text in texts[i]:
                _write(canvas, x + hang + dates, top, text)
                top -= line
    return height


def _write(canvas: Canvas, x: float, top: float, text: str, **style: Any) -> None:
    """One line of text; `x` from the left, `top` from the foot of the figure."""
    y = top - BASELINE * line_mm(canvas)
    canvas.figure.text(
        x / canvas.width_mm, y / canvas.height_mm, text, va="baseline", in_layout=False, **style
    )


def mark_events(canvas: Canvas, events: Sequence[Event], unit: str) -> None:
    """A thin line up from each event, its number above; near numbers stand on levels.

    The axes must be as wide as they will be.
    """
    axes, line = canvas.axes, line_mm(canvas)
    low, high = axes.get_xlim()
    per_day = canvas.axes_mm()[0] / (high - low)
    ends = [width_mm(canvas, unit)]
    colours = canvas.look.theme.colours
    for number, event in enumerate(events, start=1):
        x, half = (event.place - low) * per_day, width_mm(canvas, f"{number}", bold=True) / 2 + 0.8
        level = next((i for i, end in enumerate(ends) if end <= x - half), len(ends))
        ends[level : level + 1] = [x + half]
        axes.axvline(event.place, color=colours.mute, linewidth=0.5, linestyle=(0, (2, 2)))
        axes.annotate(
            f"{number}",
            (event.place, 1),
            xycoords=("data", "axes fraction"),
            xytext=(0, UNIT_POINTS + level * line / MM_PER_POINT),
            textcoords="offset points",
            ha="center",
            va="bottom",
            weight="bold",
            color=canvas.look.brand,
        )
