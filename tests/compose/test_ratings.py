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
    (bands,) = (t for t in note.section("ratings").iter("table") if "bands" in t.get("class"))
    assert [text(td) for td in bands.iter("td")] == ["弱于大市−5%", "中性+5%", "强于大市"]
