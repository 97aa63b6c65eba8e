"""Colours that can be read in print, whatever the theme and the brokerage are."""

import pytest

from briefgen.draw.charts.chain import Chain
from briefgen.draw.tones import MARK_CONTRAST, TEXT_CONTRAST, area, mixed, on, outline
from briefgen.model.colours import contrast


@pytest.mark.parametrize("share", [0.1, 0.3, 0.5, 0.6, 0.7, 0.8, 1.0])
@pytest.mark.parametrize("brand", ["#8c1d2b", "#1f4e5f", "#7f7f7f", "#c9a66b"])
def test_text_on_an_area_is_clear(brand: str, share: float, draw) -> None:
    on_chart = draw_chain(draw)
    colour = area(on_chart, mixed(brand, "#ffffff", share))
    assert contrast(colour, on(on_chart, colour)) >= TEXT_CONTRAST


def test_an_area_that_is_clear_stays_as_it_is(draw) -> None:
    assert area(draw_chain(draw), "#8c1d2b") == "#8c1d2b"


@pytest.mark.parametrize("mute", ["#5f6975", "#000000"])
def test_outlines_show_on_paper_and_no_more(mute: str, draw, look) -> None:
    colours = look.theme.colours.model_copy(update={"mute": mute})
    theme = look.theme.model_copy(update={"colours": colours})
    ratio = contrast(outline(draw_chain(draw, theme=theme)), "#ffffff")
    assert MARK_CONTRAST <= ratio < MARK_CONTRAST + 0.5


def draw_chain(draw, **more):
    lanes = [{"label": "上游", "steps": ["算力", "模型"]}]
    return draw(Chain.model_validate({"kind": "chain", "lanes": lanes}), **more)
