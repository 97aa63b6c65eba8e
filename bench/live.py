"""The live preview: from a saved file to its page in a browser."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from desks import ADVERBS, BENCH, LONG, SHORT, Desk, Subject, shipped
from figures import Figure
from processes import WrongRunError

SEEN_S = 0.5
LATEST_S = 120.0
QUIET = ["--disable-gpu", "--disable-quic"]
PAINTED = "() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
CURRENT = "() => document.getElementById('state').className !== 'state making'"


def browser() -> str | None:
    """The path of a browser; None where none is installed."""
    command = ["sh", BENCH.parent / ".ci/find", "browser"]
    found = subprocess.run(command, capture_output=True, text=True, check=False)
    return None if found.returncode else found.stdout.strip()


def measure(folder: Path, rounds: int, tell: Callable[[str], None]) -> list[Figure]:
    """From saved to seen, of both briefings; nothing without a browser. Raises: WrongRunError."""
    from playwright.sync_api import sync_playwright

    desk, figures, path = shipped(folder / "desk"), [], browser()
    if path is None:
        tell("the preview is left out: no browser is installed")
        return []
    with _previewed(desk) as address, sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=QUIET)
        for subject, name in ((SHORT, "short"), (LONG, "long")):
            tell(f"preview: {subject.slug}")
            page = started.new_page()
            page.set_default_timeout(LATEST_S * 1000)
            page.goto(f"{address}{subject.slug}/")
            page.wait_for_selector("body[data-shown]")
            for kind, bar in (("word", SEEN_S), ("cell", None)):
                values = tuple(_seen(page, desk, subject, kind, number) for number in range(rounds))
                title = f"preview, {name} briefing, one {kind} saved to seen"
                figures.append(Figure(title, values, "s", bar))
            page.close()
        started.close()
    return figures


def _seen(page: Any, desk: Desk, subject: Subject, kind: str, number: int) -> float:
    """Seconds from a saved change to its page."""
    page.wait_for_function(CURRENT)
    page.wait_for_timeout(300)
    before = page.evaluate("document.body.dataset.shown")
    value = ADVERBS[number] if kind == "word" else str(number + 1)
    begun = time.perf_counter()
    desk.change(subject, getattr(subject, kind), value)
    page.wait_for_function("was => document.body.dataset.shown !== was", arg=before)
    page.evaluate(PAINTED)
    return time.perf_counter() - begun


@contextmanager
def _previewed(desk: Desk) -> Iterator[str]:
    """The address of a preview that runs. Raises: WrongRunError."""
    with subprocess.Popen(
        [sys.executable, "-m", "briefgen", "preview", "--no-open", "--port", "0"],
        cwd=desk.root,
        env={**os.environ, "PYTHONPATH": str(BENCH.parent), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        found = re.match(r"(http://\S+/) ", process.stdout.readline())
        if not found:
            raise WrongRunError("the preview did not begin")
        try:
            yield found[1]
        finally:
            process.send_signal(signal.SIGINT)
