"""Rating schemes as text: definitions written from the bounds, and the bounds in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefgen.compose.words import Words
from briefgen.model.language import MINUS
from briefgen.model.rating import RatingClass, Reading, Scheme


@dataclass(frozen=True, slots=True)
class Contested:
    """A bound that no single class claims under every reading.

    Shape: `claims` pairs each reading with the labels that claim the bound.
    """

    at: str
    claims: tuple[tuple[Reading, tuple[str, ...]], ...]


def percent(value: Decimal) -> str:
    """A bound as text: `+20%`, `−10%`, `0%`."""
    sign = "+" if value > 0 else MINUS if value < 0 else ""
    return f"{sign}{abs(value):f}%"


def definition(rating: RatingClass, words: Words) -> str:
    """What a class means, written from its bounds."""
    lower, upper = rating.lower, rating.upper
    if lower is None or upper is None:
        bound, side = (lower, "lower") if lower is not None else (upper, "upper")
        if bound is None:
            return words.label("band_all")
        edge = {True: "closed", False: "open", None: "unstated"}[bound.included]
        return words.label(f"band_{side}_{edge}", at=percent(bound.at))
    if lower.at == upper.at:
        return words.label("band_point", at=percent(lower.at))
    unstated = lower.included is None or upper.included is None
    text = words.label("band_between", lower=percent(lower.at), upper=percent(upper.at))
    if unstated:
        return text + words.label("band_unstated_mark")
    marks = ("[" if lower.included else "(", "]" if upper.included else ")")
    return f"{marks[0]}{percent(lower.at)}, {percent(upper.at)}{marks[1]}"


def contested(scheme: Scheme) -> list[Contested]:
    """The bounds that are claimed by none or by several, under at least one reading."""
    found = []
    for bound in scheme.bounds():
        claims = tuple((reading, scheme.claimants(bound, reading)) for reading in Reading)
        if any(len(labels) != 1 for _, labels in claims):
            found.append(Contested(percent(bound), claims))
    return found
