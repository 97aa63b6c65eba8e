"""Dates on an axis."""

from datetime import date

import pytest

from briefgen.draw.dates import apart, middle, ticks


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("2024-03-25", "2024-03-25", "2024-03-25"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-12", "2023-12-01", "2023-12-31"),
        ("2024-Q4", "2024-10-01", "2024-12-31"),
        ("2024-H1", "2024-01-01", "2024-06-30"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2023/2025", "2023-01-01", "2025-12-31"),
    ],
)
def test_a_period_stands_at_its_middle(period: str, first: str, last: str) -> None:
    days = [date.fromisoformat(day).toordinal() for day in (first, last)]
    assert middle(period) == sum(days) / 2


@pytest.mark.parametrize("text", ["", "03/2024", "2024-13", "2024-02-30", "去年", "2024-Q5"])
def test_other_texts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a day, month, quarter, half or year"):
        middle(text)


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2018-06-01", "2023-03-01", ["2019", "2020", "2021", "2022", "2023"]),
        ("2023-11-15", "2024-02-20", ["2023-12", "2024-01", "2024-02"]),
        ("1956-06-01", "2024-01-01", ["1960", "1970", "1980", "1990", "2000", "2010", "2020"]),
        ("2024-03-10", "2024-03-20", []),
    ],
)
def test_ticks_stand_at_the_starts_of_years_or_months(
    first: str, last: str, texts: list[str]
) -> None:
    low, high = (date.fromisoformat(day).toordinal() for day in (first, last))
    found = ticks(low, high, 50, 6)
    assert [text for _, text in found] == texts
    assert all(date.fromordinal(int(day)).day == 1 for day, _ in found)
    assert all(low <= day <= high for day, _ in found)


def test_labels_that_would_touch_are_left_out_the_last_never() -> None:
    assert apart([0, 4, 8, 12], [3, 3, 3, 3], 0.5) == [0, 1, 2, 3]
    assert apart([0, 2, 4, 6], [3, 3, 3, 3], 0.5) == [1, 3]
    assert apart([0, 1], [3, 3], 0) == [1]
    assert apart([], [], 1) == []
