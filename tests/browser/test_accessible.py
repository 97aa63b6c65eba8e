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
SETTINGS = "{resultTypes: ['violations'], elementRef: false, preload: false}"
SHORTENED = "document.querySelectorAll('table.data tbody tr:nth-child(n+4)')"
"""Rows of long tables are alike: three of a body stand for all."""
SHORT, LONG = "tfzq-kimi-2024-03-25", "guosen-media-aigc-2024-06"


def audit(page: Reading, within: str = "document") -> dict[str, Any]:
    """What axe-core says of a page, or of a part of it."""
    if not page.page.evaluate("'axe' in window"):
        page.page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = page.page.evaluate(f"axe.run({within}, {SETTINGS})")
    told = [
        f"{one['id']}: {node['html'][:200]}\n{node['failureSummary']}"
        for one in found["violations"]
        for node in one["nodes"][:3]
    ]
    assert told == []
    return found


def shorten(page: Reading) -> None:
    page.page.evaluate(f"{SHORTENED}.forEach(row => row.remove())")


@pytest.mark.parametrize("slug", EVERY)
def test_every_edition(slug: str, reading: Open, tell: Callable[[str], None]) -> None:
    page = reading(slug)
    shorten(page)
    found = audit(page)
    if slug == LONG:
        tell(f"HTML: axe-core, {len(found['passes'])} rules hold on the longest, 0 are violated")
    if slug in SLUGS:
        page.resize("phone")
        page.scheme("dark")
        audit(page)


@pytest.mark.parametrize(
    ("device", "scheme"), [("desktop", "dark"), ("tablet", "light"), ("phone", "light")]
)
def test_other_widths(device: str, scheme: str, reading: Open) -> None:
    page = reading(SHORT)
    page.resize(device)
    page.scheme(scheme)
    audit(page)


def test_without_its_script(browser: Browser, html: Callable[[str], Path], tmp_path: Path) -> None:
    head, _, _ = html(SHORT).read_text("utf-8").rpartition('<script type="module">')
    assert head
    (tmp_path / "plain.html").write_text(f"{head}</body></html>", "utf-8")
    with opened(browser, tmp_path / "plain.html") as page:
        page.resize("phone")
        audit(page)
        assert page.wrong == []


def test_with_a_card_open(reading: Open) -> None:
    page = reading(SHORT)
    shorten(page)
    for scheme in ("light", "dark"):
        page.scheme(scheme)
        page.page.hover(".theses data")
        page.page.wait_for_selector(".card")
        audit(page)


def test_with_an_exhibit_enlarged(reading: Open) -> None:
    page = reading(SHORT)
    for exhibit in ("token-prices", "token-price-chart"):
        page.page.click(f"#{exhibit} [data-do=enlarge]")
        audit(page)
        page.page.keyboard.press("Escape")


def test_with_the_ratings_open(reading: Open) -> None:
    page = reading(SHORT)
    page.page.click(".rating a")
    page.page.wait_for_selector("dialog[open]")
    audit(page)


def test_with_the_contents_open_on_the_phone(reading: Open) -> None:
    page = reading(SHORT)
    page.resize("phone")
    page.page.click(".open-contents")
    page.page.wait_for_selector("#contents:popover-open")
    page.page.click("#contents summary")
    audit(page)
