"""How an axis writes its numbers."""

import pytest

from briefgen.draw.scale import Scale
from briefgen.model.unit import parse_unit


@pytest.fixture
def scale(look):
    def make(*values: float, unit: str = "CNY", language: str = "zh-CN", **options: bool) -> Scale:
        return Scale(parse_unit(unit, look.units), values, language, look.units, **options)

    return make


@pytest.mark.parametrize(
    ("values", "language", "unit", "written"),
    [
        ((25.8e8, 3e8, -1.5e8, 0), "zh-CN", "亿元", ["25.8", "3", "−1.5", "0"]),
        ((25.8e8, 3e8), "en", "bn\xa0CNY", ["2.58", "0.3"]),
        ((99_999, 5), "zh-CN", "元", ["99,999", "5"]),
        ((100_000, 5), "zh-CN", "万元", ["10", "0.0005"]),
        ((-2e12, 1e8), "zh-CN", "万亿元", ["−2", "0.0001"]),
        ((1_234_567_890,), "zh-CN", "亿元", ["12.35"]),
        ((0.1 + 0.2, 39.6), "zh-CN", "元", ["0.3", "39.6"]),
        ((float("nan"), 2e8), "zh-CN", "亿元", []),
        ((), "zh-CN", "元", []),
    ],
)
def test_all_numbers_are_in_the_magnitude_of_the_largest(
    values: tuple[float, ...], language: str, unit: str, written: list[str], scale
) -> None:
    one = scale(*values, language=language)
    assert one.unit == unit
    assert [one.write(value) for value in values[: len(written)]] == written


def test_the_unit_keeps_what_it_is_counted_per(scale) -> None:
    assert scale(60, unit="CNY/1M tokens").unit == "元/百万 tokens"
    assert scale(2e8, unit="tokens").unit == "亿\xa0tokens"
    assert scale(50, unit="%").unit == "%"
    assert scale(3e8, unit="1").unit == "亿"


def test_every_number_has_a_magnitude_of_its_own(scale) -> None:
    one = scale(1.8e12, 117e6, 8000, unit="tokens", magnitudes=True)
    assert one.unit == "tokens"
    assert [one.write(v) for v in (1.8e12, 117e6, 8000)] == ["1.8\xa0万亿", "1.17\xa0亿", "8000"]
