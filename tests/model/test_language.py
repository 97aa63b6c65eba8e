"""How languages write numbers, units, days and periods."""

from collections.abc import Callable
from decimal import Decimal

import pytest

from briefgen.model.language import write, write_number, write_period, write_unit
from briefgen.model.number import Number, Shown, Style
from briefgen.model.unit import Unit, UnitName, parse_unit

MakeFact = Callable[..., Number]
Units = dict[str, UnitName]
GAP = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"


@pytest.mark.parametrize(
    ("value", "unit", "style", "zh", "en"),
    [
        ("60", "CNY/1M tokens", Style(), "60_元/百万 tokens", "60_CNY per 1M tokens"),
        ("60", "CNY/1M tokens", Style(kind="value"), "60", "60"),
        ("0.060", "CNY/1K tokens", Style(), "0.060_元/千 tokens", "0.060_CNY per 1K tokens"),
        ("7.23", "CNY/USD", Style(), "7.23_元/美元", "7.23_CNY per USD"),
        ("18", "companies", Style(), "18_家", "18_companies"),
        ("12345", "1M CNY", Style(), "12,345_百万元", "12,345_1M CNY"),
        ("3", "1K CNY/tokens", Style(), "3_千元/tokens", "3_1K CNY per tokens"),
        ("25", "%", Style(), "25%", "25%"),
        ("0.5", "1", Style(), "0.5", "0.5"),
        ("9999", "1", Style(), "9999", "9999"),
        ("10000", "1", Style(), "10,000", "10,000"),
        ("-10000.5", "1", Style(), "-10,000.5", "-10,000.5"),
        ("1E+3", "1", Style(), "1000", "1000"),
        ("2.345", "1", Style(digits=2), "2.35", "2.35"),
        ("2", "1", Style(digits=2), "2.00", "2.00"),
        ("0.1666", "1", Style(kind="percent"), "16.7%", "16.7%"),
        ("25", "%", Style(kind="percent", digits=0), "25%", "25%"),
        ("0.05", "1", Style(kind="change"), "+5.0%", "+5.0%"),
        ("-0.05", "1", Style(kind="change"), "-5.0%", "-5.0%"),
        ("0", "1", Style(kind="change"), "0.0%", "0.0%"),
        ("-0.0001", "1", Style(kind="change"), "0.0%", "0.0%"),
        ("3.6166", "1", Style(kind="times"), "3.6_倍", "3.6x"),
        ("3.6166", "1", Style(kind="times", digits=0), "4_倍", "4x"),
    ],
)
def test_numbers(
    value: str, unit: str, style: Style, zh: str, en: str, fact: MakeFact, units: Units
) -> None:
    number = fact("a", value, unit)
    for language, expected in (("zh-CN", zh), ("en", en)):
        written = write_number(number, style, language, units)
        assert written == expected.replace("_", GAP).replace("-", MINUS)


@pytest.mark.parametrize(
    ("value", "unit", "digits", "zh", "en"),
    [
        ("999", "1", None, "999", "999"),
        ("9999", "1", None, "9999", "9.999_k"),
        ("10000", "1", None, "1_万", "10_k"),
        ("128000", "tokens", None, "12.8_万_tokens", "128_k_tokens"),
        ("1234567", "1", 1, "123.5_万", "1.2_m"),
        ("100000000", "CNY", None, "1_亿元", "100_m_CNY"),
        ("1000000000000", "companies", None, "1_万亿家", "1_tn_companies"),
        ("99999999", "1", 0, "1_亿", "100_m"),
        ("50000000", "1", 0, "5000_万", "50_m"),
        ("999999", "1", 0, "100_万", "1_m"),
        ("-25000", "1", None, "-2.5_万", "-25_k"),
        ("12345", "1M CNY", 1, "123.5_亿元", "12.3_bn_CNY"),
        ("0", "1", None, "0", "0"),
    ],
)
def test_compact(
    value: str, unit: str, digits: int | None, zh: str, en: str, fact: MakeFact, units: Units
) -> None:
    number, style = fact("a", value, unit), Style(kind="compact", digits=digits)
    for language, expected in (("zh-CN", zh), ("en", en)):
        written = write_number(number, style, language, units)
        assert written == expected.replace("_", GAP).replace("-", MINUS)


def test_printed_is_what_the_source_printed(fact: MakeFact, units: Units) -> None:
    shown = Shown(number=fact("a", "2", "companies", printed="两大"), style=Style(kind="printed"))
    assert write(shown, "zh-CN", units) == "两大"


def test_halves_are_rounded_away_from_zero(fact: MakeFact, units: Units) -> None:
    for whole in range(50):
        for sign in ("", "-"):
            number = fact("a", f"{sign}{whole}.5")
            written = write_number(number, Style(digits=0), "en", units)
            assert written == f"{sign}{whole + 1}".replace("-", MINUS)


@pytest.mark.parametrize(
    ("unit", "zh", "en"),
    [
        ("1", "", ""),
        ("%", "%", "%"),
        ("CNY", "元", "CNY"),
        ("1B CNY", "十亿元", "1B CNY"),
        ("1K tokens", "千 tokens", "1K tokens"),
        ("CNY/1T tokens", "元/万亿 tokens", "CNY per 1T tokens"),
        ("tokens/1K companies", "tokens/千家", "tokens per 1K companies"),
    ],
)
def test_units(unit: str, zh: str, en: str, units: Units) -> None:
    parsed = parse_unit(unit, units)
    assert write_unit(parsed, "zh-CN", units) == zh
    assert write_unit(parsed, "en", units) == en


def test_a_unit_with_nothing_above_or_with_an_exponent(units: Units) -> None:
    assert write_unit(Unit(factors=(("tokens", -1),)), "en", units) == "1 per tokens"
    assert write_unit(Unit(factors=(("years", 2),)), "en", units) == "years^2"


def test_a_language_without_label_takes_the_first(units: Units) -> None:
    assert write_unit(parse_unit("CNY", units), "de", units) == "元"


def test_what_is_computed_is_written_in_its_true_size(fact: MakeFact, units: Units) -> None:
    """However units are multiplied, number and written unit together say the same amount."""
    words = {"千": 10**3, "百万": 10**6, "十亿": 10**9, "万亿": 10**12}
    money = [fact("m", "3", f"{counted} CNY".strip()) for counted in ("", "1K", "1M", "1B")]
    prices = [fact("p", "7", f"CNY/{counted} tokens") for counted in ("1K", "1M", "1B", "1T")]
    shares = [fact("s", "20", "%"), fact("t", "5", "1")]
    for number in (a * b for a in (*money, *prices) for b in shares):
        text = write_number(number, Style(), "zh-CN", units)
        figure, _, unit = text.replace(",", "").partition(GAP)
        amount = Decimal(figure)
        above, _, below = unit.partition("/")
        for word, factor in words.items():
            amount *= factor if above.startswith(word) else 1
            amount /= factor if below.startswith(f"{word} ") else 1
        assert amount == number.value.scaleb(number.unit.scale), text


@pytest.mark.parametrize(
    ("period", "zh", "en"),
    [
        ("2024-03-25", "2024 年 3 月 25 日", "25 March 2024"),
        ("2024-03", "2024 年 3 月", "March 2024"),
        ("2024-Q1", "2024 年第 1 季度", "Q1 2024"),
        ("2024-H1", "2024 年上半年", "H1 2024"),
        ("2024-H2", "2024 年下半年", "H2 2024"),
        ("2024", "2024 年", "2024"),
        ("2023/2025", "2023 年–2025 年", "2023–2025"),
        ("2023-Q4/2024-Q1", "2023 年第 4 季度–2024 年第 1 季度", "Q4 2023–Q1 2024"),
    ],
)
def test_periods(period: str, zh: str, en: str, units: Units) -> None:
    assert write_period(period, "zh-CN") == zh
    assert write_period(period, "en") == en
    assert write(Shown(period=period), "zh-CN", units) == zh


def test_a_unit_below_the_line_may_be_written_otherwise() -> None:
    labels = {"en": "hours"}
    names = {
        "CNY": UnitName(kind="currency", labels={"en": "CNY"}),
        "hours": UnitName(kind="time", labels=labels, per={"en": "hour"}),
    }
    assert write_unit(parse_unit("CNY/hours", names), "en", names) == "CNY per hour"
    assert write_unit(parse_unit("hours", names), "en", names) == "hours"
    assert write_unit(parse_unit("CNY/1K hours", names), "en", names) == "CNY per 1K hours"
