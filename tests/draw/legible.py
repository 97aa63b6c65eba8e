"""How well a chart can be read in print, measured on its artists after it was drawn."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgba
from matplotlib.lines import Line2D
from matplotlib.patches import FancyArrowPatch, Patch
from matplotlib.text import Text

from briefgen.draw.canvas import Canvas
from briefgen.model.colours import contrast


class Legible(NamedTuple):
    """Something that is drawn, and how it stands out: as a contrast ratio, 1 to 21."""

    what: str
    ratio: float


def texts(on: Canvas) -> list[Text]:
    """All texts that are drawn."""
    hidden = _hidden_labels(on)
    return [
        text
        for text in on.figure.findobj(Text)
        if text.get_visible() and text.get_text().strip() and text not in hidden
    ]


def text_contrasts(on: Canvas) -> Iterator[Legible]:
    """Each text against what it stands on: its own box, a filled area, or paper."""
    for text in texts(on):
        ground = _ground(on, text)
        colour = to_hex(text.get_color())
        yield Legible(f"{text.get_text()!r} {colour} on {ground}", contrast(colour, ground))


def mark_contrasts(on: Canvas) -> Iterator[Legible]:
    """Each area and line against paper; an area stands out by its fill or by its outline.

    Areas that hold their number, as the cells of a heat map do, are told by it.
    """
    paper = on.look.theme.colours.paper
    told = {id(_area_below(on, text)) for text in on.axes.texts}
    for patch in _areas(on):
        if id(patch) not in told:
            colours = [to_hex(c) for c in (patch.get_facecolor(), _outline(patch)) if c[3]]
            ratio = max((contrast(colour, paper) for colour in colours), default=1.0)
            yield Legible(f"area {colours}", ratio)
    for line in _lines(on):
        colours = [_line_colour(line), to_hex(line.get_markeredgecolor())]
        used = [bool(line.get_linestyle() != "None"), bool(line.get_marker() not in ("", "None"))]
        seen = [colour for colour, is_used in zip(colours, used, strict=True) if is_used]
        if seen:
            yield Legible(f"line {seen}", max(contrast(colour, paper) for colour in seen))


def series_apart(on: Canvas) -> Iterator[Legible]:
    """Each pair of a legend that shape, hatch and dashes do not tell apart, by its lightness."""
    for legend in on.figure.legends:
        for one, other in combinations(legend.legend_handles, 2):
            (colour, form), (other_colour, other_form) = _look(one), _look(other)
            if form == other_form:
                yield Legible(f"{colour} beside {other_colour}", contrast(colour, other_colour))


def _look(handle: Any) -> tuple[str, tuple[Any, ...]]:
    if isinstance(handle, Patch):
        return to_hex(handle.get_facecolor()), ("area", handle.get_hatch())
    filled = to_hex(handle.get_markerfacecolor()) == to_hex(handle.get_markeredgecolor())
    dashes = str(handle._unscaled_dash_pattern), str(handle.get_linestyle())
    return _line_colour(handle), ("line", handle.get_marker(), filled, dashes)


def _line_colour(line: Line2D) -> str:
    return str(to_hex(line.get_color()))


def _lines(on: Canvas) -> list[Line2D]:
    """Lines of the plot, without those of a grid: they stand behind all else."""
    found = (line for axes in on.figure.axes for line in axes.lines)
    return [line for line in found if line.get_visible() and line.get_zorder() > 0]


def _areas(on: Canvas) -> list[Patch]:
    """Filled areas of the plot, the lowest first."""
    found = [patch for axes in on.figure.axes for patch in axes.patches]
    return [
        patch
        for patch in sorted(found, key=lambda patch: patch.get_zorder())
        if patch.get_visible() and not isinstance(patch, FancyArrowPatch)
    ]


def _outline(patch: Patch) -> tuple[float, ...]:
    return to_rgba(patch.get_edgecolor()) if patch.get_linewidth() else (0, 0, 0, 0)


def _ground(on: Canvas, text: Text) -> str:
    box = text.get_bbox_patch()
    area = box if box is not None else _area_below(on, text)
    if area is None or not to_rgba(area.get_facecolor())[3]:
        return on.look.theme.colours.paper
    return str(to_hex(area.get_facecolor()))


def _area_below(on: Canvas, text: Text) -> Patch | None:
    """The topmost area that holds the middle of a text."""
    extent = text.get_window_extent()
    middle = ((extent.x0 + extent.x1) / 2, (extent.y0 + extent.y1) / 2)
    return next(
        (
            patch
            for patch in reversed(_areas(on))
            if patch.get_path().transformed(patch.get_transform()).contains_point(middle)
        ),
        None,
    )


def _hidden_labels(on: Canvas) -> set[Text]:
    """Labels of ticks that are not drawn: outside the axis, or on an axis that is off."""
    return {label for axes in on.figure.axes for label in _hidden_on(axes)}


def _hidden_on(axes: Axes) -> Iterator[Text]:
    for axis in (axes.xaxis, axes.yaxis):
        low, high = sorted(axis.get_view_interval())
        for tick in axis.get_major_ticks():
            if not (axes.axison and low <= tick.get_loc() <= high):
                yield from (tick.label1, tick.label2)
