"""Where the texts of a chart come to stand, measured with a renderer."""

from __future__ import annotations

from itertools import combinations

from draw.legible import texts
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from briefgen.draw.canvas import Canvas

DPI = 200
PIXELS = 2.0
"""Measured boxes are higher than glyphs; they may touch by this much, a quarter millimetre."""


def measured(on: Canvas) -> tuple[Bbox, dict[Text, Bbox]]:
    """The figure's box and those of all its visible texts, in pixels."""
    on.figure.set_dpi(DPI)
    renderer = FigureCanvasAgg(on.figure).get_renderer()
    on.figure.draw_without_rendering()
    return on.figure.bbox, {text: text.get_window_extent(renderer) for text in texts(on)}


def assert_readable(on: Canvas) -> None:
    """All texts inside the figure, apart from each other, none across the axis."""
    figure, boxes = measured(on)
    for text, box in boxes.items():
        assert box.x0 >= figure.x0 - PIXELS, text
        assert box.x1 <= figure.x1 + PIXELS, text
        assert box.y0 >= figure.y0 - PIXELS, text
        assert box.y1 <= figure.y1 + PIXELS, text
    spine = on.axes.spines["left"]
    if on.axes.axison and spine.get_visible():
        edge = spine.get_window_extent().x1
        for text in on.axes.texts:
            assert boxes[text].x0 > edge, f"{text} crosses the axis"
    for one, other in combinations(boxes, 2):
        shared = Bbox.intersection(boxes[one], boxes[other])
        assert shared is None or min(shared.width, shared.height) <= PIXELS, (one, other)
