"""Text that keeps its place: wrapped, spread, measured."""

from itertools import pairwise

import pytest

from briefgen.draw.canvas import canvas
from briefgen.draw.labels import line_mm, longest_word_mm, spread, width_mm, wrap


@pytest.fixture(scope="module")
def page(look):
    with canvas("labels", 176, 58, look, {}) as on:
        yield on


def test_widths_are_those_of_the_font(page) -> None:
    ideograph = width_mm(page, "价")
    assert ideograph == pytest.approx(7.6 * 25.4 / 72)
    assert width_mm(page, "价格\n价") == pytest.approx(2 * ideograph)
    assert width_mm(page, "iii") < width_mm(page, "WWW") < 3 * ideograph
    assert width_mm(page, "Kimi", bold=True) > width_mm(page, "Kimi")
    assert ideograph < line_mm(page) < 1.5 * ideograph


@pytest.mark.parametrize(
    ("text", "ideographs", "lines"),
    [
        ("应用成本持续下行", 4, ["应用成本", "持续下行"]),
        ("应用成本持续下行", 7, ["应用成本", "持续下行"]),
        ("成本下降，应用增多", 4.5, ["成本下", "降，应", "用增多"]),
        ("供给（动态）侧", 4, ["供给（动", "态）侧"]),
        ("调用 OpenAI 模型", 5, ["调用", "OpenAI", "模型"]),
        ("gpt-3.5-turbo", 4.5, ["gpt-3.5-", "turbo"]),
        ("GPT-4 Turbo", 4, ["GPT-4", "Turbo"]),
        ("短", 9, ["短"]),
        ("", 9, [""]),
    ],
)
def test_wrap(text: str, ideographs: float, lines: list[str], page) -> None:
    assert wrap(page, text, ideographs * width_mm(page, "价") + 0.01) == lines


@pytest.mark.parametrize("even", [True, False])
def test_lines_are_no_wider_than_the_limit_and_lose_nothing(even: bool, page) -> None:
    text = "月之暗面 moonshot-v1-128k 的输出价格，低于 GPT-4 Turbo（128k）" + "w" * 40
    for limit in range(8, 90, 3):
        lines = wrap(page, text, limit, even=even)
        assert max(width_mm(page, line) for line in lines) <= limit
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")


def test_filled_lines_leave_no_single_character(page) -> None:
    text = "一二三四五六七八九十甲"
    limit = 10 * width_mm(page, "价") + 0.01
    assert wrap(page, text, limit, even=False) == ["一二三四五六", "七八九十甲"]
    assert wrap(page, text + "乙丙丁", limit, even=False) == ["一二三四五六七八九十", "甲乙丙丁"]


def test_the_longest_word(page) -> None:
    assert longest_word_mm(page, "AI 芯片 Turbo") == width_mm(page, "Turbo")


@pytest.mark.parametrize(
    ("wishes", "sizes", "middles"),
    [
        ([1, 5, 9], [2, 2, 2], [1, 5, 9]),
        ([5, 5, 5], [2, 2, 2], [3, 5, 7]),
        ([0, 0], [2, 4], [1, 4]),
        ([10, 10], [2, 2], [7, 9]),
        ([5, 5.5, 9], [1, 1, 1], [4.75, 5.75, 9]),
        ([], [], []),
    ],
)
def test_spread(wishes: list[float], sizes: list[float], middles: list[float]) -> None:
    assert spread(wishes, sizes, 0, 10) == pytest.approx(middles)


def test_what_is_spread_stays_apart_and_inside() -> None:
    wishes = sorted((i * 37) % 50 for i in range(20))
    sizes = [1 + i % 3 for i in range(20)]
    middles = spread(wishes, sizes, 2, 44)
    ends = [(m - s / 2, m + s / 2) for m, s in zip(middles, sizes, strict=True)]
    assert ends[0][0] >= 2 - 1e-9
    assert ends[-1][1] <= 44 + 1e-9
    assert all(upper[1] <= lower[0] + 1e-9 for upper, lower in pairwise(ends))
