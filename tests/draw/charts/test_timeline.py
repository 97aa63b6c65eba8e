"""Timelines, seen on matplotlib's artists."""

from itertools import pairwise

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "timeline", "table": "data", "date": "date", "event": "event", "height_mm": 110}
UNITS = {"date": None, "event": None, "group": None}
EVENTS = [
    ("2022-11-30", "OpenAI 发布 ChatGPT，两个月内月活用户突破 1 亿", "海外"),
    ("2023-03-14", "GPT-4 发布，支持图像输入，上下文长度提升", "海外"),
    ("2023-03-16", "百度发布文心一言", "国内"),
    ("2023-04", "阿里云发布通义千问并开放企业邀测", "国内"),
    ("2023-07-13", "国家网信办等七部门公布《生成式人工智能服务管理暂行办法》", "监管"),
    ("2023-Q4", "Google releases Gemini, a family of multimodal models", "海外"),
    ("2024-02-15", "OpenAI 发布视频生成模型 Sora", "海外"),
    *[
        (f"2024-03-{day}", f"第 {day} 日：大模型厂商宣布长文本能力升级并开启内测", "国内")
        for day in range(10, 25)
    ],
]


def rows(on) -> list[tuple[str, str]]:
    """Dates with the first line of their event."""
    texts = [text for text in on.axes.texts if text.get_ha() == "left"]
    dates = [text for text in texts if text.get_weight() == "bold"]
    return [
        (date.get_text(), next(t.get_text() for t in texts if t is not date and level(t, date)))
        for date in dates
    ]


def level(one, other) -> bool:
    return one.get_position()[1] == other.get_position()[1]


def dots(on) -> list[tuple[float, float, str]]:
    found = [line for line in on.axes.lines if line.get_marker() != "None"]
    return [(*map(float, line.get_xydata()[0]), to_hex(line.get_color())) for line in found]


def test_events_are_in_order_of_time(put, table) -> None:
    on = put(FIELDS, table(UNITS, [EVENTS[2], EVENTS[0], EVENTS[3]]), width_mm=176)
    assert rows(on) == [event[:2] for event in (EVENTS[0], EVENTS[2], EVENTS[3])]


def test_dots_stand_at_their_time_in_the_colour_of_their_group(put, table, look) -> None:
    data = [("2020", "a", "x"), ("2021", "b", "y"), ("2024", "c", "x")]
    on = put(FIELDS | {"group": "group"}, table(UNITS, data))
    (x0, first, _), (x1, second, _), (x2, third, _) = dots(on)
    assert x0 == x1 == x2
    assert (second - first) / (third - first) == pytest.approx(1 / 4, abs=0.002)
    second_colour = look.theme.colours.series[0]
    assert [colour for *_, colour in dots(on)] == [look.brand, second_colour, look.brand]
    (legend,) = on.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["x", "y"]
    assert len({handle.get_marker() for handle in legend.legend_handles}) == 2


def test_leaders_lead_from_dots_to_dates_and_do_not_cross(put, table) -> None:
    on = put(FIELDS, table(UNITS, EVENTS))
    axis = dots(on)[0][0]
    leaders = [line.get_xydata() for line in on.axes.lines if len(line.get_xydata()) == 2]
    leaders = [ends for ends in leaders if ends[0][0] == axis < ends[1][0]]
    assert len(leaders) == len(EVENTS) == 22
    for upper, lower in pairwise(leaders):
        assert upper[0][1] <= lower[0][1]
        assert upper[1][1] < lower[1][1]


@pytest.mark.parametrize(("width_mm", "height_mm"), [(176, 100), (85, 185)])
def test_twenty_two_events_are_readable(
    width_mm: float, height_mm: int, put, table, readable
) -> None:
    fields = FIELDS | {"group": "group", "height_mm": height_mm}
    texts = readable(put(fields, table(UNITS, EVENTS), width_mm=width_mm))
    assert {date for date, *_ in EVENTS} <= set(texts)
    assert {"海外", "国内", "监管"} <= set(texts)


def test_one_event_and_events_of_one_day_are_readable(put, table, readable) -> None:
    readable(put(FIELDS, table(UNITS, EVENTS[:1])))
    readable(put(FIELDS, table(UNITS, [("2024-03-25", f"事件 {i}", None) for i in range(9)])))


def test_the_height_that_is_named_is_enough(put, refused, table, readable) -> None:
    data = table(UNITS, EVENTS)
    error = refused(FIELDS | {"height_mm": 40}, data, width_mm=85)
    assert error.field == "height_mm"
    assert error.message == "22 events do not fit into 40 mm"
    height = int(error.help.split("`")[1].split()[1])
    readable(put(FIELDS | {"height_mm": height}, data, width_mm=85))


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    error = refused(FIELDS, table(UNITS, [("2024-03-25", "a", None), ("去年", "b", None)]))
    assert error.field == "date"
    assert (
        error.message == "row 2 of table `data`: `去年` is not a day, month, quarter, half or year"
    )
    error = refused(FIELDS, table(UNITS, [(None, "a", None)]))
    assert error.message == "row 1 of table `data` has no `date`"
    groups = [("2024", "a", str(i)) for i in range(6)]
    error = refused(FIELDS | {"group": "group"}, table(UNITS, groups))
    assert error.message == "`group` has 6 groups, the theme has 5 colours"
    assert refused(FIELDS, table(UNITS, [])).field == "table"


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    data = table(UNITS, EVENTS)
    assert put(FIELDS, data).svg() == put(FIELDS, data).svg()


def test_describes_the_events_in_order(told, table) -> None:
    data = table(UNITS, [("2024-03", "后", None), ("2023", "先", None)])
    assert told(FIELDS, data) == "2023：先；2024-03：后"
    assert told(FIELDS, data, language="en") == "2023: 先; 2024-03: 后"
