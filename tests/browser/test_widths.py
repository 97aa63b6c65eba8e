"""Every edition at every width, light and dark, with and without scripts."""

from __future__ import annotations

import pytest
from browser.reading import SCHEMES, SIZES, Open, Reading
from shipped import EVERY, SLUGS

pytestmark = pytest.mark.slow

TOO_WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
SHOWS_NOTICE = """() => {
  const notice = document.querySelector(".banner");
  const { left, top, width, height } = notice.getBoundingClientRect();
  return notice.contains(document.elementFromPoint(left + width / 2, top + height / 2));
}"""
OVERLAPPING = {
    ".theses p": "margin-bottom: -1.5em",
    ".section h2": "position: relative; top: 1.5em",
    ".section p": "position: relative; top: 3em",
}
INK = "[document.body, document.querySelector('h1')].map(one => getComputedStyle(one))"
COLOURS = f"() => {{ const [page, head] = {INK}; return [page.backgroundColor, head.color]; }}"


def brightness(colour: str) -> int:
    red, green, blue = (int(part) for part in colour.strip("rgb()").split(",")[:3])
    return red + green + blue


def assert_laid_out(page: Reading, schemes: tuple[str, ...]) -> None:
    for scheme in schemes:
        page.scheme(scheme)
        paper, ink = (brightness(colour) for colour in page.page.evaluate(COLOURS))
        assert (paper > ink) == (scheme == "light")
        assert page.page.evaluate(TOO_WIDE) == 0
    assert page.run("overlaps.js") == []
    page.page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    page.settle()
    assert page.page.evaluate(SHOWS_NOTICE)
    assert page.run("overlaps.js") == []


@pytest.mark.parametrize(
    ("slug", "has_script"),
    [*((slug, True) for slug in EVERY), *((slug, False) for slug in SLUGS)],
    ids=lambda given: given if isinstance(given, str) else "script" if given else "no script",
)
def test_nothing_overlaps_leaves_or_complains(slug: str, has_script: bool, reading: Open) -> None:
    page = reading(slug, java_script_enabled=has_script)
    schemes = SCHEMES
    for device in SIZES:
        page.resize(device)
        page.page.evaluate("scrollTo(0, 0)")
        assert_laid_out(page, schemes)
        schemes = schemes[::-1]


def test_what_is_wrong_is_seen(reading: Open) -> None:
    page = reading("price-watch.alibaba")
    for selector, style in OVERLAPPING.items():
        one = page.page.locator(selector).first
        one.evaluate("(one, style) => one.setAttribute('style', style)", style)
        assert page.run("overlaps.js") != [], selector
        one.evaluate("one => one.removeAttribute('style')")
        assert page.run("overlaps.js") == []
    page.page.evaluate("document.body.append(Object.assign(new Image(), {src: 'other.png'}))")
    page.settle()
    assert any("other.png" in wrong for wrong in page.wrong)
    page.wrong.clear()
