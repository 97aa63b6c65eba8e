"""Colours as light: how they stand out from each other, and how they look on dark paper."""

from __future__ import annotations

DARK_PAPER = "#15181c"
"""What a screen that prefers the dark shows for paper."""
LIGHTEST = 0.8
"""The luminance of the brightest text on it: pure white glares."""
VIVID = 0.8
"""How far a colour is lit before it is mixed with white, as the light of its strongest part."""
CLEAR = 4.5
"""The contrast that is enough for text. Source: WCAG 2.2, 1.4.3 Contrast (Minimum)."""
SPARED = 0.7
"""The share of a pure colour's contrast above that which is given up: it would turn pale."""
_FLARE = 0.05
"""What WCAG adds to a luminance for light that a screen reflects."""


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21. Source: WCAG 2.2, contrast ratio."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + _FLARE) / (dark + _FLARE)


def luminance(colour: str) -> float:
    """The relative luminance of `#rrggbb`, 0 to 1. Source: WCAG 2.2, relative luminance."""
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def on_dark_paper(colour: str, paper: str) -> str:
    """The colour that stands out from dark paper as the given one does from `paper`.

    What is clear stays clear, also of two colours on each other; hues stay what they are. What was
    made for dark paper is not changed.
    """
    if luminance(paper) <= luminance(DARK_PAPER):
        return colour
    if colour == paper:
        return DARK_PAPER
    light, before = _linear(colour), luminance(colour)
    ratio = (luminance(paper) + _FLARE) / (before + _FLARE)
    if ratio > CLEAR:
        ratio -= (ratio - CLEAR) * SPARED * _purity(colour)
    wanted = min(max(ratio * (luminance(DARK_PAPER) + _FLARE) - _FLARE, 0), LIGHTEST)
    if before == 0:
        return _hex((wanted,) * 3)
    lit = min(wanted / before, max(VIVID * _purity(colour) / max(light), 1))
    light, before = tuple(part * lit for part in light), before * lit
    white = max(wanted - before, 0) / (1 - before)
    return _hex(tuple(part + (1 - part) * white for part in light))


def _purity(colour: str) -> float:
    """0 for greys, 1 for colours whose hue everybody sees."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return min((max(parts) - min(parts)) * 2.5, 1)


def _linear(colour: str) -> tuple[float, ...]:
    """Red, green and blue as light. Source: IEC 61966-2-1 (sRGB)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)


def _hex(light: tuple[float, ...]) -> str:
    parts = (p * 12.92 if p <= 0.0031308 else 1.055 * p ** (1 / 2.4) - 0.055 for p in light)
    return "#" + "".join(f"{round(part * 255):02x}" for part in parts)
