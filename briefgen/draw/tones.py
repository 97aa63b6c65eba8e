"""Colours of series that stay apart in print: lightness and hatching beside the hue."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.model.colours import contrast

HATCHES = ("", "", "/////", "----", "\\\\\\\\\\")
"""By series, from the third on, where colours alone might look the same in grey."""
TEXT_CONTRAST = 4.5
"""Source: WCAG 2.2, 1.4.3 Contrast (Minimum)."""
MARK_CONTRAST = 3.0
"""Source: WCAG 2.2, 1.4.11 Non-text Contrast."""
MARKERS = ("o", "s", "^", "D", "v")
DASHES = ("-", (0, (4, 1.4)), (0, (1, 1)), (0, (5, 1.4, 1, 1.4)), (0, (8, 2)))


class Tone(NamedTuple):
    """How one series looks."""

    colour: str
    hatch: str
    marker: str
    dashes: str | tuple[float, Sequence[float]]


def tones(canvas: Canvas, count: int, field: str) -> list[Tone]:
    """A tone for each of `count` series, the brokerage's colour first.

    Raises: ChartError when the theme has too few colours.
    """
    colours = canvas.colours
    if count > len(colours):
        raise ChartError(
            f"{field}.{len(colours)}",
            f"the theme has colours for {len(colours)} series",
            "add to `series` of the theme, or draw fewer columns",
        )
    return [
        Tone(
            colours[i],
            HATCHES[i % len(HATCHES)] if count > 2 else "",
            MARKERS[i % len(MARKERS)],
            DASHES[i % len(DASHES)],
        )
        for i in range(count)
    ]


def on(canvas: Canvas, colour: str) -> str:
    """The colour of text on a filled area: the theme's ink or paper, whichever is clearer."""
    colours = canvas.look.theme.colours
    return max((colours.ink, colours.paper), key=lambda text: contrast(text, colour))


def legible(canvas: Canvas, colour: str) -> str:
    """A colour for text on paper: the given one, darkened as far as needed."""
    ink, paper = canvas.look.theme.colours.ink, canvas.look.theme.colours.paper
    steps = (mixed(colour, ink, share / 10) for share in range(10, 0, -1))
    return next((step for step in steps if contrast(step, paper) >= TEXT_CONTRAST), ink)


def outline(canvas: Canvas) -> str:
    """The palest grey in which lines and edges of boxes still show on paper."""
    mute, paper = canvas.look.theme.colours.mute, canvas.look.theme.colours.paper
    steps = (mixed(mute, paper, share / 20) for share in range(1, 20))
    return next((step for step in steps if contrast(step, paper) >= MARK_CONTRAST), mute)


def area(canvas: Canvas, colour: str) -> str:
    """A colour for an area with text on it: the given one, paled as far as the text needs."""
    paper = canvas.look.theme.colours.paper
    steps = (mixed(colour, paper, share / 20) for share in range(20, 0, -1))
    clear = (step for step in steps if contrast(step, on(canvas, step)) >= TEXT_CONTRAST)
    return next(clear, paper)


def mixed(colour: str, other: str, share: float) -> str:
    """A colour that has `share` of the first and the rest of the other."""
    from matplotlib.colors import to_hex, to_rgb

    pairs = zip(to_rgb(colour), to_rgb(other), strict=True)
    red, green, blue = (a * share + b * (1 - share) for a, b in pairs)
    return str(to_hex((red, green, blue)))
