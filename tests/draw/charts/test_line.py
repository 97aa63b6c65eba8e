"""Lines, seen on matplotlib's artists."""

from datetime import date
from math import isnan, nan, sin

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "line", "table": "data", "date": "date", "lines": ["ai", "media"]}
ALL = FIELDS | {"benchmark": "market", "events": "news", "height_mm": 70}
UNITS = {"date": None, "ai": "%", "media": "%", "market": "%"}
DAYS = [f"2024-{month:02d}-{day:02d}" for month in (1, 2, 3) for day in range(2, 28, 2)]
SERIES = [
    (day, round(i * 0.9 + 8 * sin(i / 3), 2), None if 10 < i < 14 else -0.2 * i, round(sin(i), 2))
    for i, day in enumerate(DAYS)
]
NEWS = [
    ("2024-02-15", "OpenAI 发布视频生成模型 Sora"),
    ("2024-02-15", "Google 发布 Gemini 1.5 Pro，上下文 100 万 tokens"),
    ("2024-03", "月之暗面宣布 Kimi 支持 200 万字无损上下文并开启内测"),
    ("2024-03-18", "Kimi launches a context of two million characters for testers"),
    ("2024-03-22", "阿里通义千问升级"),
]
NEWS_UNITS = {"date": None, "event": None}


def test_a_line_per_column_with_gaps_where_numbers_are_missing(put, table, look) -> None:
    on = put(FIELDS | {"benchmark": "market"}, table(UNITS, SERIES))
    first, second, market = on.axes.lines[:3]
    days = [date.fromisoformat(day).toordinal() for day in DAYS]
    assert list(first.get_xdata()) == days
    assert list(first.get_ydata()) == [row[1] for row in SERIES]
    expected = [nan if row[2] is None else row[2] for row in SERIES]
    assert list(second.get_ydata()) == pytest.approx(expected, nan_ok=True)
    assert isnan(second.get_ydata()[12])
    assert to_hex(first.get_color()) == look.brand
    assert to_hex(market.get_color()) == look.theme.colours.mute
    assert len({line.get_linestyle() for line in (first, second)}) == 2


def test_the_last_number_stands_at_the_end_of_each_line(put, table) -> None:
    on = put(FIELDS, table(UNITS, SERIES))
    ends = {text.get_text(): text.xy for text in on.axes.texts[1:]}
    last = date(2024, 3, 26).toordinal()
    assert ends[f"{SERIES[-1][1]:g}"] == (last, SERIES[-1][1])
    assert ends["−7.6"] == (last, pytest.approx(-7.6))


@pytest.mark.parametrize("width_mm", [176, 85])
def test_lines_with_benchmark_and_events_are_readable(
    width_mm: float, put, table, readable
) -> None:
    fields = ALL if width_mm > 100 else ALL | {"height_mm": 90}
    tables = table(UNITS, SERIES), table(NEWS_UNITS, NEWS, name="news")
    on = put(fields, *tables, width_mm=width_mm)
    texts = readable(on)
    assert {"1", "5", "%", "Ai", "Market", "2024-03-22"} <= set(texts)
    marked = [line.get_xdata()[0] for line in on.axes.lines if len(set(line.get_xdata())) == 1]
    days = (date(2024, 2, 15), date(2024, 2, 15), date(2024, 3, 16), date(2024, 3, 18))
    assert marked[:4] == [day.toordinal() for day in days]


@pytest.mark.parametrize(
    "dates",
    [
        ["2019", "2020", "2021", "2022"],
        ["2023-Q3", "2023-Q4", "2024-Q1"],
        [f"2023-{month:02d}" for month in range(1, 13)],
        ["2024-03-25"],
    ],
)
def test_years_quarters_months_and_one_day_are_readable(
    dates: list[str], put, table, readable
) -> None:
    rows = [(day, i * 1e9, i * 1.01e9) for i, day in enumerate(dates, start=1)]
    units = {"date": None, "ai": "CNY", "media": "CNY"}
    on = put(FIELDS, table(units, rows), width_mm=85, language="en")
    texts = readable(on)
    assert dates[-1] in texts
    assert "bn\xa0CNY" in texts
    assert on.axes.lines[0].get_marker() == "o"


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    data, news = table(UNITS, SERIES), table(NEWS_UNITS, NEWS, name="news")
    error = refused(FIELDS, table(UNITS, SERIES[::-1]))
    assert (error.field, error.message) == ("date", "the dates are not in order")
    assert refused(FIELDS, table(UNITS, [("gestern", 1, 2, 3)])).field == "date"
    assert refused(FIELDS, table(UNITS, [("2024", None, None, 1)])).field == "lines"
    assert refused(FIELDS, table(UNITS | {"media": "CNY"}, SERIES)).field == "lines.1"
    assert refused(FIELDS | {"lines": ["ai"], "benchmark": "date"}, data).field == "benchmark"
    error = refused(ALL, data, table({"day": None, "event": None}, NEWS, name="news"))
    assert (error.field, error.message) == ("events", "table `news` has no column `date`")
    early = table(NEWS_UNITS, [("2019", "x")], name="news")
    assert (
        refused(ALL, data, early).message == "the event of 2019 lies outside the dates of the lines"
    )
    error = refused(ALL | {"height_mm": 30}, data, news, width_mm=85)
    assert error.field == "height_mm"


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    tables = table(UNITS, SERIES), table(NEWS_UNITS, NEWS, name="news")
    assert put(ALL, *tables).svg() == put(ALL, *tables).svg()


def test_describes_short_lines_whole_and_long_ones_by_their_ends(told, table) -> None:
    short = table(UNITS, [("2022", 1, None, 3), ("2023", -2, 5, 4)])
    assert told(FIELDS, short) == "Ai：2022 1%、2023 −2%；Media：2023 5%"
    units = {"date": None, "ai": "%"}
    long = table(units, [(day, {5: -3, 30: 99}.get(i, i)) for i, day in enumerate(DAYS)])
    news = table(NEWS_UNITS, NEWS[:1], name="news")
    fields = FIELDS | {"lines": ["ai"], "events": "news"}
    assert told(fields, long, news, language="en") == (
        "Ai: 2024-01-02 0%, 2024-01-12 −3%, 2024-03-10 99%, 2024-03-26 38%; "
        "Events: 2024-02-15 OpenAI 发布视频生成模型 Sora"
    )
