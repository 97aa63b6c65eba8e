"""Units: currencies and counted things, multiplied and divided exactly."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal

from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.value import Text, Value

MULTIPLIERS = {"1K": 3, "1M": 6, "1B": 9, "1T": 12}
"""How a unit may be counted, as written in data (`CNY/1M tokens`): powers of ten."""


class QuantityError(Exception):
    """Arithmetic or a unit that makes no sense; loading turns it into a finding."""

    def __init__(self, code: str, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help


class UnitName(Value):
    """One entry of `units.yaml`: what is counted or measured, and how languages write it."""

    kind: Literal["currency", "count", "time"]
    """Currencies need a dated rate between them; counts and times are written after the number."""
    labels: dict[str, Text]
    """By language: `{zh-CN: 元, en: CNY}`."""
    per: dict[str, Text] = {}
    """Below the line, where that is written otherwise: `{en: hour}` for `hours`."""


class Unit(Value):
    """A product of named units with exponents, times a power of ten.

    `CNY/1M tokens` is `factors=(("CNY", 1), ("tokens", -1))`, `scale=-6`;
    `%` has no factors and `scale=-2`.
    """

    factors: tuple[tuple[str, int], ...] = ()
    scale: int = 0

    def __mul__(self, other: Unit) -> Unit:
        return self._combine(other, 1)

    def __truediv__(self, other: Unit) -> Unit:
        return self._combine(other, -1)

    def _combine(self, other: Unit, sign: int) -> Unit:
        exponents = dict(self.factors)
        for name, exponent in other.factors:
            exponents[name] = exponents.get(name, 0) + sign * exponent
        factors = tuple(sorted((name, n) for name, n in exponents.items() if n))
        return Unit(factors=factors, scale=self.scale + sign * other.scale)

    @property
    def is_pure(self) -> bool:
        """Whether the unit is that of a plain number (a ratio, a share, a percentage)."""
        return not self.factors

    @property
    def is_writable(self) -> bool:
        """Whether the power of ten has a word: `%`, or `1K` to `1T` above or below the line."""
        if self.is_pure:
            return self.scale in {0, PERCENT.scale}
        has_side = any(n * self.scale > 0 for _, n in self.factors)
        return self.scale == 0 or (has_side and abs(self.scale) in MULTIPLIERS.values())

    def ratio_to(self, other: Unit) -> Decimal | None:
        """By how much a value in this unit is multiplied to be in `other`; None if it cannot be."""
        if self.factors != other.factors:
            return None
        return Decimal(1).scaleb(self.scale - other.scale)

    def __str__(self) -> str:
        if self.is_pure:
            return {0: "1", -2: "%"}.get(self.scale, f"10^{self.scale}")
        above = " ".join(name if n == 1 else f"{name}^{n}" for name, n in self.factors if n > 0)
        below = " ".join(name if n == -1 else f"{name}^{-n}" for name, n in self.factors if n < 0)
        words = {power: word for word, power in MULTIPLIERS.items()}
        if self.scale < 0 and below:
            below = f"{words.get(-self.scale, f'10^{-self.scale}')} {below}"
        elif self.scale:
            above = f"{words.get(self.scale, f'10^{self.scale}')} {above}".rstrip()
        return f"{above or '1'}/{below}" if below else above


PURE = Unit()
PERCENT = Unit(scale=-2)

_WITHOUT_NAME = {"1": PURE, "%": PERCENT}
_PART = re.compile(r"(?:(1[KMBT]) )?([A-Za-z_]+)")


def parse_unit(text: str, names: dict[str, UnitName]) -> Unit:
    """Read a unit such as `CNY/1M tokens`, `CNY/USD`, `%` or `1`.

    Raises: QuantityError (LOD408) for an unknown name or form.
    """
    unit, read = _read(text)
    for name in read:
        if name not in names:
            raise QuantityError("LOD408", f"unknown unit `{name}`", did_you_mean(name, names))
    return unit


@cache
def _read(text: str) -> tuple[Unit, tuple[str, ...]]:
    """A unit, and the names in it. Raises: QuantityError (LOD408)."""
    if text in _WITHOUT_NAME:
        return _WITHOUT_NAME[text], ()
    unit, names = PURE, []
    for position, part in enumerate(text.split("/")):
        match = _PART.fullmatch(part.strip())
        if match is None or position > 1:
            raise QuantityError(
                "LOD408", f"unit `{text}` is not understood", "write it like `CNY/1M tokens`"
            )
        multiplier, name = match.groups()
        names.append(name)
        factor = Unit(factors=((name, 1),), scale=MULTIPLIERS.get(multiplier or "", 0))
        unit = unit / factor if position else unit * factor
    return unit, tuple(names)


def is_exchange_rate(unit: Unit, names: dict[str, UnitName]) -> bool:
    """Whether the unit is one currency per another."""
    return [n for _, n in sorted(unit.factors, key=lambda f: f[1])] == [-1, 1] and all(
        names[name].kind == "currency" for name, _ in unit.factors
    )


def is_counted(unit: Unit, names: dict[str, UnitName]) -> bool:
    """Whether the unit is a counted thing, such as `companies`."""
    counted = [n == 1 and names[name].kind == "count" for name, n in unit.factors]
    return unit.scale == 0 and counted == [True]
