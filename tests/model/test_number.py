"""Numbers: arithmetic is exact and keeps where they come from."""

import random
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction

import pytest

from briefgen.model.number import Number, Style, check_style, literal, places
from briefgen.model.unit import PERCENT, PURE, QuantityError, UnitName, parse_unit

MakeFact = Callable[..., Number]


def test_a_sum_names_its_formula_inputs_and_sources(fact: MakeFact) -> None:
    kimi, gpt = fact("kimi", "60", "CNY"), fact("gpt", "72", "CNY")
    total = kimi + gpt
    assert (total.value, total.name) == (Decimal(132), "kimi + gpt")
    assert total.inputs == (kimi, gpt)
    assert total.sources == ("source-of-kimi", "source-of-gpt")
    assert total.is_derived
    assert not kimi.is_derived
    assert total.origin is None


def test_inputs_are_the_facts_at_the_bottom_each_once(fact: MakeFact) -> None:
    a, b = fact("a", "1"), fact("b", "2")
    number = (a + b) * (a - b) / a
    assert [n.name for n in number.inputs] == ["a", "b"]
    assert number.name == "((a + b) * (a - b)) / a"
    assert number.sources == ("source-of-a", "source-of-b")


def test_a_derived_fact_with_a_name_is_an_input_itself(fact: MakeFact) -> None:
    a, b = fact("a", "1"), fact("b", "2")
    named = (a + b).model_copy(update={"name": "both", "origin": "facts.yaml#both"})
    assert [n.name for n in (named * 2).inputs] == ["both"]
    assert (named * 2).name == "both * 2"


def test_a_literal_is_no_input(fact: MakeFact) -> None:
    share = 1 - fact("a", "0.25")
    assert (share.value, share.name) == (Decimal("0.75"), "1 - a")
    assert [n.name for n in share.inputs] == ["a"]


def test_literals_on_either_side(fact: MakeFact) -> None:
    a = fact("a", "4")
    assert [(1 + a).value, (1 - a).value, (2 * a).value, (2 / a).value] == [
        Decimal(5),
        Decimal(-3),
        Decimal(8),
        Decimal("0.5"),
    ]
    assert (-a).value == Decimal(-4)


def test_a_negative_keeps_its_unit(fact: MakeFact) -> None:
    debt = -fact("debt", "5", "CNY")
    assert (debt.value, str(debt.unit)) == (Decimal(-5), "CNY")


@pytest.mark.parametrize("value", ["text", None, True, [1]])
def test_what_is_no_number_is_no_literal(value: object) -> None:
    with pytest.raises(QuantityError) as caught:
        literal(value)
    assert caught.value.code == "LOD401"


def test_a_decimal_fraction_is_exact() -> None:
    assert (literal(0.1) + literal(0.2)).value == Decimal("0.3")


def test_division_by_zero_names_the_zero(fact: MakeFact) -> None:
    with pytest.raises(QuantityError) as caught:
        fact("a", "1") / fact("none", "0")
    assert caught.value.code == "LOD404"
    assert "`none`" in caught.value.message


def test_powers_of_ten_are_converted_to_the_left_unit(fact: MakeFact) -> None:
    per_million, per_thousand = fact("m", "60", "CNY/1M tokens"), fact("k", "0.06", "CNY/1K tokens")
    difference = per_million - per_thousand
    assert difference.value == 0
    assert str(difference.unit) == "CNY/1M tokens"
    assert (per_thousand + per_million).value == Decimal("0.12")


def test_currencies_are_not_added(fact: MakeFact) -> None:
    with pytest.raises(QuantityError) as caught:
        fact("yuan", "1", "CNY") + fact("dollars", "1", "USD")
    assert caught.value.code == "LOD405"
    assert caught.value.message == "unit mismatch: `yuan` is in CNY, `dollars` is in USD"
    assert caught.value.help == "convert with a dated exchange rate, a fact in `CNY/USD`"


def test_a_rate_converts_a_currency(fact: MakeFact) -> None:
    price, rate = fact("list", "0.03", "USD/1K tokens"), fact("rate", "7.23", "CNY/USD")
    converted = price * rate
    assert (converted.value, str(converted.unit)) == (Decimal("0.2169"), "CNY/1K tokens")
    assert (converted / rate).unit == price.unit
    assert (converted / rate).value == price.value


def test_a_price_times_an_amount_is_money(fact: MakeFact) -> None:
    """The power of ten of `1M tokens` has no word in `CNY` and goes into the value."""
    cost = fact("price", "60", "CNY/1M tokens") * fact("length", "128000", "tokens")
    assert (cost.value, str(cost.unit)) == (Decimal("7.68"), "CNY")


def test_a_percentage_of_money_is_money(fact: MakeFact) -> None:
    part = fact("revenue", "200", "CNY") * fact("share", "25", "%")
    assert (part.value, str(part.unit)) == (Decimal(50), "CNY")
    whole = part / fact("share", "25", "%")
    assert (whole.value, str(whole.unit)) == (Decimal(200), "CNY")


def test_a_percentage_of_a_percentage_is_a_share(fact: MakeFact) -> None:
    product = fact("a", "50", "%") * fact("b", "50", "%")
    assert product.share() == Decimal("0.25")
    assert (product.value, product.unit) == (Decimal("0.25"), PURE)


def test_share_is_a_plain_ratio(fact: MakeFact) -> None:
    assert fact("a", "25", "%").share() == Decimal("0.25")
    assert (fact("a", "60", "CNY") / fact("b", "72", "CNY")).share() * 72 == pytest.approx(60)
    with pytest.raises(QuantityError) as caught:
        fact("a", "60", "CNY").share()
    assert caught.value.code == "LOD405"


def test_percent_and_plain_are_added(fact: MakeFact) -> None:
    total = fact("a", "25", "%") + literal(1)
    assert (total.value, total.unit) == (Decimal(125), PERCENT)


def test_arithmetic_is_exact(fact: MakeFact, units: dict[str, UnitName]) -> None:
    """Against fractions: sums, differences and products of money, whatever the powers of ten."""
    draw = random.Random(7)
    scales = ["CNY", "1K CNY", "1M CNY", "1B CNY"]

    def exact(number: Number) -> Fraction:
        return Fraction(number.value) * Fraction(10) ** number.unit.scale

    for _ in range(300):
        a, b = (
            fact(
                name, f"{draw.randint(-(10**9), 10**9)}e-{draw.randint(0, 5)}", draw.choice(scales)
            )
            for name in "ab"
        )
        assert exact(a + b) == exact(a) + exact(b) == exact(b + a)
        assert exact(a - b) == exact(a) - exact(b)
        assert exact(a * b) == exact(a) * exact(b)
        assert exact(a * literal(0.3)) == exact(a) * Fraction(3, 10)
        if b.value:
            assert float(exact(a / b)) == pytest.approx(float(exact(a) / exact(b)), rel=1e-15)
    assert parse_unit("CNY", units) == (a + b).unit / (a + b).unit * parse_unit("CNY", units)


@pytest.mark.parametrize(
    ("value", "expected"), [("1", 0), ("1.50", 1), ("0.060", 2), ("1E+3", -3), ("0.1234567", 7)]
)
def test_places(value: str, expected: int) -> None:
    assert places(Decimal(value)) == expected


def test_a_long_quotient_must_be_rounded(fact: MakeFact) -> None:
    ratio = fact("a", "217") / fact("b", "60")
    with pytest.raises(QuantityError) as caught:
        check_style(ratio, Style())
    assert caught.value.code == "LOD407"
    for style in (Style(digits=2), Style(kind="percent", digits=1), Style(kind="compact")):
        check_style(ratio, style)
    check_style(fact("long", "0.123456789"), Style())


@pytest.mark.parametrize("kind", ["percent", "change", "times"])
def test_money_is_no_percentage(kind: str, fact: MakeFact) -> None:
    with pytest.raises(QuantityError):
        check_style(fact("a", "1", "CNY"), Style(kind=kind))


def test_printed_needs_the_printed_text(fact: MakeFact) -> None:
    check_style(fact("a", "2", printed="两大"), Style(kind="printed"))
    with pytest.raises(QuantityError) as caught:
        check_style(fact("a", "2"), Style(kind="printed"))
    assert caught.value.code == "LOD401"
