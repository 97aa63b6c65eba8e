"""A browser per worker, the editions as files, and pages of them."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from browser.reading import Open, Reading, opened
from playwright.sync_api import Browser, sync_playwright
from shipped import EVERY, ROOT, alone

from briefgen import pipeline

QUIET = ["--disable-gpu", "--disable-quic"]


def program(name: str) -> str:
    """The path of a program; without it the test is skipped, on CI it fails."""
    found = subprocess.run(
        ["sh", ROOT / ".ci/find", name], capture_output=True, text=True, check=False
    )
    if found.returncode:
        reason = f"no {name} is installed: .ci/install dev"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    return found.stdout.strip()


# Not of the session: while Playwright runs, other tests could start no event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = program("browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()


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
