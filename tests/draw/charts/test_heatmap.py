"""Heat maps, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex, to_rgb

FIELDS = {"kind": "heatmap", "table": "data", "row": "name", "values": ["a", "b", "c"]}
UNITS = {"name": None, "a": "%", "b": "%", "c": "%"}
ROWS = [("传媒", 12.5, -4, 8), ("计算机", -3.2, -15.4, None), ("通信", 0, 3, 25)]


def cells(on) -> list[tuple[float, float, str]]:
    """Column, row and colour."""
    return [(p.get_x() + 0.5, p.get_y() + 0.5, to_hex(p.get_facecolor())) for p in on.axes.patches]


def lightness(colour: str) -> float:
    return sum(to_rgb(colour))


def test_a_cell_with_its_number_per_row_and_column(put, table) -> None:
    on = put(FIELDS, table(UNITS, ROWS))
    assert [cell[:2] for cell in cells(on)] == [(c, r) for c in range(3) for r in range(3)]
    written = {text.get_position(): text.get_text() for text in on.axes.texts}
    assert written[(0, 0)] == "12.5"
    assert written[(1, 1)] == "−15.4"
    assert written[(2, 1)] == "–"
    assert on.axes.yaxis_inverted()
    assert [label.get_text() for label in on.axes.get_xticklabels()] == ["A", "B", "C"]


def test_the_larger_the_darker_and_negative_in_a_second_colour(put, table, look) -> None:
    on = put(FIELDS, table(UNITS, ROWS))
    colours = {(column, row): colour for column, row, colour in cells(on)}
    rising = [colours[0, 2], colours[1, 2], colours[2, 0], colours[0, 0], colours[2, 2]]
    assert [lightness(c) for c in rising] == sorted(map(lightness, rising), reverse=True)
    assert colours[2, 1] == look.theme.colours.paper
    red, _, blue = to_rgb(colours[2, 2])
    assert red > blue
    red, _, blue = to_rgb(colours[1, 1])
    assert red < blue


def test_numbers_are_legible_on_their_cells(put, table, look) -> None:
    from briefgen.model.colours import contrast

    on = put(FIELDS, table(UNITS, ROWS))
    colours = {(column, row): colour for column, row, colour in cells(on)}
    for text in on.axes.texts:
        assert contrast(to_hex(text.get_color()), colours[text.get_position()]) > 4


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_ten_rows_of_eight_columns_are_readable(language: str, put, table, readable) -> None:
    names = [f"benchmark_{letter}" for letter in "abcdefgh"]
    units = {"name": None, **dict.fromkeys(names, "CNY")}
    rows = [
        (f"第 {i} 个名称较长的模型 Turbo", *((i + j) * 1.23e9 for j in range(8))) for i in range(10)
    ]
    fields = FIELDS | {"values": names, "height_mm": 70}
    texts = readable(put(fields, table(units, rows), language=language))
    assert ("亿元" if language == "zh-CN" else "bn\xa0CNY") in texts
    assert ("12.3" if language == "zh-CN" else "1.23") in texts


def test_is_readable_in_half_width(put, table, readable) -> None:
    readable(put(FIELDS, table(UNITS, ROWS), width_mm=85))


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    assert refused(FIELDS, table(UNITS, ROWS * 9)).message == "27 rows do not fit into 58 mm"
    wide = refused(FIELDS, table(UNITS, [("x", 1234.5678, 2, 3)]), width_mm=30)
    assert wide.message == "3 columns are too narrow for their numbers"
    assert refused(FIELDS, table(UNITS, [("x", None, None, None)])).field == "values"
    assert refused(FIELDS | {"values": ["a", "name"]}, table(UNITS, ROWS)).field == "values.1"


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    assert put(FIELDS, table(UNITS, ROWS)).svg() == put(FIELDS, table(UNITS, ROWS)).svg()


def test_describes_every_row(told, table) -> None:
    data = table(UNITS, ROWS[:2])
    assert told(FIELDS, data) == "传媒：A 12.5%、B −4%、C 8%；计算机：A −3.2%、B −15.4%、C –"
    assert told(FIELDS, table(UNITS, ROWS[:1]), language="en") == "传媒: A 12.5%, B −4%, C 8%"
