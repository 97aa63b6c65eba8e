"""A card says of a number what the model says: on hover, keyboard focus and tap."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from browser.reading import Open
from shipped import opened

from briefgen import pipeline
from briefgen.model.briefing import Briefing
from briefgen.model.evidence import evidence
from briefgen.model.language import write_period
from briefgen.model.number import Number

pytestmark = pytest.mark.slow

SLUG = "tfzq-kimi-2024-03-25"
CARDS = """asked => [...document.querySelectorAll("data")].map(number => {
  if (asked === "focus") (number.querySelector("a") ?? number).focus({ preventScroll: true });
  else number.dispatchEvent(
    new PointerEvent("pointerover", { bubbles: true, pointerType: "mouse" }));
  const card = document.getElementById("number-card");
  const terms = [...card.querySelectorAll("dt")].map(one => one.textContent);
  const texts = [...card.querySelectorAll("dd")].map(one => one.textContent);
  return {
    row: number.querySelector("a")?.hash.replace("#number-", ""),
    value: number.getAttribute("value"),
    card: terms.map((term, at) => [term, texts[at]]),
  };
})"""
SHOWN = "document.querySelector('.card')?.innerText ?? null"
TOLD = "one => one.dataset.told.split('\\n').map(line => line.split('：').slice(1).join('：'))"


@pytest.fixture(scope="module")
def briefing() -> Briefing:
    loaded = pipeline.load(opened(), SLUG).made.value
    assert loaded is not None
    return loaded


def expected(number: Number, briefing: Briefing) -> Iterator[tuple[str, list[str]]]:
    """The lines of a card: what each is called, and what it must hold."""
    if number.formula:
        yield "公式", [number.formula]
    if number.inputs:
        yield "其中", [one.name for one in number.inputs]
    names = (name for one in (number, *number.read) for name in one.sources)
    if sources := dict.fromkeys(names):
        yield "来源", [briefing.sources[name].title for name in sources]
    if number.as_of:
        yield "截至", [write_period(number.as_of, briefing.language)]
    if number.origin:
        yield "文件", [number.origin]


def says(card: dict[str, Any], number: Number, briefing: Briefing) -> bool:
    wanted = list(expected(number, briefing))
    return (
        card["value"] == f"{number.value:f}"
        and [term for term, _ in card["card"]] == [term for term, _ in wanted]
        and all(
            part in text
            for (_, text), (_, parts) in zip(card["card"], wanted, strict=True)
            for part in parts
        )
    )


@pytest.mark.parametrize("asked", ["hover", "focus"])
def test_every_card_says_what_the_model_says(
    asked: str, briefing: Briefing, shared: Open, tell: Callable[[str], None]
) -> None:
    cards = shared(SLUG).page.evaluate(CARDS, asked)
    rows = [entry.number for entry in evidence(briefing).entries]
    cells = [
        shown.number
        for columns in briefing.computed.values()
        for column in columns.values()
        for shown in column
        if shown.number
    ]
    assert len(cards) > len(rows)
    for card in cards:
        numbers = [rows[int(card["row"]) - 1]] if card["row"] else cells
        assert any(says(card, number, briefing) for number in numbers), card
    tell(f"HTML: {len(cards)} cards are as the model says, on hover and on focus")


PLACES = (".theses data", ".glance data", "figure.exhibit table.data data")


@pytest.mark.parametrize("place", PLACES)
def test_a_pointer_opens_it_and_escape_closes_it(place: str, shared: Open) -> None:
    page = shared(SLUG).page
    number = page.locator(place).first
    number.hover()
    assert all(line in page.evaluate(SHOWN) for line in number.evaluate(TOLD))
    box = page.locator(".card").bounding_box()
    assert box is not None
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 1440
    page.locator(".card").hover()
    page.wait_for_timeout(350)
    assert page.evaluate(SHOWN), "it stays while the pointer is on it"
    page.keyboard.press("Escape")
    assert page.evaluate(SHOWN) is None


def test_a_tap_opens_it_and_a_tap_elsewhere_closes_it(reading: Open) -> None:
    page = reading(SLUG, has_touch=True, is_mobile=True)
    page.resize("phone")
    for place in PLACES:
        number = page.page.locator(place).first
        number.scroll_into_view_if_needed()
        number.tap()
        assert all(line in page.page.evaluate(SHOWN) for line in number.evaluate(TOLD))
        page.page.locator("h2").first.tap(position={"x": 200, "y": 5})
        assert page.page.evaluate(SHOWN) is None
    assert "#number" not in page.page.url


def test_leaving_it_closes_it(shared: Open) -> None:
    page = shared(SLUG).page
    page.hover(".theses data")
    page.hover("h1")
    page.wait_for_selector(".card", state="detached")
    page.focus(".theses data a")
    page.keyboard.press("Tab")
    page.focus(".band + * a, .contents a")
    page.wait_for_selector(".card", state="detached")


def test_without_scripts_the_title_says_it(briefing: Briefing, reading: Open) -> None:
    page = reading(SLUG, java_script_enabled=False).page
    titles = page.evaluate("[...document.querySelectorAll('data')].map(one => one.title)")
    number = evidence(briefing).entries[0].number
    assert all(titles)
    assert any(number.origin in title for title in titles)
