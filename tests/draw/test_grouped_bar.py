"""Grouped bars, seen on matplotlib's artists."""

from decimal import Decimal
from itertools import pairwise

import pytest
from matplotlib.colors import to_hex

from briefgen.draw.canvas import ChartError
from briefgen.draw.charts.grouped_bar import GroupedBar

BARS = GroupedBar(kind="grouped-bar", table="prices", category="model", values=("input", "output"))


def test_one_bar_per_row_and_column_as_long_as_its_number(draw, make_table) -> None:
    axes = draw(BARS, make_table()).axes
    lengths = [[bar.get_width() for bar in series] for series in axes.containers]
    assert lengths == [[60, 72], [60, 217]]
    assert all(bar.get_x() == 0 for series in axes.containers for bar in series)


def test_the_first_series_has_the_brokerages_colour(draw, make_table, look) -> None:
    axes = draw(BARS, make_table()).axes
    colours = [{to_hex(bar.get_facecolor()) for bar in series} for series in axes.containers]
    assert colours == [{look.brand}, {look.theme.colours.series[0]}]


def test_bars_stand_in_groups_from_top_to_bottom(draw, make_table) -> None:
    axes = draw(BARS, make_table()).axes
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "moonshot-v1-128k",
        "GPT-4 Turbo",
    ]
    assert axes.yaxis_inverted()
    spans = sorted(
        (bar.get_y(), bar.get_y() + bar.get_height())
        for series in axes.containers
        for bar in series
    )
    assert all(one[1] <= other[0] for one, other in pairwise(spans))
    assert [round(sum(one) / 2) for one in spans] == [0, 0, 1, 1]


def test_every_bar_has_its_number_at_its_end(draw, make_table) -> None:
    axes = draw(BARS, make_table()).axes
    numbers = {text.xy: text.get_text() for text in axes.texts}
    assert sorted(text for text in numbers.values()) == ["217", "60", "60", "72"]
    assert all(float(text) == x for (x, _), text in numbers.items())


def test_numbers_are_written_as_the_language_writes_them(draw, make_table) -> None:
    table = make_table(("a", "12345.5", "-0.10"), ("b", "0.125", "20"))
    axes = draw(BARS, table).axes
    assert {text.get_text() for text in axes.texts} == {"12,345.5", "−0.1", "0.125", "20"}


def test_the_axis_is_written_as_the_language_writes_numbers(draw, make_table) -> None:
    on = draw(BARS, make_table(("a", "3000000", "0.3"), ("b", "-1000000", "2")))
    on.figure.draw_without_rendering()
    labels = [label.get_text() for label in on.axes.get_xticklabels()]
    assert {"−1,000,000", "0", "3,000,000"} <= set(labels)
    assert on.axes.xaxis.get_offset_text().get_text() == ""
    small = draw(BARS, make_table(("a", "0.001", "0.002")))
    small.figure.draw_without_rendering()
    assert max(len(label.get_text()) for label in small.axes.get_xticklabels()) <= 7


def test_unit_at_the_axis_and_legend_with_titles(draw, make_table) -> None:
    on = draw(BARS, make_table())
    assert on.axes.get_xlabel() == "元/百万 tokens"
    (legend,) = on.figure.legends
    assert [text.get_text() for text in legend.get_texts()] == ["输入", "输出"]
    english = draw(BARS, make_table(), language="en")
    assert english.axes.get_xlabel() == "CNY per 1M tokens"


def test_the_axis_holds_zero_and_all_numbers(draw, make_table) -> None:
    for rows, expected in (
        ([("a", "60", "217")], (True, True)),
        ([("a", "-5", "10"), ("b", "-20", "3")], (True, True)),
        ([("a", "-5", "-10")], (True, True)),
        ([("a", "0", "0")], (True, True)),
    ):
        low, high = draw(BARS, make_table(*rows)).axes.get_xlim()
        numbers = [float(cell) for _, *cells in rows for cell in cells]
        assert (low <= min(0, *numbers), high >= max(0, *numbers)) == expected
        assert low < high


def test_a_missing_cell_has_neither_bar_nor_number(draw, make_table) -> None:
    axes = draw(BARS, make_table(("a", "60", None), ("b", "72", "217"))).axes
    assert [text.get_text() for text in axes.texts] == ["60", "72", "", "217"]
    low, high = axes.get_xlim()
    assert (low, high > 217) == (0, True)


def test_a_column_of_text_is_refused(draw, make_table) -> None:
    with pytest.raises(ChartError) as caught:
        draw(BARS.model_copy(update={"values": ("input", "model")}), make_table())
    assert caught.value.field == "values.1"
    assert caught.value.message == "column `model` holds text, not numbers"


def test_columns_of_two_units_are_refused(draw, make_table) -> None:
    with pytest.raises(ChartError) as caught:
        draw(BARS, make_table(units=("CNY/1M tokens", "CNY/1K tokens")))
    assert caught.value.field == "values.1"
    assert caught.value.help == "draw columns of one unit in one chart"


def test_a_table_without_any_number_is_refused(draw, make_table) -> None:
    with pytest.raises(ChartError) as caught:
        draw(BARS, make_table(("a", None, None)))
    assert caught.value.message == "table `prices` has no numbers to draw"


def test_more_bars_than_fit_are_refused_with_the_height_they_need(draw, make_table) -> None:
    table = make_table(*((f"row {n}", str(n), str(2 * n)) for n in range(20)))
    with pytest.raises(ChartError) as caught:
        draw(BARS, table)
    assert caught.value.field == "height_mm"
    assert caught.value.message == "40 bars do not fit into 58 mm"
    height = Decimal(caught.value.help.split("`")[1].split()[1])
    higher = BARS.model_copy(update={"height_mm": height})
    assert len(draw(higher, table).axes.texts) == 40


def test_more_series_than_colours_are_refused(draw, make_table, look) -> None:
    few = look.theme.colours.model_copy(update={"series": ("#000000",)})
    theme = look.theme.model_copy(update={"colours": few})
    chart = BARS.model_copy(update={"values": ("input", "output", "input")})
    with pytest.raises(ChartError, match="colours for 2 series"):
        draw(chart, make_table(), theme=theme)


def test_describes_every_number_in_the_language(make_table) -> None:
    tables = {"prices": make_table(("kimi", "60", None), ("gpt", "72", "217"))}
    assert BARS.describe(tables, "zh-CN") == "kimi：输入 60、输出 –；gpt：输入 72、输出 217"
    assert BARS.describe(tables, "en") == "kimi: 输入 60, 输出 –; gpt: 输入 72, 输出 217"
