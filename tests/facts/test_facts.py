"""The numbers, dates and names of the published reports are in the data and in the PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.facts.conftest import Rebuilt

    Covers = Callable[..., None]
    ReadTable = Callable[[str], list[dict[str, str]]]
    Squeeze = Callable[[str], str]
    Text = Callable[[str], str]


def test_the_data_hold_the_facts(one: Rebuilt, covers: Covers) -> None:
    """The number of the given name has the value, in the unit; dates are among the dates."""
    missing = [str(fact) for fact in one.facts if not one.holds(fact)]
    covers(f"{one.slug}: facts in the data", len(one.facts), missing)


@pytest.mark.slow
def test_the_pdf_says_the_facts(one: Rebuilt, text: Text, covers: Covers) -> None:
    missing = [str(fact) for fact in one.facts if not one.said(fact, text(one.slug))]
    covers(f"{one.slug}: facts in the PDF", len(one.facts), missing, 0.98)


@pytest.mark.slow
def test_the_pdf_says_the_names(
    one: Rebuilt, text: Text, table: ReadTable, squeeze: Squeeze, covers: Covers
) -> None:
    """Companies, products, ratings, indices, titles, addresses, laws."""
    names = table(f"{one.slug}-names.tsv")
    squeezed = squeeze(text(one.slug))
    missing = [" ".join(row.values()) for row in names if squeeze(row["text"]) not in squeezed]
    covers(f"{one.slug}: names in the PDF", len(names), missing)


def test_a_fact_needs_its_value_its_unit_and_its_number(rebuilt: dict[str, Rebuilt]) -> None:
    """The comparison is no formality: what is changed is missing."""
    one = rebuilt["tfzq-kimi-2024-03-25"]
    price = next(fact for fact in one.facts if fact.unit == "CNY per 1M tokens")
    assert one.holds(price)
    for change in (
        {"value": "61"},
        {"unit": "USD per 1K tokens"},
        {"unit": "CNY per 1K tokens"},
        {"unit": "fraction"},
        {"number": "survey_sample"},
        {"value": "2024-03-26", "unit": "date"},
    ):
        changed = type(price)(**{**price.fields(), **change})
        assert not one.holds(changed), changed
        assert not one.said(changed, "60元/百万tokens61元/百万tokens"), changed
    assert one.said(price, "60元/百万tokens")
    assert not one.said(price, "60元/千tokens")
