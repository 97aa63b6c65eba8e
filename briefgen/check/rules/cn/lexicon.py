"""Finds words of a lexicon in a text, unless their own clause denies them."""

from __future__ import annotations

import re
from collections.abc import Iterator

_DENIED = re.compile(
    r"(?:[不未非无没勿莫]|难以|禁止|严禁|拒绝|避免|\b(?:not|no|never|without|nor|neither)\b|n't)"
    r"[^，。；：！？,.;:!?]{0,16}$",
    re.IGNORECASE,
)


def affirmed(lexicon: re.Pattern[str], text: str) -> Iterator[tuple[str, int]]:
    """The words that a text says and does not deny, with their offsets."""
    for match in lexicon.finditer(text):
        if not _DENIED.search(text[: match.start()]):
            yield match[0], match.start()
