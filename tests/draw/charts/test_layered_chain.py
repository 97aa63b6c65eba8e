"""Layered chains, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

LAYERS = [
    {
        "label": "应用层",
        "items": [
            "办公：文档总结、会议纪要",
            "教育：个性化辅导",
            "金融：研报解读",
            "医疗",
            "法律",
            "游戏 NPC",
            "电商导购",
        ],
    },
    {"label": "模型层", "items": ["通用大模型：Kimi、通义千问、GLM-4", "行业大模型", "多模态模型"]},
    {
        "label": "算力与基础设施层",
        "items": ["AI 芯片", "服务器", "光模块", "交换机", "IDC 与液冷", "Infrastructure software"],
    },
]
FIELDS = {"kind": "layered-chain", "layers": LAYERS}
COUNT = sum(len(layer["items"]) for layer in LAYERS)


def boxes(on, colour: str) -> list[Rectangle]:
    found = [patch for patch in on.axes.patches if isinstance(patch, Rectangle)]
    return [box for box in found if to_hex(box.get_facecolor()) == colour]


def test_a_band_with_its_label_per_layer_and_a_box_per_item(put, look) -> None:
    on = put(FIELDS | {"height_mm": 70})
    bands = boxes(on, look.theme.colours.tint)
    assert len(bands) == len(boxes(on, look.brand)) == 3
    assert [band.get_y() for band in bands] == sorted(band.get_y() for band in bands)
    items = boxes(on, look.theme.colours.paper)
    assert len(items) == COUNT
    for item in items:
        inside = [b for b in bands if b.get_y() < item.get_y() < b.get_y() + b.get_height()]
        assert len(inside) == 1
        assert item.get_y() + item.get_height() < inside[0].get_y() + inside[0].get_height()


def test_arrows_go_up_from_layer_to_layer(put) -> None:
    on = put(FIELDS | {"height_mm": 70})
    arrows = [text for text in on.axes.texts if isinstance(text, Annotation)]
    assert len(arrows) == 2 * 3
    assert all(arrow.xy[1] < arrow.xyann[1] for arrow in arrows)
    assert all(arrow.xy[0] == arrow.xyann[0] for arrow in arrows)


@pytest.mark.parametrize(("width_mm", "height_mm"), [(176, 58), (85, 90)])
def test_texts_are_readable_inside_their_boxes(
    width_mm: float, height_mm: int, put, look, readable
) -> None:
    on = put(FIELDS | {"height_mm": height_mm}, width_mm=width_mm)
    readable(on)
    frames = boxes(on, look.theme.colours.paper) + boxes(on, look.brand)
    frames = [frame.get_window_extent() for frame in frames]
    for text in on.axes.texts:
        if not isinstance(text, Annotation):
            box = text.get_window_extent()
            assert any(f.x0 <= box.x0 < box.x1 <= f.x1 for f in frames), text


def test_what_does_not_fit_is_refused(put, refused, readable) -> None:
    error = refused(FIELDS | {"height_mm": 30}, width_mm=85)
    assert (error.field, error.message) == ("height_mm", "3 layers do not fit into 30 mm")
    height = int(error.help.split("`")[1].split()[1])
    readable(put(FIELDS | {"height_mm": height}, width_mm=85))


def test_a_word_is_cut_only_when_it_is_wider_than_the_layer(put, readable) -> None:
    layers = [{"label": "a", "items": ["Supercalifragilistic" * 5, "b"]}, LAYERS[1]]
    texts = readable(put(FIELDS | {"layers": layers}, width_mm=85))
    assert "Supercalifragilistic" * 5 in "".join(texts)
    layers = [{"label": "a", "items": ["Infrastructure"] * 12}, LAYERS[1]]
    assert readable(put(FIELDS | {"layers": layers}, width_mm=85)).count("Infrastructure") == 12


def test_is_drawn_twice_as_the_same_bytes(put) -> None:
    assert put(FIELDS).svg() == put(FIELDS).svg()


def test_describes_the_layers_from_the_base(told) -> None:
    layers = [{"label": "上", "items": ["a", "b"]}, {"label": "下", "items": ["c"]}]
    assert told(FIELDS | {"layers": layers}) == "自下而上：下：c；上：a、b"
    assert told(FIELDS | {"layers": layers}, language="en") == "From the base up: 下: c; 上: a, b"
