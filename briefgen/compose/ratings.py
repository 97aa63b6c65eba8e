"""Rating schemes as text: definitions written from the bounds, and the bounds in dispute."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from briefgen.compose.words import Words
from briefgen.model.number import Number, Shown, Style
from briefgen.model.phrase import plain
from briefgen.model.rating import RatingClass, Reading, Scheme, percent


@dataclass(frozen=True, slots=True)
class Contested:
    """A bound that no single class claims under every reading.

    Shape: `claims` pairs each reading with the labels that claim the bound.
    """

    at: str
    claims: tuple[tuple[Reading, tuple[str, ...]], ...]


def definition(rating: RatingClass, words: Words) -> str:
    """What a class means, written from its bounds."""
    return plain(rating.definition(), words.label)


def benchmarks(scheme: Scheme, words: Words) -> str:
    """The benchmarks of all markets; alternatives are joined by “or”."""
    named = (words.label("benchmark_or").join(one.names) for one in scheme.benchmarks.values())
    return words.label("benchmark_separator").join(dict.fromkeys(named))


def share(value: Decimal | None, words: Words) -> str:
    """A share of 0..1 as `33.3%`; a dash for none."""
    if value is None:
        return words.label("missing")
    style = Style(kind="percent", digits=1)
    return words.text(Shown(number=Number(value=value), style=style))


def contested(scheme: Scheme) -> list[Contested]:
    """The bounds that are claimed by none or by several, under at least one reading."""
    found = []
    for bound in scheme.bounds():
        claims = tuple((reading, scheme.claimants(bound, reading)) for reading in Reading)
        if any(len(labels) != 1 for _, labels in claims):
            found.append(Contested(percent(bound), claims))
    return found
