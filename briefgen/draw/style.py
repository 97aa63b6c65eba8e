"""The theme as matplotlib settings."""

from __future__ import annotations

from functools import cache
from typing import Any

from briefgen.model.theme import Theme
from briefgen.model.unit import UnitName
from briefgen.model.value import Value
from briefgen.toolchain.fonts import faces

MM_PER_POINT = 25.4 / 72


class Look(Value):
    """All that decides how charts look and write, beside their data."""

    theme: Theme
    brand: str
    """The brokerage's colour."""
    language: str
    units: dict[str, UnitName]


def rc_parameters(look: Look) -> dict[str, Any]:
    """Matplotlib's settings for a look."""
    colours, size = look.theme.colours, float(look.theme.chart_text_pt)
    return {
        "svg.fonttype": "none",
        "font.family": [look.theme.fonts.sans],
        "font.size": size,
        "text.color": colours.ink,
        "axes.edgecolor": colours.mute,
        "axes.labelcolor": colours.mute,
        "axes.linewidth": 0.6,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.unicode_minus": True,
        "axes.axisbelow": True,
        "grid.color": colours.rule,
        "grid.linewidth": 0.4,
        "xtick.color": colours.mute,
        "ytick.color": colours.mute,
        "xtick.labelcolor": colours.ink,
        "ytick.labelcolor": colours.ink,
        "xtick.major.width": 0.5,
        "ytick.major.width": 0.5,
        "xtick.major.size": 2.5,
        "ytick.major.size": 2.5,
        "legend.frameon": False,
        "legend.fontsize": size,
        "legend.handlelength": 1.0,
        "legend.handleheight": 0.9,
        "legend.borderaxespad": 0.0,
        "figure.facecolor": "none",
        "axes.facecolor": "none",
        "savefig.facecolor": "none",
    }


def register_fonts(look: Look) -> None:
    """Make matplotlib know the theme's font, by the files that the PDF is set in and no others."""
    _register(look.theme.fonts.sans)


@cache
def _register(family: str) -> None:
    from matplotlib.font_manager import fontManager

    files = {str(face.file) for face in faces(family)}
    entries = fontManager.ttflist
    fontManager.ttflist = [e for e in entries if e.name != family or e.fname in files]
    known = {entry.fname for entry in fontManager.ttflist if entry.name == family}
    for file in sorted(files - known):
        fontManager.addfont(file)
