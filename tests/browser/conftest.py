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


@pytest.fixture
def reading(browser: Browser, html: Callable[[str], Path]) -> Iterator[Open]:
    """Opens editions; at the end of the test nothing must have gone wrong on any of them."""
    with ExitStack() as stack:
        pages: list[Reading] = []

        def give(slug: str, **settings: Any) -> Reading:
            pages.append(stack.enter_context(opened(browser, html(slug), **settings)))
            return pages[-1]

        yield give
        assert [wrong for page in pages for wrong in page.wrong] == []
