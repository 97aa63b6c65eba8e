"""The line of returns, cut where a rating scheme changes its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from briefgen.model.phrase import Phrase
from briefgen.model.rating import INFINITY, Bound, Reading, Scheme, band_phrase

Claims = tuple[tuple[str, ...], ...]
"""The labels that claim a return, under each of the readings in their order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Returns that the same classes claim; all units are percent."""

    low: Decimal
    high: Decimal
    has_low: bool
    """Whether the lower end is part of it; never, where that is infinite."""
    has_high: bool
    claims: Claims

    @property
    def is_gap(self) -> bool:
        """Whether no class claims it, however the bounds are read."""
        return not any(self.claims)

    @property
    def is_overlap(self) -> bool:
        """Whether several classes claim it, however the bounds are read."""
        return all(len(labels) > 1 for labels in self.claims)

    @property
    def is_tail(self) -> bool:
        """Whether it has no end on one side."""
        return not (self.low.is_finite() and self.high.is_finite())

    @property
    def is_disputed(self) -> bool:
        """Whether it depends on the reading which class claims it, and none or several may."""
        is_whole = all(len(labels) == 1 for labels in self.claims)
        return not (is_whole or self.is_gap or self.is_overlap)

    def __str__(self) -> str:
        """The returns as an interval: `10%`, `(3%, 5%)`, `[50%, ∞)`."""
        if self.low == self.high:
            return f"{self.low:f}%"
        low = f"{self.low:f}%" if self.low.is_finite() else "-∞"
        high = f"{self.high:f}%" if self.high.is_finite() else "∞"
        return f"{'[' if self.has_low else '('}{low}, {high}{']' if self.has_high else ')'}"

    def phrase(self) -> Phrase:
        """The returns in the words of a definition table."""
        low = Bound(at=self.low, included=self.has_low) if self.low.is_finite() else None
        high = Bound(at=self.high, included=self.has_high) if self.high.is_finite() else None
        return band_phrase(low, high)


def stretches(scheme: Scheme) -> list[Stretch]:
    """The whole line from the highest returns to the lowest; neighbours have other claims."""
    found: list[Stretch] = []
    for piece in _pieces(scheme):
        last = found[-1] if found else None
        if last is not None and last.claims == piece.claims:
            found[-1] = replace(last, low=piece.low, has_low=piece.has_low)
        else:
            found.append(piece)
    return found


def _pieces(scheme: Scheme) -> Iterator[Stretch]:
    """The line cut at every bound: each bound, and each stretch between two."""
    high = INFINITY
    for bound in scheme.bounds():
        yield _piece(scheme, bound, high)
        yield _piece(scheme, bound, bound)
        high = bound
    yield _piece(scheme, -INFINITY, high)


def _piece(scheme: Scheme, low: Decimal, high: Decimal) -> Stretch:
    value = (low + high) / 2 if low.is_finite() or high.is_finite() else Decimal(0)
    claims = tuple(scheme.claimants(value, reading) for reading in Reading)
    return Stretch(low, high, low == high, low == high, claims)


def faults(scheme: Scheme) -> list[Stretch]:
    """The returns that do not have exactly one class under every reading, from high to low."""
    found = stretches(scheme)
    return [stretch for stretch in found if any(len(labels) != 1 for labels in stretch.claims)]
