"""axe-core finds nothing, whatever is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from browser.reading import Open, Reading, opened
from playwright.sync_api import Browser
from shipped import EVERY, ROOT, SLUGS

pytestmark = pytest.mark.slow

AXE = ROOT / ".cache/npm/node_modules/axe-core/axe.min.js"
SETTINGS = {"resultTypes": ["violations"], "elementRef": False, "preload": False}
OF_LAYOUT = (
    *("aria-hidden-focus", "bypass", "color-contrast", "link-in-text-block"),
    *("scrollable-region-focusable", "skip-link", "target-size"),
)
"""The rules whose verdict may change with the width or the colours."""
SHORT, LONG = "tfzq-kimi-2024-03-25", "guosen-media-aigc-2024-06"
FAULTS = {
    "link-name": "<a href='#text'></a>",
    "image-alt": "<img src='data:,' width='40' height='40'>",
    "color-contrast": "<b style='color: #ddd; background: #fff'>text</b>",
}
"""What breaks a rule."""
PUT = """([place, faults]) => {
  const last = [...document.querySelectorAll(place)].filter(one => one.checkVisibility());
  for (const fault of faults) last.pop().insertAdjacentHTML("beforeend", fault);
}"""


def audit(page: Reading, *rules: str) -> dict[str, Any]:
    """What axe-core says of a page, by all rules or by some."""
    if not page.page.evaluate("'axe' in window"):
        page.page.evaluate(AXE.read_text("utf-8"))
    settings = SETTINGS | ({"runOnly": rules} if rules else {})
    found: dict[str, Any] = page.page.evaluate("given => axe.run(document, given)", settings)
    told = [
        f"{one['id']}: {node['html'][:200]}\n{node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]
    assert told == []
    return found


@pytest.fixture
def short(shared: Open) -> Reading:
    """An edition of which only the different is left."""
    page = shared(SHORT)
    page.run("shorten.js")
    return page


@pytest.mark.parametrize("slug", EVERY)
def test_every_edition(slug: str, reading: Open, tell: Callable[[str], None]) -> None:
    page = reading(slug)
    page.run("shorten.js")
    found = audit(page)
    if slug == LONG:
        tell(f"HTML: axe-core, {len(found['passes'])} rules hold on the longest, 0 are violated")
    if slug in SLUGS:
        page.resize("phone")
        page.scheme("dark")
        audit(page, *OF_LAYOUT)


def test_one_edition_with_nothing_left_out(reading: Open) -> None:
    page = reading(SHORT)
    audit(page)
    page.scheme("dark")
    audit(page, *OF_LAYOUT)
    page.resize("tablet")
    page.scheme("light")
    audit(page, *OF_LAYOUT)
    page.resize("phone")
    audit(page)


@pytest.mark.parametrize("slug", [SHORT, "price-watch.alibaba"])
def test_without_its_script(
    slug: str, browser: Browser, html: Callable[[str], Path], tmp_path: Path
) -> None:
    head, _, _ = html(slug).read_text("utf-8").rpartition('<script type="module">')
    assert head
    (tmp_path / "plain.html").write_text(f"{head}</body></html>", "utf-8")
    with opened(browser, tmp_path / "plain.html") as page:
        page.run("shorten.js")
        page.resize("phone")
        audit(page)
        assert page.wrong == []


def test_a_fault_of_one_of_many_is_seen(reading: Open) -> None:
    page = reading(SHORT)
    for place in ("main li", "main p", "table.data tbody td"):
        page.page.evaluate(PUT, [place, [*FAULTS.values()]])
    page.run("shorten.js")
    page.page.evaluate(AXE.read_text("utf-8"))
    found = page.page.evaluate("given => axe.run(document, given)", SETTINGS)
    seen = {one["id"]: len(one["nodes"]) for one in found["violations"]}
    assert {rule: seen.get(rule) for rule in FAULTS} == dict.fromkeys(FAULTS, 3)


def test_with_a_card_open(short: Reading) -> None:
    for scheme, rules in (("light", ()), ("dark", OF_LAYOUT)):
        short.scheme(scheme)
        short.page.hover(".theses data")
        short.page.wait_for_selector(".card")
        audit(short, *rules)


def test_with_an_exhibit_enlarged(short: Reading) -> None:
    for exhibit in ("token-prices", "token-price-chart"):
        short.page.click(f"#{exhibit} [data-do=enlarge]")
        audit(short)
        short.page.keyboard.press("Escape")


def test_with_the_ratings_open(short: Reading) -> None:
    short.page.click(".rating a")
    short.page.wait_for_selector("dialog[open]")
    audit(short)


def test_with_the_contents_open_on_the_phone(short: Reading) -> None:
    short.resize("phone")
    short.page.click(".open-contents")
    short.page.wait_for_selector("#contents:popover-open")
    short.page.click("#contents summary")
    audit(short)
