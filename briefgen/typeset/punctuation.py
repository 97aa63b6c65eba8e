"""Full-width punctuation side by side: the blank halves between two marks are one half too many.

Source: Requirements for Chinese Text Layout (W3C), 3.1.6.1; JIS X 4051.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

OPENING = "（〔［｛〈《「『【〖“‘"
CLOSING = "）〕］｝〉》」』】〗”’，。、；：．！？"

_TIGHT = re.compile(rf"[{CLOSING}](?=[{CLOSING}])|(?<=[{OPENING}{CLOSING}])[{OPENING}]")
"""Marks that lose their blank half. A line may end between a closing and an opening mark; it is
the second that gives way, so that neither is another width when the line does end there."""


def half_width(text: str) -> Iterator[tuple[int, int]]:
    """The places of marks to be set half-width, as offsets into the text in UTF-8."""
    for match in _TIGHT.finditer(text):
        start = len(text[: match.start()].encode())
        yield start, start + len(match[0].encode())
