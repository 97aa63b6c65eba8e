"""Printed from the browser, an edition says what its PDF says, and shows no tools."""

from __future__ import annotations

import re
from collections.abc import Callable

import pypdfium2
import pytest
from browser.reading import Open
from shipped import opened

from briefgen import pipeline

pytestmark = pytest.mark.slow

SLUG = "tfzq-kimi-2024-03-25"
TEXTS = """() => [...document.querySelectorAll(
    "h1, figcaption, data, .section :is(h2, h3, p, li)")]
  .filter(one => !one.closest("details, svg")).map(one => {
    const copied = one.cloneNode(true);
    for (const tool of copied.querySelectorAll(".permalink, .unit, .no, svg")) tool.remove();
    return copied.textContent;
  })"""
TOOLS = """[...document.querySelectorAll(
  "button:not(.sort), summary, nav:not(#contents), .skip, .card, dialog")]
  .filter(one => one.checkVisibility()).map(one => one.outerHTML)"""


def plain(text: str) -> str:
    """Without what a line break may add or take, and without signs that fonts may exchange."""
    return re.sub(r"[\s\u00ad\ufffe\u0002]+", "", text)


def printed(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return plain("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()


def test_it_says_what_the_page_and_the_pdf_say(
    reading: Open, shipped: Callable[[str], pipeline.Checked]
) -> None:
    page = reading(SLUG).page
    texts = {plain(text)[:12] for text in page.evaluate(TEXTS)}
    ours = printed(page.pdf())
    edition = shipped(SLUG).edition
    assert edition is not None
    theirs = printed(edition.files[f"{SLUG}.pdf"])
    briefing = pipeline.load(opened(), SLUG).made.value
    assert briefing is not None
    titles = [
        section.title for section in briefing.anchored().values() if section.kind != "overview"
    ]
    wanted = {plain(title) for title in titles} | {text for text in texts if text}
    assert len(wanted) > 100
    assert [text for text in wanted if text not in ours] == []
    assert [plain(title) for title in titles if plain(title) not in theirs] == []
    assert len([text for text in wanted if text not in theirs]) == 0
    page.emulate_media(media="print")
    assert page.evaluate(TOOLS) == []
