"""Getting about in an edition: contents, links to places, the other language, search."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from browser.reading import Open, Reading

pytestmark = pytest.mark.slow

SLUG, LONG = "tfzq-kimi-2024-03-25", "guosen-media-aigc-2024-06"
HIDDEN_TARGETS = """() => {
  const bar = document.querySelector(".banner");
  return [...document.querySelectorAll("section[id], figure[id], :is(h2, h3)[id]")].filter(one => {
    location.hash = one.id;
    const { top } = one.getBoundingClientRect();
    return top < bar.getBoundingClientRect().bottom - 1 || top >= innerHeight;
  }).map(one => one.id);
}"""


def press(page: Reading, selector: str) -> None:
    """A click where no script may run: Playwright's own needs one."""
    x, y = page.page.evaluate(
        """selector => {
          const one = document.querySelector(selector);
          one.scrollIntoView({ block: "center", behavior: "instant" });
          const { left, top, width, height } = one.getBoundingClientRect();
          return [left + width / 2, top + height / 2];
        }""",
        selector,
    )
    page.page.mouse.click(x, y)


@pytest.mark.parametrize(("slug", "device"), [(SLUG, "phone"), (LONG, "desktop")])
def test_a_link_leads_to_what_is_seen(slug: str, device: str, shared: Open) -> None:
    page = shared(slug)
    page.resize(device)
    assert page.page.evaluate(HIDDEN_TARGETS) == []


def test_the_contents_show_where_one_is(shared: Open) -> None:
    page = shared(SLUG)
    sections = "[...document.querySelectorAll('.contents > ol a')].map(a => a.hash)"
    for section in page.page.evaluate(sections):
        page.page.evaluate("hash => { location.hash = hash; }", section)
        page.settle()
        marked = page.page.evaluate(
            "[...document.querySelectorAll('.contents [aria-current]')].map(a => a.hash)"
        )
        at_end = page.page.evaluate(
            "scrollY + innerHeight >= document.documentElement.scrollHeight - 2"
        )
        assert marked == [section] or at_end


def test_the_head_of_a_table_stays_in_view(shared: Open) -> None:
    page = shared(LONG)
    rows = page.page.evaluate(
        """() => {
          const tables = [...document.querySelectorAll(".fits table.data")];
          return tables.filter(one => one.offsetHeight > 2 * innerHeight).map(table => {
            scrollTo(0, table.getBoundingClientRect().top + scrollY + innerHeight);
            const head = table.tHead.rows[0].cells[0];
            const { left, top, height } = head.getBoundingClientRect();
            return head.contains(document.elementFromPoint(left + 3, top + height / 2));
          });
        }"""
    )
    assert rows
    assert all(rows)


def test_search_finds_the_text_of_a_chart(shared: Open) -> None:
    page = shared(SLUG)
    text = page.page.evaluate("document.querySelector('.drawn svg text').textContent")
    assert text
    assert page.page.evaluate(
        """text => {
          for (let found = 0; found < 50 && window.find(text); found += 1)
            if (getSelection().anchorNode.parentElement.closest("svg")) return true;
          return false;
        }""",
        text,
    )


def test_editions_of_two_languages_lead_to_each_other(
    html: Callable[[str], Path], reading: Open
) -> None:
    one, other = "ai-sector-cross-house", "ai-sector-cross-house.en"
    for slug, to, language in ((one, other, "en"), (other, one, "zh-CN")):
        link = reading(slug).page.locator(".tools a[rel=alternate]")
        assert link.evaluate("one => one.href") == html(to).as_uri()
        assert link.get_attribute("hreflang") == language
        assert f'<html lang="{language}">' in html(to).read_text("utf-8")


def test_without_scripts_all_can_be_opened(reading: Open) -> None:
    page = reading(SLUG, java_script_enabled=False)
    press(page, ".data-of summary")
    assert page.page.evaluate("document.querySelector('.data-of').open")
    page.resize("phone")
    press(page, ".open-contents")
    assert page.page.evaluate("document.querySelector('#contents').matches(':popover-open')")
    press(page, "#contents li:nth-child(3) a")
    link = page.page.evaluate("document.querySelector('#contents li:nth-child(3) a').href")
    page.page.wait_for_url(link)
    page.page.keyboard.press("Escape")
    assert not page.page.evaluate("document.querySelector('#contents').matches(':popover-open')")


def test_without_scripts_the_rating_leads_to_its_definitions(reading: Open) -> None:
    page = reading(SLUG, java_script_enabled=False)
    press(page, ".rating a")
    page.page.wait_for_url("**#ratings")
    assert page.page.evaluate("document.querySelector('section.ratings').matches(':target')")


def test_the_rating_opens_its_definitions(shared: Open) -> None:
    page = shared(SLUG).page
    link = page.locator(".rating a")
    link.press("Enter")
    dialog = page.locator("dialog[open]")
    assert "强于大市" in dialog.inner_text()
    assert dialog.locator("table.ratings").count()
    page.keyboard.press("Escape")
    assert dialog.count() == 0
    assert link.evaluate("one => document.activeElement === one")
