"""Dumbbells, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "dumbbell", "table": "data", "label": "name", "before": "old", "after": "new"}
UNITS = {"name": None, "old": "CNY/1M tokens", "new": "CNY/1M tokens"}
CUTS = [
    ("Qwen-Long", 20, 0.5),
    ("ERNIE-Speed", 4, 0),
    ("豆包 pro-32k", None, 0.8),
    ("混元 lite", 8, None),
    ("Spark Lite", 15, 15),
    ("文心一言 4.0 旗舰版（企业服务）", 96, 120),
    ("无价", None, None),
]
TALL = FIELDS | {"height_mm": 70}


def dots(on) -> list[tuple[float, float]]:
    found = [line for line in on.axes.lines if line.get_marker() == "o"]
    return [
        (float(x), float(y))
        for line in found
        for x, y in line.get_xydata()
        if x == x  # not NaN
    ]


def changes(on) -> list[str]:
    return [text.get_text() for text in on.axes.texts if text.get_text().endswith("%")]


def test_two_dots_per_row_and_the_line_between(put, table) -> None:
    on = put(TALL, table(UNITS, CUTS[:2]))
    assert dots(on) == [(20, 0), (0.5, 0), (4, 1), (0, 1)]
    links = [list(line.get_xdata()) for line in on.axes.lines if line.get_marker() == "None"]
    assert links[:2] == [[0.5, 20], [0, 4]]


def test_before_is_hollow_and_after_has_the_brokerages_colour(put, table, look) -> None:
    on = put(TALL, table(UNITS, CUTS[:1]))
    before, after = (line for line in on.axes.lines if line.get_marker() == "o")
    assert to_hex(before.get_markerfacecolor()) == look.theme.colours.paper
    assert to_hex(after.get_markerfacecolor()) == look.brand


def test_numbers_stand_outside_and_the_change_at_the_right(put, table) -> None:
    on = put(TALL, table(UNITS, CUTS))
    assert changes(on) == ["−97.5%", "−100.0%", "0.0%", "+25.0%"]
    sides = {text.get_text(): text.get_ha() for text in on.axes.texts}
    assert (sides["0.5"], sides["20"], sides["96"], sides["120"]) == (
        "right",
        "left",
        "right",
        "left",
    )
    assert [text.get_text() for text in on.axes.texts].count("15") == 1


@pytest.mark.parametrize("width_mm", [176, 85])
@pytest.mark.parametrize(("language", "head"), [("zh-CN", "变化"), ("en", "Change")])
def test_is_readable(width_mm: float, language: str, head: str, put, table, readable) -> None:
    texts = readable(put(TALL, table(UNITS, CUTS), width_mm=width_mm, language=language))
    assert head in texts
    assert {"Old", "New", "–"} <= set(texts)


def test_is_readable_with_twelve_rows_of_large_numbers(put, table, readable) -> None:
    units = {"name": None, "old": "CNY", "new": "CNY"}
    rows = [(f"公司 {i}", (12 - i) * 3.21e9, (12 - i) * 2.5e9) for i in range(12)]
    on = put(TALL | {"height_mm": 80}, table(units, rows), width_mm=85)
    assert on.axes.get_xlabel() == "亿元"
    assert "385.2" in readable(on)


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    error = refused(FIELDS, table(UNITS, CUTS * 3))
    assert error.field == "height_mm"
    other = table({"name": None, "old": "CNY", "new": "%"}, [("a", 1, 2)])
    assert refused(FIELDS, other).field == "after"
    assert refused(FIELDS, table(UNITS, CUTS[-1:])).message.endswith("no numbers to draw")
    narrow = table(UNITS, [("企业服务", 1, 2)])
    assert refused(TALL, narrow, width_mm=34).help.startswith("shorten the names")


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    data = table(UNITS, CUTS)
    assert put(TALL, data).svg() == put(TALL, data).svg()


def test_describes_both_numbers(told, table) -> None:
    data = table(UNITS, CUTS[:3])
    assert told(FIELDS, data) == (
        "Qwen-Long：Old 20、New 0.5；ERNIE-Speed：Old 4、New 0；豆包 pro-32k：Old –、New 0.8"
    )
    assert told(FIELDS, table(UNITS, CUTS[:1]), language="en") == "Qwen-Long: Old 20, New 0.5"
