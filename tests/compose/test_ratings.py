"""Rating definitions written from the bounds, and the bounds in dispute."""

from decimal import Decimal

import pytest

from briefgen.compose.ratings import contested
from briefgen.model.rating import Bound, RatingClass, Reading, Scheme, percent

STATED = "{label: 中性, lower: {at: -5, included: false}, upper: {at: 5, included: false}}"
CLASSES = """    classes:
      - {label: 强于大市, lower: {at: 5, included: true}}
      - {label: 中性, lower: {at: -5, included: false}, upper: {at: 5, included: false}}
      - {label: 弱于大市, upper: {at: -5, included: true}}
"""


def definitions(note, text) -> dict[str, str]:
    tables = [t for t in note.section("ratings").iter("table") if "ratings" in t.get("class")]
    cells = ([text(c) for c in row] for row in tables[0].iter("tr"))
    return {row[-2]: row[-1] for row in list(cells)[1:]}


@pytest.mark.parametrize(
    ("value", "written"),
    [("20", "+20%"), ("-10", "−10%"), ("0", "0%"), ("2.5", "+2.5%"), ("-0", "0%")],
)
def test_bounds(value: str, written: str) -> None:
    assert percent(Decimal(value)) == written


@pytest.mark.parametrize(
    ("band", "written"),
    [
        ("lower: {at: 5, included: true}", "+5% 及以上"),
        ("lower: {at: 5, included: false}", "高于 +5%"),
        ("lower: {at: 5}", "+5% 以上*"),
        ("upper: {at: -5, included: true}", "−5% 及以下"),
        ("upper: {at: -5, included: false}", "低于 −5%"),
        ("upper: {at: -5}", "−5% 以下*"),
        ("lower: {at: -5}, upper: {at: 5}", "−5% 至 +5%*"),
        ("lower: {at: -5, included: true}, upper: {at: 5}", "−5% 至 +5%*"),
        ("lower: {at: -5, included: true}, upper: {at: 5, included: false}", "[−5%, +5%)"),
        ("lower: {at: 0, included: false}, upper: {at: 5, included: true}", "(0%, +5%]"),
        ("", "全部区间"),
    ],
)
def test_definitions(band: str, written: str, note, text) -> None:
    classes = f"    classes:\n      - {{label: 中性{', ' if band else ''}{band}}}\n"
    note.edit("brokerages/house.yaml", CLASSES, classes)
    assert definitions(note, text) == {"中性": written}


def test_measure_horizon_and_benchmark_stand_beside(note, text) -> None:
    written = text(note.section("ratings"))
    assert "6 个月内" in written
    assert "相对同期沪深 300 指数的收益" in written


def test_alternative_benchmarks_and_a_range_of_months(note, text) -> None:
    note.edit(
        "brokerages/house.yaml",
        "    benchmarks: {CN: 沪深 300 指数}",
        "    benchmarks: {CN: 沪深 300 指数, US: {names: [标普 500 指数, 纳斯达克综合指数]}}",
    )
    note.edit("brokerages/house.yaml", "{months: 6}", "{months: 6, up_to: 12}")
    written = text(note.section("ratings"))
    assert "6–12 个月内" in written
    assert "相对同期沪深 300 指数、标普 500 指数或纳斯达克综合指数的收益" in written


def test_disputed_bounds_are_listed_with_four_readings(note, text) -> None:
    note.edit("brokerages/house.yaml", STATED, "{label: 中性, lower: {at: -5}, upper: {at: 5}}")
    (table,) = (
        t for t in note.section("ratings").iter("table") if "contested" in t.get("class", "")
    )
    rows = [[text(cell) for cell in row] for row in table.iter("tr")][1:]
    assert [row[1:] for row in rows] == [
        ["+5%", "强于大市、中性", "强于大市", "强于大市", "强于大市、中性"],
        ["−5%", "中性、弱于大市", "弱于大市", "中性、弱于大市", "弱于大市"],
    ]


def test_without_dispute_there_is_no_list(note, text) -> None:
    tables = [t.get("class") for t in note.section("ratings").iter("table")]
    assert not [name for name in tables if "contested" in name]


def test_a_bound_that_nobody_claims_is_disputed() -> None:
    def bound(included: bool | None) -> Bound:
        return Bound(at=Decimal(10), included=included)

    scheme = Scheme(
        measure="absolute_return",
        horizon={"months": 12},
        benchmarks={},
        classes=(
            RatingClass(label="high", lower=bound(None)),
            RatingClass(label="low", upper=bound(None)),
        ),
    )
    (found,) = contested(scheme)
    assert found.at == "+10%"
    assert dict(found.claims) == {
        Reading.CLOSED: ("high", "low"),
        Reading.OPEN: (),
        Reading.LOWER: ("high",),
        Reading.UPPER: ("low",),
    }


def test_the_bands_are_drawn_from_low_to_high(note, text) -> None:
    (bands,) = (e for e in note.section("ratings").iter("ol") if e.get("class") == "bands")
    assert [text(li) for li in bands.iter("li")] == ["弱于大市−5%", "中性+5%", "强于大市"]


COVERAGE = """coverage:
  as_of: 2024-03-22
  rows:
    - {security: kingsoft-office, label: 强, bucket: buy, since: 2023-01-05, banking_client: true}
    - {security: kingsoft-office, label: 强, bucket: buy, since: 2023-01-05}
    - {security: kingsoft-office, label: 弱, bucket: sell, since: 2023-01-05}
"""
NOTHING = "restricted: {as_of: 2024-03-25, rows: []}\n"


def test_the_distribution_over_the_coverage_list(note, text) -> None:
    """Three securities: two 强 (66.7 %, one client of two), one 弱."""
    note.edit("disclosures/house.yaml", NOTHING, COVERAGE)
    section = note.section("ratings")
    (table,) = (t for t in section.iter("table") if "distribution" in t.get("class", ""))
    assert [[text(cell) for cell in row] for row in table.iter("tr")][1:] == [
        ["买入类", "2", "66.7%", "1", "50.0%"],
        ["持有类", "0", "0.0%", "0", "–"],
        ["卖出类", "1", "33.3%", "0", "0.0%"],
        ["弱", "1", "33.3%", "0", "0.0%"],
        ["强", "2", "66.7%", "1", "50.0%"],
    ]
    written = text(section)
    assert "截至 2024 年 3 月 22 日，共覆盖 3 只证券，其中 1 只" in written
    assert "“强”归入买入类；“弱”归入卖出类" in written
    assert "“占全部覆盖”以 3 为分母" in written


def test_an_empty_coverage_list_says_so_and_a_missing_one_nothing(note, text) -> None:
    assert "评级分布" not in text(note.section("ratings"))
    note.edit("disclosures/house.yaml", NOTHING, "coverage: {as_of: 2024-03-22, rows: []}\n")
    assert "本机构没有覆盖任何证券" in text(note.section("ratings"))


def test_what_the_checks_find_in_a_scheme_is_written_out(note, text) -> None:
    note.edit("brokerages/house.yaml", STATED, "{label: 中性, lower: {at: -5}, upper: {at: 5}}")
    note.edit(
        "brokerages/house.yaml",
        "{months: 6}",
        "{months: 6, where: 表内, also_printed: {months: 6, up_to: 12, where: 备注}}",
    )
    note.edit(
        "briefing.yaml",
        "  - {kind: ratings, title: 评级定义}",
        "  - {kind: ratings, title: 评级定义}\n"
        "  - kind: reconciliation\n"
        "    title: 勘误\n"
        "    explanations: {CHK206 sector @2f2d: 照录。}",
    )
    (table,) = note.section("reconciliation").iter("table")
    assert [[text(cell) for cell in row] for row in table.iter("tr")][1:] == [
        [
            "行业投资评级的端点",
            "+5%、−5% 由相邻两档共用，至少一档没有写明是否含端点。",
            "端点都计入：+5% 兼属“强于大市”与“中性”、−5% 兼属“中性”与“弱于大市”；"
            "都不计入：不重不漏；只计下端点：−5% 兼属“中性”与“弱于大市”；"
            "只计上端点：+5% 兼属“强于大市”与“中性”。使各档不重不漏的读法：端点均不包含。照录。",
        ],
        [
            "行业投资评级的期限",
            "表内作 6 个月；备注作 6–12 个月。",
            "期限不同，同样的涨跌可落入不同的评级；本文取 6 个月。",
        ],
    ]
