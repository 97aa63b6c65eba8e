"""Whether a text stands in an edition, however its lines are broken and justified."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

_UNSEEN = re.compile(r"[\s\u00ad\u200b-\u200d\u2060\ufeff]+")


def squeezed(text: str) -> str:
    """A text without white space and what else cannot be seen; wide forms count as narrow ones.

    A PDF does not tell a comma from a wide one where a font shows both alike.
    """
    return _UNSEEN.sub("", unicodedata.normalize("NFKC", text))


EDGE_LINES = 3
"""How many lines of a page's text, at its beginning and at its end, may run along the edges."""


def flow(pages: tuple[str, ...]) -> str:
    """The text of all pages without the lines that run along the edges of most of them.

    What is broken over two pages stands together in it.
    """
    split = [page.splitlines() for page in pages]
    seen = Counter(one for lines in split for one in {_running(line) for line in _edges(lines)})
    kept = (
        line
        for lines in split
        for at, line in enumerate(lines)
        if len(pages) == 1
        or EDGE_LINES <= at < len(lines) - EDGE_LINES
        or seen[_running(line)] * 2 <= len(pages)
    )
    return unicodedata.normalize("NFKC", "\n".join(kept))


def _edges(lines: list[str]) -> list[str]:
    return [*lines[:EDGE_LINES], *lines[-EDGE_LINES:]]


def _running(line: str) -> str:
    return re.sub(r"\d+", "0", squeezed(line))


def number_in(text: str) -> re.Pattern[str]:
    """Finds a number as it is written, and not as a part of a longer one."""
    spelt = r"\s*".join(re.escape(char) for char in squeezed(text))
    before = r"(?<!\d)(?<!\d[.,])" if text[:1].isdigit() else ""
    after = r"(?!\d|[.,]\d)" if text[-1:].isdigit() else ""
    return re.compile(before + spelt + after)
