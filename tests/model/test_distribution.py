"""The distribution of ratings over the coverage, with figures worked out by hand."""

from __future__ import annotations

import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.model.distribution import Count, RatingDistribution, distribution
from briefgen.workspace import open_workspace

DESK = Path(__file__).parents[1] / "full_desk"
COVERAGE = """    - {security: shili-soft, label: 买入, bucket: buy, since: 2025-06-01}
    - {security: shili-cloud, label: 持有, bucket: hold, since: 2024-06-01, banking_client: true}
    - {security: example-inc, label: 卖出, bucket: sell, since: 2025-10-08}
"""


def counted(tmp_path: Path, rows: str | None = COVERAGE) -> RatingDistribution | None:
    """The distribution of the full desk with other rows; None takes the list away."""
    data = Path(shutil.copytree(DESK, tmp_path / "desk")) / "data"
    file = data / "disclosures" / "house.yaml"
    head = "coverage:\n  as_of: 2025-12-31\n  rows:\n"
    text = file.read_text(encoding="utf-8")
    assert text.count(head + COVERAGE) == 1
    new = "" if rows is None else head + rows if rows else head.replace("rows:", "rows: []")
    file.write_text(text.replace(head + COVERAGE, new), encoding="utf-8")
    opened = open_workspace(data.parent)
    assert opened.value is not None
    briefing = pipeline.load(opened.value, "note").made.value
    assert briefing is not None
    return distribution(briefing)


def test_counts_shares_and_banking_clients(tmp_path: Path) -> None:
    """Five securities: buy 3 (60 %, of which 1 client), hold 2 (40 %, of which 1), sell none."""
    found = counted(
        tmp_path,
        COVERAGE.replace("label: 卖出, bucket: sell", "label: 持有, bucket: hold")
        + "    - {security: shili-soft, label: 增持, bucket: buy, since: 2025-01-02}\n"
        + "    - {security: shili-cloud, label: 买入, bucket: buy, since: 2025-01-02,"
        " banking_client: true}\n",
    )
    assert found is not None
    assert (str(found.as_of), found.total, found.clients) == ("2025-12-31", 5, 2)
    share = Decimal
    assert found.buckets == (
        Count("buy", 3, 1, share("0.6"), Decimal(1) / 3),
        Count("hold", 2, 1, share("0.4"), share("0.5")),
        Count("sell", 0, 0, share(0), None),
    )
    assert found.labels == (
        Count("买入", 2, 1, share("0.4"), share("0.5")),
        Count("持有", 2, 1, share("0.4"), share("0.5")),
        Count("增持", 1, 0, share("0.2"), share(0)),
    )
    assert found.mapping == {"buy": ("买入", "增持"), "hold": ("持有",)}


def test_labels_stand_from_the_best(tmp_path: Path) -> None:
    found = counted(tmp_path, "".join(reversed(COVERAGE.splitlines(keepends=True))))
    assert found is not None
    assert [count.name for count in found.labels] == ["买入", "持有", "卖出"]


def test_without_a_list_nothing_is_known_and_an_empty_one_says_none(tmp_path: Path) -> None:
    assert counted(tmp_path / "without", None) is None
    found = counted(tmp_path / "empty", "")
    assert found is not None
    assert (found.total, found.labels, found.mapping) == (0, (), {})
    assert [count.share for count in found.buckets] == [0, 0, 0]


@pytest.mark.parametrize("bucket", ["buy", "sell"])
def test_a_label_in_two_buckets_is_listed_in_both(tmp_path: Path, bucket: str) -> None:
    found = counted(
        tmp_path,
        COVERAGE.replace("label: 持有, bucket: hold", f"label: 持有, bucket: {bucket}")
        + "    - {security: shili-soft, label: 持有, bucket: hold, since: 2025-01-02}\n",
    )
    assert found is not None
    assert "持有" in found.mapping[bucket]
    assert "持有" in found.mapping["hold"]
