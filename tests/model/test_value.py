"""What text fields accept."""

from datetime import date
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from briefgen.model.brokerage import Colour
from briefgen.model.source import Source
from briefgen.model.value import Day, Flag, Identifier, Market, Period, Slug


def accepts(kind: Any, value: Any) -> bool:
    try:
        TypeAdapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


@pytest.mark.parametrize(
    "period",
    [
        "2024-03-25",
        "2024-02-29",
        "2024-03",
        "2024-12",
        "2024-Q1",
        "2024-Q4",
        "2024-H2",
        "2024",
        "2023/2025",
        "2024-01-01/2024-Q2",
    ],
)
def test_periods(period: str) -> None:
    assert TypeAdapter(Period).validate_python(period) == period


@pytest.mark.parametrize(
    "period",
    [
        "",
        "24",
        "2024-3",
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "2024-Q0",
        "2024-Q5",
        "2024-H3",
        "2024-W10",
        "2024/",
        "2022/2023/2024",
        "2024-03-25T10:00",
        "２０２４",
        "2024年",
        " 2024",
    ],
)
def test_no_periods(period: str) -> None:
    assert not accepts(Period, period)


def test_a_wrong_period_is_told_what_is_wrong() -> None:
    with pytest.raises(ValidationError, match="no such day: 2024-02-30"):
        TypeAdapter(Period).validate_python("2024-02-30")
    with pytest.raises(ValidationError, match="no such month: 2024-13"):
        TypeAdapter(Period).validate_python("2024-13")


def test_days() -> None:
    assert TypeAdapter(Day).validate_python("2024-03-25") == date(2024, 3, 25)
    assert TypeAdapter(Day).validate_python(date(2024, 3, 25)) == date(2024, 3, 25)


@pytest.mark.parametrize(
    "day", ["2024-3-25", "2024-02-30", "20240325", "25.03.2024", "2024-03", "２０２４-03-25", ""]
)
def test_no_days(day: str) -> None:
    assert not accepts(Day, day)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (Identifier, ["a", "usd_cny", "q1"], ["", "1a", "_a", "Usd", "usd-cny", "价格", "a\n"]),
        (Slug, ["a", "tfzq-kimi-2024-03-25", "v1.5"], ["", "-a", "a-", "a--b", "A", "a/b", ".."]),
        (Market, ["CN", "HK"], ["cn", "CHN", "C", ""]),
        (Colour, ["#8c1d2b"], ["#8C1D2B", "8c1d2b", "#fff", "red", "#8c1d2b;"]),
        (Flag, [True, False], ["true", "yes", 1, 0]),
    ],
)
def test_names(kind: Any, good: list[Any], bad: list[Any]) -> None:
    assert [value for value in good if not accepts(kind, value)] == []
    assert [value for value in bad if accepts(kind, value)] == []


def test_values_are_frozen_and_know_their_fields() -> None:
    source = Source(title="t", publisher="p", kind="media")
    with pytest.raises(ValidationError, match="frozen"):
        source.title = "other"
    with pytest.raises(ValidationError, match="extra"):
        Source(title="t", publisher="p", kind="media", captoin="x")
