"""A quarter of an em between Chinese and Latin letters or digits.

The gap is a character while the page is laid out, so that widths and line ends count it; drawing
turns it into plain distance, and the text of the PDF is what was written.
"""

from __future__ import annotations

import re
from typing import Any

GAP = "\u2005"
"""The space of a quarter of an em."""

_HAN = (
    "\u2e80-\u2fdf\u3005-\u3007\u3021-\u3029\u3038-\u303b\u3041-\u30ff\u31f0-\u31ff"
    "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
_LATIN = "0-9A-Za-z\u00c0-\u024f\u0370-\u03ff"
_BETWEEN = re.compile(
    rf"(?<=[{_HAN}])(?=[{_LATIN}]|[+\u2212\u00b1$€£][0-9])"
    rf"|(?<=[{_LATIN}])(?=[{_HAN}])"
    rf"|(?<=[{_LATIN}][%‰°+])(?=[{_HAN}])"
)
"""Where a gap goes; `+`, `%` and their like belong to the number or name that they stand beside."""

_SKIPPED = frozenset({"code", "pre", "script", "style", "title"})


def with_gaps(text: str) -> str:
    """The text with a gap at each change between Chinese and Latin letters or digits."""
    return _BETWEEN.sub(GAP, text)


def without_gaps(text: str) -> str:
    """The text as it was written."""
    return text.replace(GAP, "")


def add_gaps(root: Any) -> None:
    """Put gaps into the stretches of text of an element tree; elements do not share a gap."""
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in _SKIPPED and element.text:
            element.text = with_gaps(element.text)
        if element.tail:
            element.tail = with_gaps(element.tail)
