"""Columns, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "columns", "table": "data", "label": "name", "values": ["sales"]}
UNITS = {"name": None, "sales": "CNY", "profit": "CNY", "growth": "%"}
QUARTERS = [
    (
        f"{2021 + i // 4}-Q{i % 4 + 1}",
        round((20 + i * 1.7) * 1e8),
        None if i == 4 else round((2 - (i % 5) * 0.9) * 1e8),
        round(12 + (-1) ** i * i * 1.3, 1),
    )
    for i in range(12)
]
BOTH = FIELDS | {"values": ["sales", "profit"], "growth": "growth", "height_mm": 62}
SIZES = [("GPT-1", 117_000_000), ("GPT-3", 175_000_000_000), ("某大模型（市场估计）", 18 * 10**11)]


def columns(on) -> list[tuple[float, float]]:
    """Foot and head of every column."""
    bars = [bar for box in on.axes.containers for bar in box]
    return [(bar.get_y(), bar.get_y() + bar.get_height()) for bar in bars]


def numbers(on) -> list[str]:
    """Numbers at the columns: texts of the axes after the unit."""
    return [text.get_text() for text in on.axes.texts[1:]]


def test_a_column_per_row_and_value(put, table, look) -> None:
    data = table(UNITS, [("2022", 5, 2, 1), ("2023", 8, -3, 2)])
    on = put(FIELDS | {"values": ["sales", "profit"]}, data)
    assert columns(on) == [(0, 5), (0, 8), (0, 2), (0, -3)]
    assert numbers(on) == ["5", "8", "2", "−3"]
    first, second = on.axes.containers
    assert to_hex(first[0].get_facecolor()) == look.brand
    assert first[0].get_x() + first[0].get_width() <= second[0].get_x()
    assert [label.get_text() for label in on.axes.get_xticklabels()] == ["2022", "2023"]
    assert on.axes.texts[0].get_text() == "元"


def test_growth_is_a_line_above_the_columns_on_its_own_axis(put, table) -> None:
    on = put(BOTH, table(UNITS, QUARTERS))
    second = on.figure.axes[1]
    (line,) = second.lines
    assert list(line.get_ydata()) == [row[3] for row in QUARTERS]
    to_points = second.transData.transform
    lowest = min(to_points((x, y))[1] for x, y in line.get_xydata())
    highest = max(on.axes.transData.transform((0, head))[1] for _, head in columns(on))
    assert lowest > highest
    texts = [text.get_text() for text in second.texts]
    assert texts[0] == "%"
    assert texts[1:] == [f"{row[3]:g}".replace("-", "−") for row in QUARTERS]


@pytest.mark.parametrize("width_mm", [176, 85])
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_twelve_quarters_are_readable(width_mm: float, language: str, put, table, readable) -> None:
    fields = BOTH if width_mm > 100 else BOTH | {"values": ["sales"]}
    data = table(UNITS, QUARTERS)
    on = put(fields, data, width_mm=width_mm, language=language)
    unit = "亿元" if language == "zh-CN" else "bn\xa0CNY"
    assert {unit, "%", "Growth"} <= set(readable(on))


def test_a_dash_stands_for_a_missing_number(put, table, readable) -> None:
    on = put(FIELDS | {"values": ["profit"]}, table(UNITS, QUARTERS), width_mm=85)
    assert "–" in readable(on)
    assert numbers(on)[4] == "–"
    assert on.axes.texts[5].xy == (4, 0)


def test_long_names_and_numbers_are_turned(put, table, readable) -> None:
    rows = [(f"名称很长的第 {i} 家上市公司", 123456.78 + i) for i in range(10)]
    on = put(FIELDS | {"height_mm": 80}, table({"name": None, "sales": "%"}, rows), width_mm=85)
    readable(on)
    assert {text.get_rotation() for text in on.axes.get_xticklabels()} == {90}


def test_a_logarithmic_axis_gives_every_number_its_magnitude(put, table, readable) -> None:
    data = table({"name": None, "sales": "tokens"}, SIZES)
    on = put(FIELDS | {"log": True}, data, width_mm=85)
    texts = readable(on)
    assert on.axes.get_yscale() == "log"
    assert numbers(on) == ["1.17\xa0亿", "1750\xa0亿", "1.8\xa0万亿"]
    assert [head for _, head in columns(on)] == pytest.approx([size for _, size in SIZES])
    assert "100\xa0亿" in texts
    assert "tokens" in texts
    english = put(FIELDS | {"log": True}, data, width_mm=85, language="en")
    assert numbers(english) == ["117\xa0m", "175\xa0bn", "1.8\xa0tn"]


@pytest.mark.parametrize("value", [0, -3])
def test_a_logarithmic_axis_has_no_place_for_zero(value: int, refused, table) -> None:
    data = table({"name": None, "sales": "tokens"}, [("a", 5), ("b", value)])
    error = refused(FIELDS | {"log": True}, data)
    assert error.field == "values.0"
    assert error.message == f"`b` is {value}: a logarithmic axis has no place for it"


def test_one_column_is_drawn(put, table, readable) -> None:
    for fields in (FIELDS, FIELDS | {"log": True}):
        assert "5" in readable(put(fields, table(UNITS, [("2022", 5, 2, 1)])))


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    many = table(UNITS, [(f"第 {i} 家公司", 12345 + i, 1, 1) for i in range(40)])
    error = refused(FIELDS | {"values": ["sales", "profit"]}, many, width_mm=85)
    assert error.message == "80 columns are too narrow for their labels"
    low = refused(BOTH | {"height_mm": 30}, table(UNITS, QUARTERS))
    assert low.field == "height_mm"
    assert int(low.help.split("`")[1].split()[1]) > 40
    empty = table(UNITS, [("a", 1, None, None)])
    assert refused(FIELDS | {"growth": "growth"}, empty).field == "growth"
    assert refused(FIELDS | {"values": ["profit"]}, empty).field == "values"
    assert refused(FIELDS | {"growth": "name"}, empty).field == "growth"


def test_the_height_that_is_named_is_enough(put, refused, table, readable) -> None:
    data = table(UNITS, QUARTERS)
    error = refused(BOTH | {"height_mm": 30}, data)
    readable(put(BOTH | {"height_mm": int(error.help.split("`")[1].split()[1])}, data))


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    data = table(UNITS, QUARTERS)
    assert put(BOTH, data).svg() == put(BOTH, data).svg()


def test_describes_the_numbers(told, table) -> None:
    data = table(UNITS, QUARTERS[3:5])
    assert told(BOTH, data) == (
        "2021-Q4：Sales 25.1\xa0亿、Profit −7000\xa0万、Growth 8.1%；"
        "2022-Q1：Sales 26.8\xa0亿、Profit –、Growth 17.2%"
    )
    assert told(FIELDS, data, language="en") == "2021-Q4: 2.51\xa0bn; 2022-Q1: 2.68\xa0bn"
