"""Tables of any columns, canvases of any size, and a look at where texts come to stand."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from itertools import combinations
from typing import Any

import pytest
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from briefgen.draw.canvas import Canvas, ChartError, canvas
from briefgen.draw.charts import CHARTS
from briefgen.draw.style import Look
from briefgen.model.table import Column, Table

DPI = 200
PIXELS = 2.0
"""Measured boxes are higher than glyphs; they may touch by this much, a quarter millimetre."""

Cell = str | int | float | None
MakeTable = Callable[..., Table]
Put = Callable[..., Canvas]
Refused = Callable[..., ChartError]


@pytest.fixture(scope="session")
def table() -> MakeTable:
    """`table({"name": None, "value": "CNY"}, rows)`: columns with their units, None for text."""

    def make(
        units: dict[str, str | None], rows: Sequence[Sequence[Cell]], name: str = "data"
    ) -> Table:
        columns = [
            Column(name=column, title=column.title(), type="number", unit=unit)
            if unit
            else Column(name=column, title=column.title())
            for column, unit in units.items()
        ]
        texts = [[None if cell is None else str(cell) for cell in row] for row in rows]
        return Table(
            name=name,
            path=f"{name}.csv",
            columns=(Column(name="key"), *columns),
            key="key",
            as_of="2024",
            source="s",
            where=None,
            rows=tuple((f"row{i}", *cells) for i, cells in enumerate(texts)),
        )

    return make


@pytest.fixture
def put(look: Look) -> Iterator[Put]:
    """Draws a chart from its fields: `put(fields, table, width_mm=85).axes`."""
    with ExitStack() as stack:

        def draw(
            fields: dict[str, Any], *tables: Table, width_mm: float = 176, **changes: Any
        ) -> Canvas:
            chart = CHARTS[fields["kind"]].model_validate(fields)
            changed = look.model_copy(update=changes)
            by_name = {table.name: table for table in tables}
            size = (width_mm, float(chart.height_mm))
            on = stack.enter_context(canvas("chart", *size, changed, by_name))
            chart.draw(on)
            return on

        yield draw


@pytest.fixture
def refused(put: Put) -> Refused:
    """Draws what cannot be drawn and gives the error."""

    def draw(fields: dict[str, Any], *tables: Table, **options: Any) -> ChartError:
        with pytest.raises(ChartError) as caught:
            put(fields, *tables, **options)
        return caught.value

    return draw


@pytest.fixture(scope="session")
def told() -> Callable[..., str]:
    """What a chart says about its data."""

    def describe(fields: dict[str, Any], *tables: Table, language: str = "zh-CN") -> str:
        chart = CHARTS[fields["kind"]].model_validate(fields)
        return chart.describe({table.name: table for table in tables}, language)

    return describe


@pytest.fixture(scope="session")
def readable() -> Callable[[Canvas], list[str]]:
    """Asserts that texts stand inside the figure and apart; gives the texts."""

    def look_at(on: Canvas) -> list[str]:
        figure, boxes = _measured(on)
        for text, box in boxes.items():
            assert figure.x0 - PIXELS <= box.x0 < box.x1 <= figure.x1 + PIXELS, text
            assert figure.y0 - PIXELS <= box.y0 < box.y1 <= figure.y1 + PIXELS, text
        for one, other in combinations(boxes, 2):
            shared = Bbox.intersection(boxes[one], boxes[other])
            assert shared is None or min(shared.width, shared.height) <= PIXELS, (one, other)
        return [text.get_text() for text in boxes]

    return look_at


def _measured(on: Canvas) -> tuple[Bbox, dict[Text, Bbox]]:
    """The figure's box and those of its visible texts, in pixels."""
    on.figure.set_dpi(DPI)
    agg = FigureCanvasAgg(on.figure)
    on.figure.draw_without_rendering()
    hidden = {text for axes in on.figure.axes for text in _hidden_labels(axes)}
    return on.figure.bbox, {
        text: text.get_window_extent(agg.get_renderer())
        for text in on.figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden
    }


def _hidden_labels(axes: Axes) -> Iterator[Text]:
    """Labels of ticks that are not drawn: outside the axis, or on an axis that is off."""
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            if not (axes.axison and low <= tick.get_loc() <= high):
                yield from (tick.label1, tick.label2)
