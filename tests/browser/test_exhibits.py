"""Exhibits are enlarged, copied, saved and sorted."""

from __future__ import annotations

import csv
import io
from itertools import chain
from xml.etree import ElementTree

import pytest
from browser.reading import Open, Reading
from shipped import opened

from briefgen import pipeline
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit_rows import Cell, rows_of

pytestmark = pytest.mark.slow

SLUG = "tfzq-kimi-2024-03-25"
TABLE, CHART = "token-prices", "token-price-chart"
CLIPBOARD = """async () => {
  const [item] = await navigator.clipboard.read();
  const found = {};
  for (const type of item.types) {
    const blob = await item.getType(type);
    found[type] = type.startsWith("text/") ? await blob.text() : blob.size;
  }
  return found;
}"""
SORTED = """button => [...button.closest("table").tBodies].flatMap(body => [...body.rows])
  .map(row => row.cells[button.closest("th").cellIndex])
  .map(cell => cell.querySelector("data")?.getAttribute("value") ?? cell.textContent.trim())"""


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    loaded = pipeline.load(opened(), SLUG).made.value
    assert loaded is not None
    return loaded


def exact(cell: Cell) -> str:
    if cell is None or isinstance(cell, str):
        return cell or ""
    return f"{cell.number.value:f}" if cell.number else ""


def saved(page: Reading, exhibit: str, what: str) -> str:
    with page.page.expect_download() as download:
        page.page.click(f"#{exhibit} [data-do={what}]")
    assert download.value.suggested_filename == f"{exhibit}.{what}"
    return download.value.path().read_text("utf-8-sig")


def test_the_csv_of_a_chart_has_all_digits(briefing: Briefing, shared: Open) -> None:
    lines = list(csv.reader(io.StringIO(saved(shared(SLUG), CHART, "csv"))))
    (data,) = rows_of(briefing, CHART)
    assert [head.partition("（")[0] for head in lines[0]] == list(data.heads)
    assert lines[1:] == [[exact(cell) for cell in row] for row in data.rows]


def test_the_csv_of_a_table_says_what_is_printed(shared: Open) -> None:
    heads, *rows = list(csv.reader(io.StringIO(saved(shared(SLUG), TABLE, "csv"))))
    assert [head.partition("(")[2] for head in heads[1:3]] == ["元/百万 tokens)"] * 2
    assert ["GPT-4 Turbo（128k）", "72", "217", "3.0 倍"] in [row[:4] for row in rows]
    groups = [row[0] for row in rows if set(row[1:]) == {""}]
    assert len(groups) == len(set(groups)) > 0


def test_the_svg_stands_alone(shared: Open) -> None:
    svg = saved(shared(SLUG), CHART, "svg")
    drawing = ElementTree.fromstring(svg)
    assert drawing.tag == "{http://www.w3.org/2000/svg}svg"
    assert "var(" not in svg
    assert "data-from" not in svg
    assert any("moonshot" in text for text in drawing.itertext())


def test_a_table_is_copied_as_text_and_as_a_table(shared: Open) -> None:
    page = shared(SLUG)
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.page.bring_to_front()
    page.page.click(f"#{TABLE} [data-do=copy]")
    page.page.wait_for_selector(f"#{TABLE} [data-do=copy][aria-live]")
    copied = page.page.evaluate(CLIPBOARD)
    assert "GPT-4 Turbo（128k）\t72\t217\t3.0" in copied["text/plain"]
    assert "<table" in copied["text/html"]
    assert ">217<" in copied["text/html"]
    assert "<button" not in copied["text/html"]


def test_a_chart_is_copied_as_an_image(shared: Open) -> None:
    page = shared(SLUG)
    page.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.page.bring_to_front()
    page.page.click(f"#{CHART} [data-do=copy]")
    page.page.wait_for_selector(f"#{CHART} [data-do=copy][aria-live]")
    assert page.page.evaluate(CLIPBOARD)["image/png"] > 10_000


@pytest.mark.parametrize("exhibit", [TABLE, CHART])
def test_an_exhibit_is_enlarged_and_the_focus_comes_back(exhibit: str, shared: Open) -> None:
    page = shared(SLUG).page
    button = page.locator(f"#{exhibit} [data-do=enlarge]")
    before = page.locator(f"#{exhibit} :is(table.data, .drawn svg)").first.bounding_box()
    button.press("Enter")
    large = page.locator("dialog[open]")
    after = large.locator(":is(table.data, .drawn svg)").first.bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > 1.3 * before["width"]
    assert page.locator(f"[id='{exhibit}']").count() == 1
    page.keyboard.press("Escape")
    assert large.count() == 0
    assert button.evaluate("one => document.activeElement === one")
    button.press("Space")
    large.locator("form button").click()
    assert large.count() == 0


def test_a_table_is_sorted_by_value_and_put_back(reading: Open) -> None:
    page = reading("guosen-media-aigc-2024-06").page
    buttons = page.locator("figure.exhibit > .scroll > table.data th.n button.sort")
    assert buttons.count()
    kinds = set()
    for button in buttons.all()[:2]:
        head = button.locator("xpath=..")
        original = button.evaluate(SORTED)
        for wanted in ("ascending", "descending", None):
            button.press("Enter")
            assert head.get_attribute("aria-sort") == wanted
            cells = button.evaluate(SORTED)
            kinds.add((wanted, tuple(cells) == tuple(original)))
            assert sorted(cells) == sorted(original)
            bodies = button.evaluate("one => one.closest('table').tBodies.length")
            numbers = [float(cell) for cell in cells if cell.replace(".", "").lstrip("-").isdigit()]
            if wanted and bodies == 1:
                assert numbers == sorted(numbers, reverse=wanted == "descending")
            elif not wanted:
                assert cells == original
    assert ("ascending", False) in kinds


def test_dates_and_mixed_units_are_sorted_as_text(reading: Open) -> None:
    page = reading("ai-sector-cross-house").page
    table = page.locator("#price-table table.data")
    heads = [text.strip() for text in table.locator("th button.sort").all_inner_texts()]
    for head in ("日期", "变动"):
        table.locator("th button.sort").nth(heads.index(head)).click()
        cells = table.locator(f"tbody tr > :nth-child({heads.index(head) + 1})").all_inner_texts()
        filled = [cell.strip() for cell in cells if cell.strip() not in {"", "–"}]
        if head == "日期":
            assert filled == sorted(filled)
        else:
            shares = [float(cell.replace("−", "-").rstrip("%")) for cell in filled]
            assert shares == sorted(shares)


def test_a_number_of_an_enlarged_exhibit_has_its_card_beside_it(shared: Open) -> None:
    page = shared(SLUG).page
    page.click(f"#{TABLE} [data-do=enlarge]")
    number = page.locator("dialog[open] td data").first
    number.hover()
    card, at = page.locator(".card").bounding_box(), number.bounding_box()
    assert card is not None
    assert at is not None
    assert abs(card["y"] - at["y"]) < card["height"] + at["height"] + 20
    assert page.locator("dialog[open] button.sort").count() == 0


def test_every_exhibit_has_its_tools(briefing: Briefing, shared: Open) -> None:
    page = shared(SLUG).page
    tools = {
        exhibit: page.locator(f"#{exhibit} .exhibit-tools button").evaluate_all(
            "all => all.map(one => one.dataset.do)"
        )
        for exhibit in briefing.exhibits
    }
    assert tools[TABLE] == ["enlarge", "copy", "csv"]
    assert tools[CHART] == ["enlarge", "copy", "csv", "svg"]
    assert set(chain(*tools.values())) == {"enlarge", "copy", "csv", "svg"}
