"""The numerals of a text, in digits and in Chinese, and whether one of them says a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from briefgen.model.unit import PURE, Unit
from briefgen.model.value import Value

_ONES = {word: n for n, word in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_POWERS = {"十": 1, "百": 2, "千": 3, "万": 4, "亿": 8}
_LETTERS = {"k": 3, "m": 6, "b": 9, "t": 12}
_WORDS = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_SAID = "零〇一二两三四五六七八九"
_NUMERAL = re.compile(
    rf"""
    (?P<digits>\d[\d,]*(?:\.\d+)?|\.\d+)(?:[eE](?P<power>[+-]?\d{{1,3}}))?
      (?:\s*/\s*(?P<below>[1-9]\d*)(?![\d.]))?
      (?:\s*[多余来几]?\s*(?P<scale>[十百千万亿]+)(?!分之)
        |\s?(?P<letter>[KMBTkmb])n?(?![A-Za-z])
        |\s*(?P<word>thousand|million|billion|trillion))?
  | (?P<nth>[{_SAID}十百千万]+)分之(?P<above>[{_SAID}十百]+)
  | (?P<half>一半)
  | (?P<said>[{_SAID}十百千万亿]+(?:点[{_SAID}]+)?)
    """,
    re.VERBOSE,
)
_SHARE = re.compile(r"\s*[多余]?\s*(?:%|个?百分点|percent|pct)")
_TENTHS = re.compile(r"\s*[多余]?成(?![为立熟长本果交份员])")
_MULTIPLE = re.compile(r"\s*[多余]?\s*(?:倍|[xX×](?![A-Za-z]))")
_WIDEST = Decimal("0.05")
"""By what share of it a numeral with zeros at the end may be off."""


class Numeral(Value):
    """A number that a text says. `is_plain`: without %, magnitude or 倍, so in any unit."""

    value: Decimal
    half: Decimal
    """Half of one in the last digit: how much a value may differ that is so written."""
    is_plain: bool

    def says(self, value: Decimal) -> bool:
        """Whether a value above zero can be so written."""
        return abs(self.value - value) <= self.half


def says(text: str, value: Decimal, unit: Unit) -> bool:
    """Whether a text says a value in its unit; the sign is left out.

    A text without a numeral says anything; a list (甲、乙) says how many names it has.
    """
    size = abs(value)
    base = size * (unit.ratio_to(PURE) or 1) if unit.is_pure else size.scaleb(unit.scale)
    found = tuple(numerals(text))
    fitting = any(n.says(base) or (n.is_plain and n.says(size)) for n in found)
    return not found or fitting or (1 < len(text.split("、")) == size)


def numerals(text: str) -> Iterator[Numeral]:
    """The numerals of a text, from left to right."""
    text = unicodedata.normalize("NFKC", text)
    for found in _NUMERAL.finditer(text):
        after, is_plain = text[found.end() :], False
        if found["nth"] or found["half"] or found["below"]:
            value, half = _fraction(found)
        elif found["said"]:
            value, half = _chinese(found["said"])
            is_plain = True
        else:
            value, half, is_plain = _digits(found)
        share = 2 if _SHARE.match(after) else 1 if _TENTHS.match(after) else 0
        is_plain = is_plain and not share and not _MULTIPLE.match(after)
        yield Numeral(value=value.scaleb(-share), half=half.scaleb(-share), is_plain=is_plain)


def _digits(found: re.Match[str]) -> tuple[Decimal, Decimal, bool]:
    """Value, half of its last digit, and whether no magnitude stands behind it."""
    read = Decimal(found["digits"].replace(",", ""))
    letter = (found["letter"] or "").lower()
    power = _LETTERS.get(letter, 0) + _WORDS.get(found["word"] or "", 0)
    power += sum(_POWERS[word] for word in found["scale"] or "") + int(found["power"] or 0)
    exponent = int(read.as_tuple().exponent) + power
    value = read.scaleb(power)
    return value, _half(value, exponent), power == 0


def _fraction(found: re.Match[str]) -> tuple[Decimal, Decimal]:
    if found["half"]:
        return Decimal("0.5"), Decimal("0.005")
    if found["nth"]:
        above, below = _chinese(found["above"])[0], _chinese(found["nth"])[0]
    else:
        above, below = Decimal(found["digits"].replace(",", "")), Decimal(found["below"])
    value = above / below if below else Decimal(0)
    return value, value * _WIDEST


def _chinese(text: str) -> tuple[Decimal, Decimal]:
    """二十五, 三千万, 一百零五, 万亿, 三点五; of 二〇二四 the digits follow each other."""
    whole, _, places = text.partition("点")
    if not any(word in _POWERS for word in whole):
        read = "".join(str(_ONES[word]) for word in whole)
        read += "." + "".join(str(_ONES[word]) for word in places) if places else ""
        return Decimal(read), _half(Decimal(read), -len(places))
    total, below, one = 0, 0, 0
    for word in whole:
        size = 10 ** _POWERS.get(word, 0)
        if word in _ONES:
            one = _ONES[word]
        elif word in "十百千":
            below, one = below + (one or 1) * size, 0
        elif word == "万":
            total, below, one = total + (below + one or 1) * size, 0, 0
        else:
            total, below, one = (total + below + one or 1) * size, 0, 0
    value = Decimal(total + below + one)
    return value, _half(value, int(value.normalize().as_tuple().exponent))


def _half(value: Decimal, exponent: int) -> Decimal:
    """Half of one in the digit at an exponent of ten; less for zeros that may be no digits."""
    half = Decimal(1).scaleb(exponent) / 2
    return min(half, abs(value) * _WIDEST) if exponent > 0 and value else half
