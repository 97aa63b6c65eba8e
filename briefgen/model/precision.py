"""How exact a printed number is: the values that its digits stand for.

`365.35亿` stands for every value from 365.345亿 up to, and without, 365.355亿. Zeros at the end of
a whole number may or may not be digits: `260亿` is read as two. Words widen what is printed
(约, 近), or leave it open on one side (超过, 不足, 翻倍).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal, DecimalException, localcontext
from typing import Annotated

from pydantic import Field

from briefgen.model.value import Value

_DIGITS = 60
"""Digits kept when ends are computed."""
_BELOW_HALF = Decimal("0.999999999")
"""Half a unit is rounded up: of the upper half, the end itself belongs to the next number."""
_WIDEST = Decimal("0.05")
"""By what share of it a whole number with zeros at the end may be off; `100` is no 140."""
_INFINITE = Decimal("Infinity")

_NUMERAL = re.compile(r"\d[\d,]*(?:\.\d+)?")
_FRACTION = re.compile(r"(?P<above>\d+)\s*/\s*(?P<below>\d+)|(?P<words>[百千万]|十)分之一")
_POWERS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
_ABOUT = r"(?:约|大约|约为|近|将近|接近|近乎|几乎|about|around|nearly|almost|c\.|~)\s*$"
_OVER = (
    r"(?:(?<!不)(?:超过|超出|超|逾|高于|大于|多于)|不低于|不少于|至少"
    r"|over|above|more than|at least)\s*$"
)
_UNDER = (
    r"(?:(?<!不)(?:低于|少于|小于)|不足|不到|不高于|不超过|至多|最多"
    r"|under|below|less than|at most)\s*$"
)
_DOUBLED = re.compile(r"翻倍|翻番|double")
_GAP = r"^[^\d，。；、,;]{0,4}?"
_ABOUT_AFTER = _GAP + r"(?:左右|上下)"
_OVER_AFTER = _GAP + r"(?:以上|及以上|or more)"
_UNDER_AFTER = _GAP + r"(?:以下|以内|or less)"
_AND_MORE = _GAP + r"(?:多(?![模元种样])|余|有余)"


class Span(Value):
    """The least and the greatest value that a number stands for; an end may be infinite."""

    low: Annotated[Decimal, Field(allow_inf_nan=True)]
    high: Annotated[Decimal, Field(allow_inf_nan=True)]

    def meets(self, other: Span) -> bool:
        """Whether one value lies in both."""
        return self.low <= other.high and other.low <= self.high

    @property
    def is_bounded(self) -> bool:
        """Whether both ends are finite."""
        return self.low.is_finite() and self.high.is_finite()

    def times(self, factor: Decimal) -> Span:
        """All values multiplied."""
        return self * exactly(factor)

    def __add__(self, other: Span) -> Span:
        return _over([(self.low, other.low), (self.high, other.high)], lambda a, b: a + b)

    def __sub__(self, other: Span) -> Span:
        return self + Span(low=-other.high, high=-other.low)

    def __mul__(self, other: Span) -> Span:
        return _over(self._corners(other), lambda a, b: a * b if a and b else Decimal(0))

    def __truediv__(self, other: Span) -> Span:
        if other.low <= 0 <= other.high:
            return ANYTHING
        return _over(self._corners(other), lambda a, b: a / b)

    def root(self, degree: Span) -> Span:
        """The roots; the span and its degrees are above zero. Anything, where they are not."""
        if self.low <= 0 or degree.low <= 0:
            return ANYTHING
        return _over(self._corners(degree), lambda a, b: a ** (1 / b))

    def _corners(self, other: Span) -> list[tuple[Decimal, Decimal]]:
        return [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]


ANYTHING = Span(low=-_INFINITE, high=_INFINITE)


def _over(
    pairs: list[tuple[Decimal, Decimal]], compute: Callable[[Decimal, Decimal], Decimal]
) -> Span:
    """From the least to the greatest result; anything, where one cannot be computed."""
    with localcontext() as context:
        context.prec = _DIGITS
        try:
            results = [compute(a, b) for a, b in pairs]
        except DecimalException:
            return ANYTHING
    return Span(low=min(results), high=max(results))


def exactly(value: Decimal) -> Span:
    """A value that is not rounded."""
    return Span(low=value, high=value)


def printed_span(value: Decimal, printed: str | None, *, is_exact: bool) -> Span:
    """What a number that was read stands for, by its digits as they are printed.

    Words and scales in `printed` need not be known: its digits are those of the value, shifted by
    a power of ten. A number that is exact still heeds the words beside it.
    """
    text, size = printed or f"{value:f}", abs(value)
    if _DOUBLED.search(text):
        return Span(low=value, high=_INFINITE)
    found = _fraction(text, size) or _digits(text, size) or _digits(f"{size:f}", size)
    if found is None:
        return exactly(value)
    unit, before, after = found
    around = _worded(size, unit, before, after)
    if around is None:
        around = exactly(size) if is_exact else _rounded(size, unit)
    return around if value >= 0 else Span(low=-around.high, high=-around.low)


_Found = tuple[Decimal, str, str]
"""The unit of the last digit, as a share of the value's own unit, and the text on both sides."""


def _digits(text: str, size: Decimal) -> _Found | None:
    """The numeral in a text that is the value, shifted by a power of ten."""
    matches = [(found, _unit(found[0], size)) for found in _NUMERAL.finditer(text)]
    fitting = [(unit, found) for found, unit in matches if unit is not None]
    if not fitting:
        return None
    unit, found = min(fitting, key=lambda pair: pair[0])
    return unit, text[: found.start()], text[found.end() :]


def _unit(numeral: str, size: Decimal) -> Decimal | None:
    """What one in the last digit of a numeral means; None, where it is not this value."""
    read = Decimal(numeral.replace(",", ""))
    if not read or not size:
        return None if read != size else Decimal(1).scaleb(int(read.as_tuple().exponent))
    shift = size.adjusted() - read.adjusted()
    if read.scaleb(shift) != size:
        return None
    exponent = int(read.as_tuple().exponent)
    if exponent == 0:
        exponent = int(read.normalize().as_tuple().exponent)
    return Decimal(1).scaleb(exponent + shift)


def _fraction(text: str, size: Decimal) -> _Found | None:
    """A value that is printed as a fraction, such as 1/400 or 百分之一."""
    for found in _FRACTION.finditer(text):
        below = _POWERS[found["words"]] if found["words"] else int(found["below"])
        above = 1 if found["words"] else int(found["above"])
        if below and above and abs(size * below - above) < Decimal("0.01") * above:
            off = min(Decimal(5), Decimal(below) / 20) / below if below > 9 else Decimal(0)
            off = max(off, _WIDEST) if below % 10 == 0 else off
            return 2 * off * size, text[: found.start()], text[found.end() :]
    return None


def _rounded(size: Decimal, unit: Decimal) -> Span:
    half = min(unit / 2, size * _WIDEST) if unit > 1 and size else unit / 2
    return Span(low=size - half, high=size + half * _BELOW_HALF)


def _worded(size: Decimal, unit: Decimal, before: str, after: str) -> Span | None:
    """What the words beside a number make of it; None without such words."""
    for span_of, patterns in _words(size, unit):
        if re.search(patterns[0], before) or any(re.search(p, after) for p in patterns[1:]):
            return span_of
    return None


def _words(size: Decimal, unit: Decimal) -> Iterator[tuple[Span, tuple[str, ...]]]:
    rounded = _rounded(size, unit)
    yield Span(low=size, high=size + unit * _BELOW_HALF), (r"(?!)", _AND_MORE)
    yield Span(low=size, high=_INFINITE), (_OVER, _OVER_AFTER)
    yield Span(low=Decimal(0), high=size), (_UNDER, _UNDER_AFTER)
    wide = 2 * (size - rounded.low)
    yield Span(low=size - wide, high=size + wide), (_ABOUT, _ABOUT_AFTER)
