"""Stages, seen on matplotlib's artists."""

import pytest
from matplotlib.colors import to_hex
from pydantic import ValidationError

from briefgen.draw.charts.stages import Stages

STAGES = [
    {"label": "萌芽期", "from": 1956, "to": 1980, "text": "提出人工智能概念，以符号推理为主"},
    {
        "label": "机器学习",
        "from": "1981",
        "to": "2011",
        "text": "统计学习方法兴起，支持向量机、随机森林等得到应用；互联网积累了大规模数据",
    },
    {"label": "Deep learning", "from": 2012, "to": 2017, "text": "AlexNet wins ImageNet by far"},
    {
        "label": "预训练大模型",
        "from": 2018,
        "to": None,
        "text": "Transformer 架构带来 BERT、GPT 系列，多模态与长文本成为竞争焦点",
    },
]
FIELDS = {"kind": "stages", "stages": STAGES}


def bands(on) -> list[list[tuple[float, float]]]:
    return [patch.get_xy().tolist() for patch in on.axes.patches]


def test_a_band_per_stage_on_one_axis_of_years(put, look) -> None:
    on = put(FIELDS)
    spans = [(min(x for x, _ in band), max(x for x, _ in band)) for band in bands(on)]
    starts, ends = zip(*spans, strict=True)
    per_year = (ends[0] - starts[0]) / 25
    assert [end - start for start, end in spans[1:3]] == pytest.approx(
        [31 * per_year, 6 * per_year]
    )
    assert starts[1:] == pytest.approx(ends[:-1])
    assert {to_hex(patch.get_facecolor()) for patch in on.axes.patches} == {look.brand}


def test_an_open_end_is_an_arrow_to_the_edge(put) -> None:
    *closed, last = bands(put(FIELDS))
    assert {len(band) for band in closed} == {5}
    assert len(last) == 6
    assert max(x for x, _ in last) == pytest.approx(176 - 1.5)


@pytest.mark.parametrize(("width_mm", "height_mm"), [(176, 54), (85, 76)])
def test_is_readable(width_mm: float, height_mm: int, put, readable) -> None:
    texts = readable(put(FIELDS | {"height_mm": height_mm}, width_mm=width_mm))
    assert {"1956–1980", "2018–", "萌芽期"} <= set(texts)
    years = [text for text in texts if text.isdigit()]
    assert years == sorted(years)
    assert len(years) >= 4


def test_one_stage_of_one_year_is_readable(put, readable) -> None:
    stage = {"label": "a", "from": 2024, "to": 2024, "text": "b"}
    assert "2024" in readable(put({"kind": "stages", "stages": [stage]}))


def test_what_does_not_fit_is_refused(put, refused, readable) -> None:
    error = refused(FIELDS | {"height_mm": 30}, width_mm=85)
    assert (error.field, error.message) == ("height_mm", "4 stages do not fit into 30 mm")
    height = int(error.help.split("`")[1].split()[1])
    readable(put(FIELDS | {"height_mm": height}, width_mm=85))


def test_the_years_of_a_stage_are_in_order() -> None:
    stage = STAGES[0] | {"to": 1950}
    with pytest.raises(ValidationError, match="ends in 1950, before it starts in 1956"):
        Stages.model_validate({"kind": "stages", "stages": [stage]})


def test_is_written_as_it_is_read() -> None:
    chart = Stages.model_validate(FIELDS)
    assert Stages.model_validate(chart.model_dump()) == chart
    assert '"from":1956' in chart.model_dump_json()


def test_is_drawn_twice_as_the_same_bytes(put) -> None:
    assert put(FIELDS).svg() == put(FIELDS).svg()


def test_describes_the_stages(told) -> None:
    fields = {"kind": "stages", "stages": [STAGES[0], STAGES[3] | {"text": "b"}]}
    assert told(fields) == (
        "萌芽期（1956–1980）：提出人工智能概念，以符号推理为主；预训练大模型（2018 年起）：b"
    )
    assert told(fields, language="en").endswith("; 预训练大模型 (from 2018): b")
