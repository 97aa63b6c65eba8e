"""The editions as files, and pages of them in a browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser.reading import Open, Reading, opened
from playwright.sync_api import Browser
from shipped import EVERY, alone

from briefgen import pipeline


@pytest.fixture(scope="session")
def html(
    shipped: Callable[[str], pipeline.Checked], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Gives the HTML file of a shipped edition; editions lie side by side, as in `output/`."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "html"
    folder.mkdir(exist_ok=True)

    @cache
    def written(slug: str) -> Path:
        file = folder / slug / f"{slug}.html"
        with alone(folder / f"{slug}.lock"):
            if not file.exists():
                edition = shipped(slug).edition
                assert edition is not None
                file.parent.mkdir()
                file.write_bytes(edition.files[file.name])
        return file

    return written


@pytest.fixture(scope="session")
def every(html: Callable[[str], Path]) -> dict[str, Path]:
    """The HTML file of every shipped edition."""
    return {slug: html(slug) for slug in EVERY}


@pytest.fixture(scope="module")
def _shared(browser: Browser, html: Callable[[str], Path]) -> Iterator[Open]:
    with ExitStack() as stack:
        yield cache(lambda slug, **given: stack.enter_context(opened(browser, html(slug), **given)))


@pytest.fixture
def shared(_shared: Open) -> Iterator[Open]:
    """Gives open editions that a module's tests have in common, each as if newly opened."""
    pages: dict[int, Reading] = {}

    def give(slug: str, **settings: Any) -> Reading:
        page = _shared(slug, **settings)
        pages[id(page)] = page
        page.reset()
        return page

    yield give
    wrong = [line for page in pages.values() for line in page.wrong]
    for page in pages.values():
        page.wrong.clear()
    assert wrong == []


@pytest.fixture(scope="session")
def _tabs(browser: Browser) -> Iterator[Open]:
    """Tabs that are used again: a new one costs more than an edition does."""
    with ExitStack() as stack:
        tabs: dict[frozenset[tuple[str, str]], Reading] = {}

        def give(file: Path, **settings: Any) -> Reading:
            key = frozenset((name, repr(value)) for name, value in settings.items())
            if key not in tabs:
                tabs[key] = stack.enter_context(opened(browser, file, **settings))
            else:
                tabs[key].reset()
                tabs[key].open(file)
            return tabs[key]

        yield give


@pytest.fixture
def reading(_tabs: Open, html: Callable[[str], Path]) -> Iterator[Open]:
    """Opens editions, one after the other; nothing must have gone wrong on any of them."""
    wrong: list[list[str]] = []

    def give(slug: str, **settings: Any) -> Reading:
        page: Reading = _tabs(html(slug), **settings)
        wrong.append(page.wrong)
        return page

    yield give
    assert [line for lines in wrong for line in lines] == []
