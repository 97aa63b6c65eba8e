"""All that a pointer can do can be done by the keyboard, in the order of reading."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.reading import Open, opened
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow

SLUG = "tfzq-kimi-2024-03-25"
KEYS = ("Enter", "Space")
LISTEN = "addEventListener('storage', change => { window.told = change.newValue; })"
CONTROLS = """() => {
  const all = [...document.querySelectorAll("a[href], button, summary, [tabindex='0']")];
  window.controls = all.filter(one => one.checkVisibility({ visibilityProperty: true }));
  window.walked = [];
  document.addEventListener("focusin", ({ target }) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(target);
    const box = target.getBoundingClientRect();
    window.walked.push({
      at: window.controls.indexOf(target),
      isMarked: outlineStyle !== "none" && parseFloat(outlineWidth) >= 2,
      isSeen: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
      what: target.outerHTML.slice(0, 80),
    });
  });
  return window.controls.length;
}"""


@pytest.mark.parametrize("device", ["desktop", "phone"])
def test_tab_reaches_every_control_once_in_the_order_of_reading(device: str, reading: Open) -> None:
    page = reading(SLUG)
    page.resize(device)
    count = page.page.evaluate(CONTROLS)
    assert count > 100
    for _ in range(count):
        page.page.keyboard.down("Tab")
    page.page.keyboard.up("Tab")
    walked = page.page.evaluate("window.walked")
    assert [one["at"] for one in walked] == list(range(count))
    assert [one["what"] for one in walked if not one["isMarked"] or not one["isSeen"]] == []


def test_the_first_control_skips_to_the_text(reading: Open) -> None:
    page = reading(SLUG).page
    page.keyboard.press("Tab")
    assert page.locator(".skip").bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("key", KEYS)
def test_the_theme_is_remembered(key: str, browser: Browser, html: Callable[[str], Path]) -> None:
    with opened(browser, html(SLUG)) as reading:
        assert_remembered(reading.page, key)
    assert reading.wrong == []


def assert_remembered(page: Page, key: str) -> None:
    paper = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(paper)
    other = page.context.new_page()
    other.goto(page.url)
    other.evaluate(LISTEN)
    page.locator(".theme").press(key)
    dark = page.evaluate(paper)
    assert dark != light
    while other.evaluate("window.told") != "dark":  # what is not told yet a reload may lose
        other.wait_for_timeout(20)
    page.reload()
    assert page.evaluate(paper) == dark
    page.locator(".theme").press(key)
    assert page.evaluate(paper) == light
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(paper) == light, "the reader's choice goes before the system's"


def test_the_contents_open_on_the_phone(reading: Open) -> None:
    page = reading(SLUG)
    page.resize("phone")
    button, contents = page.page.locator(".open-contents"), page.page.locator("#contents")
    for key in KEYS:
        assert not contents.is_visible()
        button.press(key)
        assert contents.is_visible()
        page.page.keyboard.press("Escape")
        assert not contents.is_visible()
        assert button.evaluate("one => document.activeElement === one")
    button.press("Enter")
    link = contents.locator("a").nth(2)
    link.press("Enter")
    assert not contents.is_visible()
    page.page.wait_for_url(link.evaluate("one => one.href"))


def test_details_open(reading: Open) -> None:
    page = reading(SLUG).page
    details = page.locator("details.data-of").first
    for key in KEYS:
        details.locator("summary").press(key)
        assert details.evaluate("one => one.open")
        assert details.locator("table").is_visible()
        details.locator("summary").press(key)
        assert not details.evaluate("one => one.open")
