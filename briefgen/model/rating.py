"""Rating schemes as intervals, and the algebra on them."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Literal

from pydantic import Field, model_validator

from briefgen.model.value import Flag, Market, Numeral, Text, Value

INFINITY = Decimal("Infinity")


class Reading(StrEnum):
    """How bounds are read whose side the source does not state."""

    CLOSED = "closed"
    OPEN = "open"
    LOWER = "lower"
    """The lower bound belongs to the class, the upper does not: [low, high)."""


class Bound(Value):
    """One end of a band.

    Units: `at` is in percent of the scheme's measure: 20 is +20 %.
    """

    at: Numeral
    included: Flag | None = None
    """Whether the source says that the bound belongs to the class; None: it does not say."""

    def includes(self, reading: Reading, is_lower: bool) -> bool:
        """Whether the bound belongs to the class, under a reading where the source is silent."""
        if self.included is not None:
            return self.included
        return reading is Reading.CLOSED or (reading is Reading.LOWER and is_lower)


class RatingClass(Value):
    """A label and the band of returns that it stands for; a missing bound is infinite."""

    label: Text
    lower: Bound | None = None
    upper: Bound | None = None

    @model_validator(mode="after")
    def _in_order(self) -> RatingClass:
        if self.lower and self.upper and self.lower.at > self.upper.at:
            raise ValueError(f"`lower` {self.lower.at} is above `upper` {self.upper.at}")
        return self

    def claims(self, value: Decimal, reading: Reading) -> bool:
        """Whether a return of `value` percent falls into the band under a reading."""
        above = (
            self.lower is None
            or value > self.lower.at
            or (value == self.lower.at and self.lower.includes(reading, is_lower=True))
        )
        below = (
            self.upper is None
            or value < self.upper.at
            or (value == self.upper.at and self.upper.includes(reading, is_lower=False))
        )
        return above and below


class Horizon(Value):
    """How long after the report's date a rating looks ahead."""

    months: int = Field(gt=0)


class Scheme(Value):
    """The ratings of one kind that a brokerage gives: what is measured, against what, how long."""

    measure: Literal["relative_return", "absolute_return"]
    """Return against the benchmark, or the change of the price or index itself."""
    horizon: Horizon
    benchmarks: dict[Market, Text]
    """The benchmark's name by market: `{CN: 沪深 300 指数}`."""
    classes: tuple[RatingClass, ...] = Field(min_length=1)

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the definition table."""
        return tuple(rating.label for rating in self.classes)

    def bounds(self) -> tuple[Decimal, ...]:
        """The finite bounds of all bands, from high to low."""
        found = {b.at for c in self.classes for b in (c.lower, c.upper) if b is not None}
        return tuple(sorted(found, reverse=True))

    def claimants(self, value: Decimal, reading: Reading) -> tuple[str, ...]:
        """The labels whose band holds `value` percent under a reading."""
        return tuple(c.label for c in self.classes if c.claims(value, reading))

    def faults(self, reading: Reading) -> Iterator[tuple[Decimal, Decimal, tuple[str, ...]]]:
        """Where no class or more than one claims a return: from, to (percent), the claimants.

        The line is cut at every bound; each bound and each stretch between two is tried once. The
        stretches at the ends reach to infinity.
        """
        for low, high in self._pieces():
            claimants = self.claimants(_within(low, high), reading)
            if len(claimants) != 1:
                yield low, high, claimants

    def _pieces(self) -> Iterator[tuple[Decimal, Decimal]]:
        high = INFINITY
        for bound in self.bounds():
            yield bound, high
            yield bound, bound
            high = bound
        yield -INFINITY, high


def _within(low: Decimal, high: Decimal) -> Decimal:
    """A value of the stretch."""
    return (low + high) / 2 if low.is_finite() or high.is_finite() else Decimal(0)
