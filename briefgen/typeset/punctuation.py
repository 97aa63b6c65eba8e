"""Full-width punctuation side by side: the blank halves between two marks are one half too many.

Source: Requirements for Chinese Text Layout (W3C), 3.1.6.1; JIS X 4051.
"""

from __future__ import annotations

import re

OPENING = "（〔［｛〈《「『【〖“‘"
CLOSING = "）〕］｝〉》」』】〗”’，。、；：．！？"

_TIGHT = re.compile(rf"[{CLOSING}](?=[{CLOSING}])|(?<=[{OPENING}{CLOSING}])[{OPENING}]")
"""Marks that lose their blank half. A line may end between a closing and an opening mark; it is
the second that gives way, so that neither is another width when the line does end there."""


def half_width(text: str) -> list[tuple[int, int]]:
    """The places of marks to be set half-width, as offsets into the text in UTF-8."""
    return [
        (len(text[:start].encode()), len(text[:end].encode()))
        for start, end in map(re.Match.span, _TIGHT.finditer(text))
    ]
