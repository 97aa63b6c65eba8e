"""How an axis writes its numbers: all in one magnitude, which the unit at its end names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from math import isnan

from briefgen.model.language import THIN_GAP, write_number, write_unit
from briefgen.model.number import Number, Style, places
from briefgen.model.unit import Unit, UnitName

LARGE = Decimal(100_000)
"""From here on numbers are written in a magnitude: 1.2 亿, 0.12 bn."""
DIGITS = 2
"""Digits after the point, and digits that count, which a number in a magnitude keeps."""


class Scale:
    """Writes the numbers of an axis.

    `unit` is what to write at the axis end; `power` is the power of ten that it holds.
    With `magnitudes` every number has a magnitude of its own, as on a logarithmic axis.
    """

    def __init__(
        self,
        unit: Unit,
        values: Iterable[float],
        language: str,
        units: Mapping[str, UnitName],
        *,
        magnitudes: bool = False,
    ) -> None:
        self._language, self._units = language, dict(units)
        largest = max((_decimal(abs(v)) for v in values if not isnan(v)), default=Decimal(0))
        is_large = largest >= LARGE
        self._style = Style(kind="compact" if is_large and magnitudes else "value")
        self.power = self._power(largest) if is_large and not magnitudes else 0
        self.unit = write_unit(unit, language, self._units)
        if self.power:
            one = Number(value=Decimal(1).scaleb(self.power), unit=unit)
            self.unit = self._text(one, "compact").partition(THIN_GAP)[2]

    def write(self, value: float) -> str:
        """A value without its unit; the sign is a minus, not a hyphen."""
        number = _decimal(value)
        if self.power:
            number = number.scaleb(-self.power)
            if number and places(number) > DIGITS:
                keep = max(DIGITS, DIGITS - 1 - number.adjusted())
                number = round(number, keep)
        return write_number(
            Number(value=number.normalize()), self._style, self._language, self._units
        )

    def _power(self, largest: Decimal) -> int:
        """The power of ten of the magnitude that the language writes a number in."""
        figure = self._text(Number(value=largest), "compact").partition(THIN_GAP)[0]
        return largest.adjusted() - Decimal(figure.replace(",", "")).adjusted()

    def _text(self, number: Number, kind: str) -> str:
        style = Style.model_validate({"kind": kind})
        return write_number(number, style, self._language, self._units)


def _decimal(value: float) -> Decimal:
    """A float as decimal, without the noise of its last digits."""
    return Decimal(f"{float(value):.12g}")
