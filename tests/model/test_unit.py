"""Units: reading, multiplying, dividing, converting."""

import random
from decimal import Decimal

import pytest

from briefgen.model.unit import (
    PERCENT,
    PURE,
    QuantityError,
    Unit,
    UnitName,
    is_exchange_rate,
    parse_unit,
)

Units = dict[str, UnitName]


@pytest.mark.parametrize(
    ("text", "factors", "scale"),
    [
        ("1", (), 0),
        ("%", (), -2),
        ("CNY", (("CNY", 1),), 0),
        ("1M CNY", (("CNY", 1),), 6),
        ("CNY/1K tokens", (("CNY", 1), ("tokens", -1)), -3),
        ("CNY/1M tokens", (("CNY", 1), ("tokens", -1)), -6),
        ("1B CNY/1M tokens", (("CNY", 1), ("tokens", -1)), 3),
        ("CNY / USD", (("CNY", 1), ("USD", -1)), 0),
        ("tokens/tokens", (), 0),
    ],
)
def test_reads(text: str, factors: tuple[tuple[str, int], ...], scale: int, units: Units) -> None:
    assert parse_unit(text, units) == Unit(factors=factors, scale=scale)


@pytest.mark.parametrize("text", ["", "CNY/", "/CNY", "1M", "2M CNY", "CNY/USD/tokens", "60 CNY"])
def test_another_form_is_an_error_that_shows_the_form(text: str, units: Units) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_unit(text, units)
    assert caught.value.code == "LOD408"
    assert caught.value.help == "write it like `CNY/1M tokens`"


def test_an_unknown_name_is_an_error_that_suggests_the_nearest(units: Units) -> None:
    with pytest.raises(QuantityError) as caught:
        parse_unit("CNY/1M token", units)
    assert (caught.value.code, caught.value.message) == ("LOD408", "unknown unit `token`")
    assert caught.value.help == "did you mean `tokens`?"


@pytest.mark.parametrize(
    "text", ["1", "%", "CNY", "1M CNY", "CNY/USD", "CNY/1K tokens", "CNY/1T tokens"]
)
def test_is_written_as_it_was_read(text: str, units: Units) -> None:
    assert str(parse_unit(text, units)) == text


def test_a_power_of_ten_above_the_line_stays_above() -> None:
    ratio = Unit(factors=(("CNY", 1), ("tokens", -1)), scale=3)
    assert str(ratio) == "1K CNY/tokens"


@pytest.mark.parametrize(
    ("left", "right", "product", "quotient"),
    [
        ("CNY/1M tokens", "1M tokens", "CNY", None),
        ("USD/1K tokens", "CNY/USD", "CNY/1K tokens", None),
        ("CNY", "CNY/USD", None, "USD"),
        ("CNY/1M tokens", "CNY/1M tokens", None, "1"),
        ("%", "%", None, "1"),
        ("CNY", "1", "CNY", "CNY"),
    ],
)
def test_multiplies_and_divides(
    left: str, right: str, product: str | None, quotient: str | None, units: Units
) -> None:
    one, other = parse_unit(left, units), parse_unit(right, units)
    if product:
        assert one * other == parse_unit(product, units)
    if quotient:
        assert one / other == parse_unit(quotient, units)


@pytest.mark.parametrize(
    ("unit", "other", "ratio"),
    [
        ("CNY/1K tokens", "CNY/1M tokens", "1000"),
        ("CNY/1M tokens", "CNY/1K tokens", "0.001"),
        ("1M CNY", "CNY", "1000000"),
        ("%", "1", "0.01"),
        ("1", "%", "100"),
        ("CNY", "CNY", "1"),
    ],
)
def test_converts_powers_of_ten(unit: str, other: str, ratio: str, units: Units) -> None:
    assert parse_unit(unit, units).ratio_to(parse_unit(other, units)) == Decimal(ratio)


@pytest.mark.parametrize(
    ("unit", "other"), [("CNY", "USD"), ("CNY/1M tokens", "CNY"), ("1", "CNY"), ("CNY", "%")]
)
def test_does_not_convert_different_things(unit: str, other: str, units: Units) -> None:
    assert parse_unit(unit, units).ratio_to(parse_unit(other, units)) is None


@pytest.mark.parametrize(
    ("text", "is_rate"),
    [
        ("CNY/USD", True),
        ("USD/CNY", True),
        ("CNY", False),
        ("CNY/tokens", False),
        ("companies/years", False),
        ("1", False),
    ],
)
def test_knows_an_exchange_rate(text: str, is_rate: bool, units: Units) -> None:
    assert is_exchange_rate(parse_unit(text, units), units) is is_rate


@pytest.mark.parametrize(
    ("factors", "scale", "writable"),
    [
        ((), 0, True),
        ((), -2, True),
        ((), -4, False),
        ((), 6, False),
        ((("CNY", 1),), 6, True),
        ((("CNY", 1),), -6, False),
        ((("CNY", 1),), -2, False),
        ((("CNY", 1), ("tokens", -1)), -6, True),
        ((("CNY", 1), ("tokens", -1)), 3, True),
        ((("tokens", -1),), 3, False),
        ((("tokens", -1),), -3, True),
        ((("CNY", 1),), 15, False),
    ],
)
def test_only_some_powers_of_ten_have_a_word(
    factors: tuple[tuple[str, int], ...], scale: int, writable: bool
) -> None:
    assert Unit(factors=factors, scale=scale).is_writable is writable


def test_units_form_a_group(units: Units) -> None:
    """Multiplication commutes and associates, and division undoes it."""
    draw = random.Random(20240325)

    def some() -> Unit:
        names = draw.sample(sorted(units), draw.randint(0, 3))
        factors = tuple((name, draw.choice([-2, -1, 1, 2])) for name in sorted(names))
        return Unit(factors=factors, scale=draw.randint(-12, 12))

    for _ in range(300):
        a, b, c = some(), some(), some()
        assert a * b == b * a
        assert (a * b) * c == a * (b * c)
        assert (a * b) / b == a
        assert a * PURE == a / PURE == a
        assert a / a == PURE
        assert (PURE / a) * a == PURE
        assert (a * PERCENT).factors == a.factors
