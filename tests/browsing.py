"""A browser for the tests, one in each worker, and other programs that they need."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; while it runs, no other event loop can run in the main thread."""
    from playwright.sync_api import sync_playwright

    path = program("browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        browser.close()
