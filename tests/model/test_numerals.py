"""Whether a text says a value."""

from __future__ import annotations

from decimal import Decimal

import pytest

from briefgen.model.numerals import says
from briefgen.model.unit import PERCENT, PURE, Unit

YUAN = Unit(factors=(("CNY", 1),))


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("两大", "2", YUAN),
        ("六十五家", "65", YUAN),
        ("一百零五", "105", YUAN),
        ("三亿五千万", "350000000", YUAN),
        ("上万亿", "1000000000000", YUAN),
        ("1300 多万", "13000000", YUAN),
        ("365.35亿美元", "36535000000", YUAN),
        ("13B", "13000000000", YUAN),
        ("3.14E+23", "3.14E+23", YUAN),
        ("２ 万", "20000", YUAN),
        ("下滑 51%", "-51", PERCENT),
        ("九成", "90", PERCENT),
        ("近百分之一", "1", PERCENT),
        ("约三分之一", "33.3", PERCENT),
        ("一半", "0.5", PURE),
        ("1/400", "0.0025", PURE),
        ("3 倍", "300", PERCENT),
        ("1美元=7.23元", "7.23", YUAN),
        ("甲、乙、丙", "3", YUAN),
        ("隐含", "7", YUAN),
    ],
)
def test_a_text_says_its_number(text: str, value: str, unit: Unit) -> None:
    assert says(text, Decimal(value), unit)


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("五大", "2", YUAN),
        ("145 份", "154", YUAN),
        ("7.32元", "7.23", YUAN),
        ("百亿", "1000000000000", YUAN),
        ("50%", "0.5", PERCENT),
        ("3 倍", "3", PERCENT),
        ("28 Tflops", "28000000000000", YUAN),
        ("1.24", "1.2", YUAN),
    ],
)
def test_a_text_says_no_other_number(text: str, value: str, unit: Unit) -> None:
    assert not says(text, Decimal(value), unit)
