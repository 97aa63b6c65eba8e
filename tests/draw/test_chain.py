"""Chains, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Annotation

from briefgen.draw.canvas import ChartError
from briefgen.draw.charts.chain import Chain


def chain(*lanes: tuple[str, ...], height_mm: int = 58) -> Chain:
    """A chain of lanes, each a label and its steps."""
    data = [{"label": label, "steps": steps} for label, *steps in lanes]
    return Chain.model_validate({"kind": "chain", "height_mm": height_mm, "lanes": data})


LANES = chain(("供给", "模型提升", "成本下降", "应用增多"), ("需求", "习惯形成", "先行闭环"))


def boxes(axes) -> list[Rectangle]:
    return [patch for patch in axes.patches if isinstance(patch, Rectangle)]


def arrows(axes) -> list[Annotation]:
    return [text for text in axes.texts if isinstance(text, Annotation)]


def words(axes) -> list[str]:
    return [text.get_text() for text in axes.texts if not isinstance(text, Annotation)]


def test_a_box_per_step_and_an_arrow_between_two(draw) -> None:
    axes = draw(LANES).axes
    assert len(boxes(axes)) == 5
    assert len(arrows(axes)) == 3
    assert words(axes) == [
        "供给",
        "模型提升",
        "成本下降",
        "应用增多",
        "需求",
        "习惯形成",
        "先行闭环",
    ]


def test_arrows_go_from_one_box_to_the_next(draw) -> None:
    axes = draw(LANES).axes
    edges = [(box.get_x(), box.get_x() + box.get_width()) for box in boxes(axes)]
    for arrow, (left, right) in zip(arrows(axes), [(0, 1), (1, 2), (3, 4)], strict=True):
        assert arrow.xyann[0] == pytest.approx(edges[left][1])
        assert arrow.xy[0] == pytest.approx(edges[right][0])
        assert arrow.xy[1] == arrow.xyann[1]


def test_boxes_do_not_touch_and_stay_inside(draw) -> None:
    on = draw(LANES)
    for one in boxes(on.axes):
        assert 0 < one.get_x() < one.get_x() + one.get_width() <= on.width_mm + 1e-9
        assert 0 <= one.get_y() < one.get_y() + one.get_height() <= on.height_mm
        for other in boxes(on.axes):
            assert one is other or not one.get_bbox().overlaps(other.get_bbox())


def test_the_last_step_of_each_lane_has_the_brokerages_colour(draw, look) -> None:
    faces = [to_hex(box.get_facecolor()) for box in boxes(draw(LANES).axes)]
    tint = look.theme.colours.tint
    assert faces == [tint, tint, look.brand, tint, look.brand]


def test_a_long_text_is_wrapped(draw) -> None:
    text = "国产模型能力在一年之内快速提升并且追上海外"
    axes = draw(chain(("供给", text, "b", "c", "d"))).axes
    lines = [word for word in words(axes) if word in text]
    assert len(lines) == 2
    assert "".join(lines) == text


@pytest.mark.parametrize(
    ("lanes", "field"),
    [
        ([("供给", "b", "很长" * 40)], "lanes.0.steps.1"),
        ([("供给", "a", "b"), ("需求", "w" * 80, "b")], "lanes.1.steps.0"),
        ([("标签" * 40, "a", "b")], "lanes.0.label"),
    ],
)
def test_too_long_a_text_is_refused_where_it_stands(
    lanes: list[tuple[str, ...]], field: str, draw
) -> None:
    with pytest.raises(ChartError) as caught:
        draw(chain(*lanes))
    assert caught.value.field == field
    assert caught.value.message.endswith("is too long for its place")
    assert caught.value.help == "shorten it"


def test_in_a_low_chart_less_text_fits(draw) -> None:
    lanes = ("甲", "一二三四五六七八九十" * 3, "b"), ("乙", "c", "d"), ("丙", "e", "f")
    draw(chain(*lanes, height_mm=58))
    with pytest.raises(ChartError):
        draw(chain(*lanes, height_mm=20))


def test_describes_lanes_and_steps_in_the_language() -> None:
    assert LANES.describe({}, "zh-CN") == (
        "供给：模型提升 → 成本下降 → 应用增多；需求：习惯形成 → 先行闭环"
    )
    assert LANES.describe({}, "en") == (
        "供给: 模型提升 → 成本下降 → 应用增多; 需求: 习惯形成 → 先行闭环"
    )
