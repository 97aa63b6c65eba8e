"""Ranges, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex

FIELDS = {"kind": "range", "table": "data", "label": "name", "low": "low", "high": "high"}
ALL = FIELDS | {"mid": "middle", "consensus": "street"}
UNITS = {"name": None, "low": "CNY", "high": "CNY", "middle": "CNY", "street": "CNY"}
ROWS = [
    ("微软智能云收入", 26.0e9, 26.3e9, 26.15e9, 26.24e9),
    ("生产力与业务流程", 19.3e9, 19.6e9, None, 19.1e9),
    ("更多个人计算", 14.7e9, 15.1e9, 14.9e9, None),
    ("亚马逊总收入", 38e9, 43.5e9, None, 42.1e9),
    ("只有上限", None, 30e9, None, None),
]


def bands(on) -> list[tuple[float, float]]:
    return [(bar[0].get_x(), bar[0].get_width()) for bar in on.axes.containers]


def marks(on, marker: str) -> list[tuple[float, float]]:
    found = [line for line in on.axes.lines if line.get_marker() == marker]
    return [(float(x), float(y)) for line in found for x, y in line.get_xydata() if x == x]


def test_a_band_from_low_to_high_with_its_marks(put, table, look) -> None:
    on = put(ALL | {"height_mm": 60}, table(UNITS, ROWS))
    expected = [(26.0e9, 0.3e9), (19.3e9, 0.3e9), (14.7e9, 0.4e9), (38e9, 5.5e9)]
    for band, one in zip(bands(on), expected, strict=True):
        assert band == pytest.approx(one)
    assert marks(on, "o") == [(26.15e9, 0), (14.9e9, 2)]
    assert marks(on, "D") == [(26.24e9, 0), (19.1e9, 1), (42.1e9, 3)]
    assert (30e9, 4) in marks(on, "|")
    assert to_hex(on.axes.lines[0].get_color()) == look.brand


def test_the_numbers_stand_in_columns(put, table) -> None:
    on = put(ALL | {"height_mm": 60}, table(UNITS, ROWS))
    texts = [text.get_text() for text in on.axes.texts]
    assert texts[:6] == ["Low", "260", "193", "147", "380", "–"]
    assert texts[-6:] == ["Street", "262.4", "191", "–", "421", "–"]
    assert on.axes.get_xlabel() == "亿元"


@pytest.mark.parametrize("width_mm", [176, 85])
@pytest.mark.parametrize("fields", [FIELDS, ALL], ids=["two", "four"])
def test_is_readable(width_mm: float, fields: dict[str, str], put, table, readable) -> None:
    texts = readable(put(fields | {"height_mm": 60}, table(UNITS, ROWS), width_mm=width_mm))
    assert "Low–High" in texts


def test_twelve_rows_of_percentages_below_zero_are_readable(put, table, readable) -> None:
    units = dict.fromkeys(UNITS, "%") | {"name": None}
    rows = [(f"Guidance for segment {i}", i - 9, i - 6.5, i - 8, i - 5) for i in range(12)]
    on = put(ALL | {"height_mm": 120}, table(units, rows), width_mm=85, language="en")
    assert "−9" in readable(on)
    assert on.axes.get_xlim()[0] < -9


def test_what_cannot_be_drawn_is_refused(refused, table) -> None:
    error = refused(ALL, table(UNITS, [("x", 3, 2, None, None)]))
    assert (error.field, error.message) == ("low", "`x`: the low number is above the high one")
    assert refused(ALL, table(UNITS, ROWS * 4)).field == "height_mm"
    assert refused(ALL, table(UNITS | {"street": "%"}, ROWS)).field == "consensus"
    assert refused(ALL, table(UNITS, [("x", None, None, None, None)])).field == "low"


def test_is_drawn_twice_as_the_same_bytes(put, table) -> None:
    data, fields = table(UNITS, ROWS), ALL | {"height_mm": 60}
    assert put(fields, data).svg() == put(fields, data).svg()


def test_describes_the_numbers(told, table) -> None:
    units = dict.fromkeys(UNITS, "%") | {"name": None}
    data = table(units, [("增速", 1, 3, 2, None)])
    assert told(ALL, data) == "增速：Low 1%、High 3%、Middle 2%、Street –"
    assert told(FIELDS, data, language="en") == "增速: Low 1%, High 3%"
