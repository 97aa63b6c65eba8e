"""Colours on dark paper stand out as they did on light paper."""

import pytest

from briefgen.model.colours import CLEAR, DARK_PAPER, contrast, luminance, on_dark_paper

WHITE = "#ffffff"
GREYS = [f"#{v:02x}{v:02x}{v:02x}" for v in range(0, 255, 15)]
VIVID = ["#8c1d2b", "#0b4a8f", "#1f4e5f", "#b08d4f", "#4d7b64", "#ff0000", "#0000ff", "#ffff00"]


def test_paper_becomes_dark_paper() -> None:
    assert on_dark_paper(WHITE, WHITE) == DARK_PAPER
    assert on_dark_paper("#fdf6e3", "#fdf6e3") == DARK_PAPER


@pytest.mark.parametrize("colour", [*GREYS, *VIVID])
def test_what_is_clear_on_paper_is_clear_on_dark_paper(colour: str) -> None:
    before, after = contrast(colour, WHITE), contrast(on_dark_paper(colour, WHITE), DARK_PAPER)
    assert after >= min(before, CLEAR) * 0.97


@pytest.mark.parametrize("colour", GREYS[8:])
def test_what_is_pale_on_paper_stays_as_pale(colour: str) -> None:
    after = contrast(on_dark_paper(colour, WHITE), DARK_PAPER)
    assert after == pytest.approx(contrast(colour, WHITE), rel=0.06)


@pytest.mark.parametrize("brand", VIVID[:5])
def test_text_on_an_area_can_still_be_read(brand: str) -> None:
    """White on the house's colour becomes dark on a lighter one."""
    before = contrast(WHITE, brand)
    after = contrast(on_dark_paper(WHITE, WHITE), on_dark_paper(brand, WHITE))
    assert after >= min(before, CLEAR) * 0.97


@pytest.mark.parametrize("colour", VIVID)
def test_hues_stay(colour: str) -> None:
    """The strongest part of a colour stays the strongest, the weakest the weakest."""
    before, after = (
        [int(c[i : i + 2], 16) for i in (1, 3, 5)] for c in (colour, on_dark_paper(colour, WHITE))
    )
    assert max(after) == after[before.index(max(before))]
    assert min(after) == after[before.index(min(before))]


def test_the_brightest_does_not_glare() -> None:
    assert luminance(on_dark_paper("#000000", WHITE)) == pytest.approx(0.8, abs=0.01)


def test_a_theme_of_dark_paper_stays_as_it_is() -> None:
    assert on_dark_paper("#e0e0e0", "#101010") == "#e0e0e0"


def test_the_ratio_is_that_of_the_guidelines() -> None:
    assert contrast("#000000", WHITE) == pytest.approx(21)
    assert contrast("#767676", WHITE) == pytest.approx(4.54, abs=0.01)
