"""How findings and reconciliation notes write the numbers of relations."""

from __future__ import annotations

from decimal import Decimal

from briefgen.model.briefing import Briefing
from briefgen.model.language import THIN_GAP, write
from briefgen.model.number import Number, Shown, Style, places

_SIGNIFICANT = 3
"""How many digits a computed number shows."""


def amount(number: Number) -> Shown:
    """A number with its unit, large ones compact, computed ones rounded; a share as printed."""
    if number.unit.is_pure:
        if number.is_derived:
            return Shown(number=number, style=Style(kind="percent", digits=1))
        if _is_printed(number):
            return Shown(number=number, style=Style(kind="printed"))
    if not number.is_derived:
        return Shown(number=number, style=Style(kind="compact"))
    digits = min(_SIGNIFICANT - 1 - number.value.adjusted(), places(number.value))
    digits = max(digits, 0)
    if abs(number.value) >= 10_000:
        digits = 2
    whole = number.value == number.value.to_integral()
    return Shown(number=number, style=Style(kind="compact", digits=None if whole else digits))


def change(number: Number) -> Shown:
    """A growth with its sign: as printed, or with one digit when it was computed."""
    digits = 1 if number.is_derived else max(places(number.share() * 100), 0)
    return Shown(number=number, style=Style(kind="change", digits=digits))


def times(number: Number) -> Shown:
    """A multiple: in the words of the source where a fact has them."""
    if _is_printed(number):
        return Shown(number=number, style=Style(kind="printed"))
    digits = 2 if number.is_derived else max(places(number.share()), 0)
    return Shown(number=number, style=Style(kind="times", digits=digits))


def _is_printed(number: Number) -> bool:
    """Whether a fact, of this briefing or of one that is compared, has the words of the source."""
    return number.printed is not None and "facts.yaml#" in (number.origin or "")


def is_small(number: Number) -> bool:
    """Whether a ratio is better told as one N-th."""
    return number.is_derived and 0 < number.share() < 1 / 5


def inverse(number: Number) -> Shown | str:
    """The N of a ratio that is one N-th: 12 for 0.0833."""
    if not number.value:
        return "∞"
    found = 1 / number
    nearest = found.value.to_integral()
    digits = 0 if abs(found.value - nearest) < Decimal("0.05") or nearest >= 100 else 1
    return Shown(number=found, style=Style(kind="value", digits=digits))


def said(shown: Shown | str, briefing: Briefing) -> str:
    """A number as a message writes it."""
    if isinstance(shown, str):
        return shown
    return write(shown, briefing.language, briefing.units).replace(THIN_GAP, " ")
