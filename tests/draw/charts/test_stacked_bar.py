"""Stacked bars, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "stacked-bar", "table": "data", "label": "name", "parts": ["a", "b", "c"]}
CNY = {"name": None, "a": "CNY", "b": "CNY", "c": "CNY"}
PERCENT = {"name": None, "a": "%", "b": "%", "c": "%"}
ROWS = [("一季度", 50, 30, 20), ("二季度", 60, None, 40)]


def parts(on) -> list[tuple[float, float]]:
    """Start and width of every part, series by series."""
    return [(bar.get_x(), bar.get_width()) for box in on.axes.containers for bar in box]


def numbers(on) -> list[str]:
    return [text.get_text() for text in on.axes.texts]


def test_parts_follow_each_other_and_the_sum_stands_at_the_end(put, table) -> None:
    on = put(FIELDS, table(CNY, ROWS))
    assert parts(on) == [(0, 50), (0, 60), (50, 30), (80, 20), (60, 40)]
    assert numbers(on) == ["50", "60", "30", "20", "40", "100", "–"]


def test_parts_are_told_apart_without_colour(put, table, look) -> None:
    on = put(FIELDS, table(CNY, ROWS))
    bars = [box[0] for box in on.axes.containers]
    assert to_hex(bars[0].get_facecolor()) == look.brand
    assert [bar.get_hatch() for bar in (bars[0], bars[2], bars[3])] == ["", "", "/////"]
    (legend,) = on.figure.legends
    assert [handle.get_hatch() for handle in legend.get_patches()] == ["", "", "/////"]
    assert [text.get_text() for text in legend.get_texts()] == ["A", "B", "C"]


def test_shares_are_computed_from_amounts(put, table) -> None:
    on = put(FIELDS | {"share": True}, table(CNY, [("x", 1, 1, 1), ("y", 3e9, 1e9, 0)]))
    assert [width for _, width in parts(on)] == pytest.approx(
        [100 / 3, 75, 100 / 3, 25, 100 / 3, 0]
    )
    assert numbers(on) == ["33.3", "75", "33.3", "25", "33.3"]
    assert on.axes.get_xlabel() == "%"
    assert on.axes.get_xlim() == (0, 100)


def test_percentages_are_shown_as_given(put, table) -> None:
    on = put(FIELDS | {"share": True}, table(PERCENT, [("x", 64.1, 24.8, None)]))
    assert [width for _, width in parts(on)] == pytest.approx([64.1, 24.8])
    assert numbers(on) == ["64.1", "24.8"]


def test_negative_parts_go_to_the_left(put, table, readable) -> None:
    on = put(FIELDS, table(CNY, [("x", 50, -20, 30)]))
    readable(on)
    assert parts(on) == [(0, 50), (0, -20), (50, 30)]
    assert numbers(on)[-1] == "60"
    assert on.axes.get_xlim()[0] <= -20


def test_a_number_that_does_not_fit_its_part_is_left_out(put, table) -> None:
    on = put(FIELDS, table(CNY, [("x", 1000, 1, 1)]))
    assert numbers(on) == ["1000", "1002"]


@pytest.mark.parametrize("width_mm", [176, 85])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_five_parts_in_ten_rows_are_readable(
    width_mm: float, language: str, put, table, readable
) -> None:
    names = ["online_marketing", "cloud", "international", "local", "other"]
    units = {"name": None, **dict.fromkeys(names, "CNY")}
    rows = [
        (f"2023-Q{i} 企业客户与开发者", *((i + 2) * x * 1e8 for x in (8, 4, 3, 1.5, 0.4)))
        for i in range(10)
    ]
    fields = FIELDS | {"parts": names, "height_mm": 90}
    texts = readable(put(fields, table(units, rows), width_mm=width_mm, language=language))
    assert ("亿元" if language == "zh-CN" else "bn\xa0CNY") in texts


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    shares = FIELDS | {"share": True}
    error = refused(shares, table(PERCENT, [("x", 60, 30, 20)]))
    assert (error.field, error.message) == ("share", "the parts of `x` are 110 %, more than 100 %")
    error = refused(shares, table(CNY, [("x", 60, -30, 20)]))
    assert error.message == "`x` has a negative part: no share of 100 %"
    assert refused(FIELDS, table(CNY, ROWS * 20)).field == "height_mm"
    assert refused(FIELDS, table(CNY, [("x", None, None, None)])).field == "parts"
    mixed = refused(FIELDS, table(PERCENT | {"b": "CNY"}, ROWS))
    assert mixed.field == "parts.1"
    many = {"name": None, **dict.fromkeys("abcdef", "CNY")}
    error = refused(FIELDS | {"parts": list("abcdef")}, table(many, [("x", *range(6))]))
    assert error.field == "parts.5"


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    assert put(FIELDS, table(CNY, ROWS)).svg() == put(FIELDS, table(CNY, ROWS)).svg()


def test_describes_the_parts(told, table) -> None:
    assert told(FIELDS, table(PERCENT, ROWS)) == (
        "一季度：A 50%、B 30%、C 20%；二季度：A 60%、B –、C 40%"
    )
    assert told(FIELDS, table(CNY, [("x", 3e8, 2, 1)]), language="en") == "x: A 300\xa0m, B 2, C 1"
