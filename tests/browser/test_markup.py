"""The HTML is valid, and small."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from browsing import program
from shipped import ROOT

pytestmark = pytest.mark.slow

VNU = ROOT / ".cache/npm/node_modules/vnu-jar/build/dist/vnu.jar"
MAX_BYTES = 1_500_000
WARNINGS = {
    "Section lacks heading": "the overview opens the report; its heading is the `h1`",
    "Inline script violates Content Security Policy": "of the JSON-LD, which is data and not run",
}
"""What the checker warns of and is meant, and why."""


def test_the_nu_html_checker_finds_no_error(
    every: dict[str, Path], tell: Callable[[str], None]
) -> None:
    # Its code runs for seconds only: compiling it further costs more than it gains.
    quick = ("-XX:TieredStopAtLevel=1", "-Xss2m")
    done = subprocess.run(
        [
            *(program("java"), *quick, "-jar", VNU),
            *("--format", "json", "--stdout", "--exit-zero-always", *every.values()),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    messages = json.loads(done.stdout)["messages"]
    assert [
        one
        for one in messages
        if one["type"] == "error" or not one["message"].startswith(tuple(WARNINGS))
    ] == []
    assert all("ld+json" in one["extract"] for one in messages if "Inline" in one["message"])
    tell(f"HTML: Nu HTML checker, 0 errors in {len(every)} editions")


def test_each_file_is_small(every: dict[str, Path], tell: Callable[[str], None]) -> None:
    sizes = {slug: file.stat().st_size for slug, file in every.items()}
    largest = max(sizes, key=lambda slug: sizes[slug])
    assert sizes[largest] < MAX_BYTES
    tell(f"HTML: the largest has {sizes[largest] / 1e6:.2f} MB ({largest})")
