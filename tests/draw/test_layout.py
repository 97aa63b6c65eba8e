"""Where texts come to stand, measured with a renderer: inside the figure, apart from each other."""

import pytest
from draw.placing import assert_readable, measured
from matplotlib.patches import Rectangle

from briefgen.draw.canvas import ChartError
from briefgen.draw.charts.chain import Chain
from briefgen.draw.charts.grouped_bar import GroupedBar

BARS = {"kind": "grouped-bar", "table": "prices", "category": "model"}


@pytest.mark.parametrize("width_mm", [176, 85])
@pytest.mark.parametrize(
    "rows",
    [
        [("moonshot-v1-128k", "60", "60"), ("GPT-4 Turbo（128k）", "72", "217")],
        [("甲", "1234567.5", "0.25"), ("乙", "2", "99999"), ("丙", "-1234567", "0")],
        [("只有一行", "0.001", "0.002")],
        [(f"第 {n} 个名称较长的模型", str(1000 * n), str(n)) for n in range(5)],
    ],
    ids=["as shipped", "large and negative", "one row", "five rows"],
)
def test_bars(rows: list[tuple[str, ...]], width_mm: float, draw, make_table) -> None:
    chart = GroupedBar.model_validate({**BARS, "values": ["input", "output"]})
    assert_readable(draw(chart, make_table(*rows), width_mm))


def test_as_many_bars_as_are_accepted(draw, make_table) -> None:
    chart = GroupedBar.model_validate({**BARS, "values": ["input", "output"]})
    accepted = 0
    for count in range(1, 20):
        try:
            on = draw(chart, make_table(*((f"row {n}", str(n), "3") for n in range(count))))
        except ChartError:
            break
        assert_readable(on)
        accepted = count
    assert 3 <= accepted < 19


@pytest.mark.parametrize(
    ("width_mm", "lanes"),
    [
        (
            176,
            [
                ("供给（静态/动态）", "国产模型快速提升", "调用成本低于主流", "应用成本持续下行"),
                ("需求", "使用习惯逐步形成", "金融等成核心需求", "少数应用先闭环"),
            ],
        ),
        (176, [("上游", *("推理卡与算力平台",) * 6)] * 4),
        (85, [("上游", "算力", "模型", "应用"), ("下游", "办公软件", "金融")]),
        (176, [("Demand", "Habits form slowly", "Core demand in finance", "First closed loops")]),
    ],
)
def test_chains(width_mm: float, lanes: list[tuple[str, ...]], draw) -> None:
    data = [{"label": label, "steps": steps} for label, *steps in lanes]
    on = draw(Chain.model_validate({"kind": "chain", "lanes": data}), width_mm=width_mm)
    assert_readable(on)
    _, texts = measured(on)
    rectangles = [p.get_window_extent() for p in on.axes.patches if isinstance(p, Rectangle)]
    for text, box in texts.items():
        if text.get_ha() == "center":
            assert any(r.x0 <= box.x0 and box.x1 <= r.x1 for r in rectangles), text
        else:
            assert not any(r.overlaps(box) for r in rectangles), text
