"""Marks what is Chinese in a document of another language, for voices, fonts and search."""

from __future__ import annotations

import re

CHINESE = "zh-Hans"
"""The language of Chinese that no author has marked as another one."""

_WIDE = "\u3400-\u9fff\uf900-\ufaff\u3000-\u303f\uff01-\uff60\U00020000-\U0003ffff"
_HAN = "\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_RUN = re.compile(
    rf"[《〈「『【（]?[{_HAN}][{_WIDE}]*(?:\s?[A-Z0-9][A-Za-z0-9.+%-]*\s?[{_HAN}][{_WIDE}]*)*"
)
"""Ideographs with their punctuation; a name or number right between them belongs to them."""

_MARKUP = re.compile(
    r"""<!--.*?-->|<(script|style|svg|title)\b.*?</\1\s*>|<(?:[^'">]|"[^"]*"|'[^']*')*>""",
    re.DOTALL,
)
_START = re.compile(r"<(\w+)\b")
_MARKED = re.compile(r"""<(?!html\b)\w+\b(?:[^'">]|"[^"]*"|'[^']*')*?\slang=""")


def with_languages(html: str, language: str) -> str:
    """A document in which runs of Chinese say so, unless it is Chinese itself or they do."""
    if language.startswith("zh"):
        return html
    written, end = [], 0
    within, depth = "", 0
    """The element that says the language of what it holds, and how deep its like is nested."""
    for found in _MARKUP.finditer(html):
        text = html[end : found.start()]
        written += [text if depth else _RUN.sub(_span, text), found[0]]
        end = found.end()
        start = _START.match(found[0])
        if depth:
            depth += bool(start and start[1] == within) - found[0].startswith(f"</{within}>")
        elif start and _MARKED.match(found[0]):
            within, depth = start[1], 1
    return "".join((*written, html[end:]))


def _span(run: re.Match[str]) -> str:
    return f'<span lang="{CHINESE}">{run[0]}</span>'
