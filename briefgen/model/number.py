"""Numbers that know where they come from, and arithmetic that keeps it."""

from __future__ import annotations

from decimal import Decimal, localcontext
from typing import Any, Literal

from briefgen.model.precision import Span, exactly, printed_span
from briefgen.model.unit import PURE, QuantityError, Unit, UnitName, is_counted
from briefgen.model.value import MOST_DIGITS, Value

DIGITS = 28
"""Significant digits kept in arithmetic."""

LARGEST_POWER = 2 * MOST_DIGITS
"""Results of 10 to a higher power than this, or to a lower one than its negative, are refused."""

EXACT_BELOW = 1000
"""Whole numbers of counted things below this are exact: three companies are not 3.4."""

SHOWN_PLACES = 6
"""A derived number with more digits after the point must be rounded where it is shown."""

StyleKind = Literal["plain", "value", "percent", "change", "times", "compact", "printed"]


class Number(Value):
    """A quantity with its evidence: a fact, a table cell, or the result of arithmetic on these.

    Units: `value` is counted in `unit`. A derived number has a formula and the numbers it was
    computed from (`inputs`); a fact or cell has a source, an as-of period and an origin instead.
    """

    value: Decimal
    unit: Unit = PURE
    name: str = ""
    """What a formula calls it: a fact's id, `table["row"].column`, or the formula itself."""
    formula: str | None = None
    """How it was computed, as the author wrote it."""
    as_of: str | None = None
    sources: tuple[str, ...] = ()
    origin: str | None = None
    """File, and in it the key or the row and column."""
    where: str | None = None
    """The place in the source: a page, a table, a paragraph."""
    printed: str | None = None
    """The number as the source printed it."""
    note: str | None = None
    is_exact: bool = False
    """Whether it is not rounded: a price on a list, a number of companies."""
    is_forecast: bool = False
    """Whether it was said before its as-of period."""
    inputs: tuple[Number, ...] = ()
    computed_span: Span | None = None
    """What a derived number stands for, from the spans of its inputs."""

    @property
    def span(self) -> Span:
        """The values that the number stands for, by the digits that are printed."""
        if self.computed_span is not None:
            return self.computed_span
        if not self.origin:
            return exactly(self.value)
        return printed_span(self.value, self.printed, is_exact=self.is_exact)

    @property
    def read(self) -> tuple[Number, ...]:
        """The numbers that were read, not computed, on which this one rests; itself, if read."""
        if not self.inputs:
            return (self,)
        return tuple({n.name: n for inner in self.inputs for n in inner.read}.values())

    @property
    def is_derived(self) -> bool:
        """Whether the number was computed, not read."""
        return bool(self.inputs)

    def __add__(self, other: Any) -> Number:
        return self._linear("+", other, 1)

    def __sub__(self, other: Any) -> Number:
        return self._linear("-", other, -1)

    def __radd__(self, other: Any) -> Number:
        return literal(other) + self

    def __rsub__(self, other: Any) -> Number:
        return literal(other) - self

    def __mul__(self, other: Any) -> Number:
        other = literal(other)
        product = self.value * other.value
        return _derived("*", self, other, product, self.unit * other.unit, self.span * other.span)

    def __rmul__(self, other: Any) -> Number:
        return literal(other) * self

    def __truediv__(self, other: Any) -> Number:
        other = literal(other)
        if other.value == 0:
            raise QuantityError("LOD404", f"division by zero: `{other.name}` is 0")
        with localcontext() as context:
            context.prec = DIGITS
            quotient = self.value / other.value
        return _derived("/", self, other, quotient, self.unit / other.unit, self.span / other.span)

    def __rtruediv__(self, other: Any) -> Number:
        return literal(other) / self

    def __neg__(self) -> Number:
        return literal(0) - self if self.unit.is_pure else self * literal(-1)

    def _linear(self, sign: str, other: Any, factor: int) -> Number:
        other = literal(other)
        ratio = other.unit.ratio_to(self.unit)
        if ratio is None:
            raise QuantityError(
                "LOD405",
                f"unit mismatch: `{self.name}` is in {self.unit}, "
                f"`{other.name}` is in {other.unit}",
                conversion_help(self.unit, other.unit),
            )
        value, around = self.value + factor * other.value * ratio, other.span.times(factor * ratio)
        return _derived(sign, self, other, value, self.unit, self.span + around)

    def share(self) -> Decimal:
        """The value as a plain ratio. Raises QuantityError (LOD405) if it has a unit left."""
        ratio = self.unit.ratio_to(PURE)
        if ratio is None:
            raise QuantityError(
                "LOD405",
                f"unit mismatch: `{self.name}` is in {self.unit}, a plain ratio is needed",
                conversion_help(self.unit, PURE),
            )
        return self.value * ratio


def literal(value: Any) -> Number:
    """A number written in a formula; numbers pass through."""
    if isinstance(value, Number):
        return value
    if isinstance(value, int | float | Decimal) and not isinstance(value, bool):
        return Number(value=Decimal(str(value)), name=str(value))
    raise QuantityError("LOD401", f"`{value}` is not a number")


def is_whole_count(value: Decimal, unit: Unit, names: dict[str, UnitName]) -> bool:
    """Whether a number counts so few things that it is not rounded."""
    return is_counted(unit, names) and abs(value) < EXACT_BELOW and value == value.to_integral()


def conversion_help(left: Unit, right: Unit) -> str | None:
    """How two units in different currencies could be brought together."""
    remaining = [name for name, n in (left / right).factors if abs(n) == 1]
    currencies = [name for name in remaining if name.isupper() and len(name) == 3]
    if len(currencies) == 2:
        one, other = currencies
        return f"convert with a dated exchange rate, a fact in `{one}/{other}`"
    return None


def _derived(
    sign: str, left: Number, right: Number, value: Decimal, unit: Unit, around: Span
) -> Number:
    if not unit.is_writable:
        value, around = (
            value.scaleb(unit.scale).normalize(),
            around.times(Decimal(1).scaleb(unit.scale)),
        )
        unit = Unit(factors=unit.factors)
    if value and abs(value.adjusted()) > LARGEST_POWER:
        bound = "large" if value.adjusted() > 0 else "small"
        message = f"`{_operand(left)} {sign} {_operand(right)}` is too {bound}"
        raise QuantityError(
            "LOD401", message, f"results lie between 10^-{LARGEST_POWER} and 10^{LARGEST_POWER}"
        )
    inputs: dict[str, Number] = {}
    for operand in (left, right):
        for named in (operand,) if operand.origin else operand.inputs:
            inputs.setdefault(named.name, named)
    return Number(
        value=value,
        unit=unit,
        name=f"{_operand(left)} {sign} {_operand(right)}",
        sources=tuple(dict.fromkeys(source for n in inputs.values() for source in n.sources)),
        inputs=tuple(inputs.values()),
        computed_span=around,
    )


def _operand(number: Number) -> str:
    return f"({number.name})" if number.is_derived and not number.origin else number.name


class Style(Value):
    """How a number is written: kind and digits after the point (None: as many as it has)."""

    kind: StyleKind = "plain"
    digits: int | None = None


class Shown(Value):
    """The result of an expression: a number and how to write it, or a date."""

    number: Number | None = None
    style: Style = Style()
    period: str | None = None
    """A day or period, when the expression gives one."""


def check_style(number: Number, style: Style) -> None:
    """Raises QuantityError when the number cannot be written that way."""
    if style.kind in {"percent", "change", "times"}:
        number.share()
    if style.kind == "printed" and number.printed is None:
        raise QuantityError("LOD401", f"`{number.name}` has no `printed` text to show")
    unrounded = number.is_derived and style.digits is None and style.kind != "compact"
    if unrounded and places(number.value) > SHOWN_PLACES:
        raise QuantityError(
            "LOD407", f"`{number.name}` needs rounding", "add a filter such as `| round(1)`"
        )


def places(value: Decimal) -> int:
    """How many digits a value has after the point."""
    return -int(value.normalize().as_tuple().exponent)
