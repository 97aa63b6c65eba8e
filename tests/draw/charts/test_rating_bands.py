"""Rating bands: a lane per house, gaps and zero-width classes visible."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.draw.canvas import ChartError, canvas
from briefgen.draw.charts.rating_bands import RatingBands
from briefgen.draw.style import Look
from briefgen.model.bands import NAME, rating_bands
from briefgen.model.briefing import Briefing
from briefgen.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[3]
SLUG = "spdbi-aigc-2024-04-22"


@pytest.fixture(scope="module")
def workspace() -> Workspace:
    opened = open_workspace(ROOT)
    assert opened.value is not None
    return opened.value


@pytest.fixture(scope="module")
def briefing(workspace: Workspace) -> Briefing:
    loaded = pipeline.load(workspace, SLUG)
    assert loaded.made.value is not None
    return loaded.made.value


@pytest.fixture
def look(workspace: Workspace, briefing: Briefing) -> Look:
    theme = workspace.templates.themes["classic"]
    return Look(theme=theme, brand="#1f4e5f", language="zh-CN", units=briefing.units)


def test_the_table_holds_every_class(briefing: Briefing) -> None:
    table = rating_bands(briefing)
    rows = [row[2:] for row in table.rows if row[2] == "sector"]
    assert rows == [
        ("sector", "超配", "10", None, "included", None),
        ("sector", "标配", "-10", "10", "excluded", "excluded"),
        ("sector", "低配", None, "-10", None, "excluded"),
    ]


def test_bands_stand_where_their_bounds_are(briefing: Briefing, look: Look) -> None:
    tables = {NAME: rating_bands(briefing)}
    with canvas("bands", 176, 40, look, tables) as on:
        RatingBands(kind="rating-bands", scheme="sector").draw(on)
        bars = [(bar.get_x(), bar.get_x() + bar.get_width()) for bar in on.axes.patches]
        assert bars == [(10, pytest.approx(14.5)), (-10, 10), (pytest.approx(-14.5), -10)]
        assert {text.get_text() for text in on.axes.texts} == {"超配", "标配", "低配"}
        ticks = [label.get_text() for label in on.axes.get_xticklabels()]
        assert ticks == ["−10.0%", "+10.0%"]


def test_a_class_of_one_value_is_a_line_with_its_label_above(
    briefing: Briefing, look: Look
) -> None:
    with canvas("bands", 176, 40, look, {NAME: rating_bands(briefing)}) as on:
        RatingBands(kind="rating-bands", scheme="stock").draw(on)
        (hold,) = (text for text in on.axes.texts if text.get_text() == "持有")
        assert hold.get_position() == (0, pytest.approx(-0.29))
        (line,) = on.axes.collections
        assert line.get_segments()[0][:, 0].tolist() == [0, 0]


def test_it_is_told_in_words(briefing: Briefing) -> None:
    chart = RatingBands(kind="rating-bands", scheme="sector")
    told = chart.describe({NAME: rating_bands(briefing)}, "zh-CN")
    assert told == "浦银国际：超配 10% 以上、标配 −10% 至 10%、低配 −10% 以下"


def test_what_nobody_defines_is_refused(briefing: Briefing, look: Look) -> None:
    bare = briefing.brokerage.model_copy(update={"schemes": {}})
    tables = {NAME: rating_bands(briefing.model_copy(update={"brokerage": bare}))}
    with (
        canvas("bands", 176, 40, look, tables) as on,
        pytest.raises(ChartError, match="no house defines sector ratings"),
    ):
        RatingBands(kind="rating-bands", scheme="sector").draw(on)
