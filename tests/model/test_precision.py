"""What printed numbers stand for."""

from decimal import Decimal

import pytest

from briefgen.model.number import Number
from briefgen.model.precision import ANYTHING, Span, printed_span
from briefgen.model.unit import PERCENT


def read(value: str, printed: str = "", *, is_exact: bool = False) -> tuple[float, float]:
    span = printed_span(Decimal(value), printed or None, is_exact=is_exact)
    return float(span.low), float(span.high)


@pytest.mark.parametrize(
    ("value", "printed", "low", "high"),
    [
        ("36535000000", "365.35亿美元", 36534500000, 36535500000),
        ("0.0005", "0.0005元/千tokens", 0.00045, 0.00055),
        ("-51", "下滑51%", -51.5, -50.5),
        ("14.20", "14.20%", 14.195, 14.205),
        ("26000000000", "", 25500000000, 26500000000),
        ("100", "", 95, 105),
        ("5", "连续5个季度，共12家", 4.5, 5.5),
        ("1000", "1,000", 950, 1050),
        ("98", "约98%", 97, 99),
        ("20", "20家左右", 18, 22),
        ("5", "5倍多", 5, 6),
        ("200", "200余家", 200, 300),
        ("0.0025", "1/400", 0.002375, 0.002625),
        ("0.01", "近百分之一", 0.009, 0.011),
        ("3", "三家", 2.5, 3.5),
    ],
)
def test_digits_and_words_around_a_number(
    value: str, printed: str, low: float, high: float
) -> None:
    assert read(value, printed) == pytest.approx((low, high), rel=1e-6)


@pytest.mark.parametrize(
    ("value", "printed", "low", "high"),
    [
        ("30", "超过30%", 30, float("inf")),
        ("-10", "下滑超过10%", float("-inf"), -10),
        ("20", "20%以上", 20, float("inf")),
        ("3", "不足3倍", 0, 3),
        ("2", "翻倍", 2, float("inf")),
        ("20", "不超过20家", 0, 20),
    ],
)
def test_words_that_leave_one_side_open(value: str, printed: str, low: float, high: float) -> None:
    assert read(value, printed) == (low, high)


def test_half_a_unit_is_rounded_up() -> None:
    assert not Span(low=Decimal("97.5"), high=Decimal("97.5")).meets(
        printed_span(Decimal(97), "97%", is_exact=False)
    )
    assert read("97", "97%")[0] == 96.5


def test_what_is_exact_is_one_value_unless_words_say_otherwise() -> None:
    assert read("60", "60元", is_exact=True) == (60, 60)
    assert read("60", "约60元", is_exact=True) == (54, 66)


def test_a_word_that_begins_with_more_is_no_more() -> None:
    assert read("5", "5款多模态模型")[0] == 4.5


def test_spans_go_through_arithmetic() -> None:
    now = Number(value=Decimal("4.4"), name="now", origin="facts.yaml#now", printed="4.4")
    before = Number(value=Decimal("3.39"), name="before", origin="facts.yaml#b", printed="3.39")
    growth = (now / before - 1).span
    assert float(growth.low) == pytest.approx(4.35 / 3.395 - 1)
    assert float(growth.high) == pytest.approx(4.45 / 3.385 - 1)


def test_spans_follow_units() -> None:
    share = Number(value=Decimal(50), unit=PERCENT, name="s", origin="facts.yaml#s")
    assert (share * 2).span.times(Decimal(1)) == (share * 2).span
    assert (1 - share).span.meets(Span(low=Decimal("0.5"), high=Decimal("0.5")))


def test_dividing_by_what_may_be_nothing_gives_anything() -> None:
    around_zero = Span(low=Decimal(-1), high=Decimal(1))
    assert Span(low=Decimal(1), high=Decimal(2)) / around_zero == ANYTHING
    assert ANYTHING - ANYTHING == ANYTHING
    assert around_zero.root(Span(low=Decimal(2), high=Decimal(2))) == ANYTHING
