"""Ranked bars, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "ranked-bar", "table": "data", "label": "name", "value": "value"}
NAMES = (
    "字节跳动豆包大模型通用版（企业服务）",
    "阿里云通义千问",
    "Moonshot AI Kimi",
    "智谱 ChatGLM-4 Enterprise",
    "科大讯飞星火认知大模型",
)
TWENTY = [(f"{NAMES[i % 5]} {i}", round((21 - i) * 25.8e8)) for i in range(20)]


def bars(on) -> list[float]:
    return [bar.get_width() for bar in on.axes.containers[0]]


def numbers(on) -> list[str]:
    return [text.get_text() for text in on.axes.texts]


def test_a_bar_per_row_from_the_top_in_the_order_of_the_table(put, table, look) -> None:
    on = put(FIELDS, table({"name": None, "value": "%"}, [("a", 3), ("b", 7.5), ("c", -2)]))
    assert bars(on) == [3, 7.5, -2]
    assert [bar.get_y() + bar.get_height() / 2 for bar in on.axes.containers[0]] == [0, 1, 2]
    assert on.axes.yaxis_inverted()
    assert [label.get_text() for label in on.axes.get_yticklabels()] == ["a", "b", "c"]
    assert numbers(on) == ["3", "7.5", "−2"]
    assert on.axes.get_xlabel() == "%"
    assert {to_hex(bar.get_facecolor()) for bar in on.axes.containers[0]} == {look.brand}


def test_numbers_stand_outside_the_bars(put, table, readable) -> None:
    rows = [("涨", 42.5), ("平", 0), ("跌", -38.2), ("缺", None)]
    on = put(FIELDS, table({"name": None, "value": "%"}, rows), width_mm=85)
    readable(on)
    sides = [text.get_ha() for text in on.axes.texts]
    assert sides == ["left", "left", "right", "left"]
    assert [text.xy[0] for text in on.axes.texts] == [42.5, 0, -38.2, 0]
    left, right = on.axes.get_xlim()
    assert left < -38.2
    assert right > 42.5


def test_a_missing_number_is_a_dash_without_a_bar(put, table) -> None:
    on = put(FIELDS, table({"name": None, "value": "CNY"}, [("a", 3), (None, None)]))
    assert numbers(on) == ["3", "–"]
    assert on.axes.get_yticklabels()[1].get_text() == "–"


@pytest.mark.parametrize(
    ("language", "unit", "first", "tick"),
    [("zh-CN", "亿元", "541.8", "100"), ("en", "bn\xa0CNY", "54.18", "10")],
)
def test_large_numbers_share_a_magnitude_that_the_unit_names(
    language: str, unit: str, first: str, tick: str, put, table, readable
) -> None:
    fields = FIELDS | {"height_mm": 110}
    on = put(fields, table({"name": None, "value": "CNY"}, TWENTY), language=language)
    assert on.axes.get_xlabel() == unit
    assert numbers(on)[0] == first
    assert tick in readable(on)
    assert bars(on)[0] == 541.8e8


@pytest.mark.parametrize("width_mm", [176, 85])
def test_twenty_bars(width_mm: float, put, refused, table, readable) -> None:
    data = table({"name": None, "value": "CNY"}, TWENTY)
    error = refused(FIELDS, data, width_mm=width_mm)
    assert error.field == "height_mm"
    assert error.message == "20 rows do not fit into 58 mm"
    height = int(error.help.split("`")[1].split()[1])
    assert 80 < height < 140
    texts = readable(put(FIELDS | {"height_mm": height}, data, width_mm=width_mm))
    assert len(texts) >= 40


def test_text_and_empty_columns_are_refused(refused, table) -> None:
    data = table({"name": None, "value": "%"}, [("a", None), ("b", None)])
    assert refused(FIELDS, data).message == "table `data` has no numbers to draw"
    error = refused(FIELDS | {"value": "name"}, data)
    assert (error.field, error.message) == ("value", "column `name` holds text, not numbers")


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    data = table({"name": None, "value": "%"}, [("$a_1$", 3), ("b", 7.5)])
    svg = put(FIELDS, data).svg()
    assert svg == put(FIELDS, data).svg()
    assert "$a_1$" in svg


def test_describes_every_row(told, table) -> None:
    data = table({"name": None, "value": "%"}, [("甲", 3.5), ("乙", -20), ("丙", None)])
    assert told(FIELDS, data) == "甲：3.5%；乙：−20%；丙：–"
    assert told(FIELDS, data, language="en") == "甲: 3.5%; 乙: −20%; 丙: –"
    data = table({"name": None, "value": "CNY"}, TWENTY[:1])
    assert told(FIELDS, data).endswith("：541.8\xa0亿")
    assert told(FIELDS, data, language="en").endswith(": 54.18\xa0bn")
