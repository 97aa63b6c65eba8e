"""Lines of Markdown as plain text, their numbers written out."""

from __future__ import annotations

from collections.abc import Callable

from briefgen.model.briefing import Briefing
from briefgen.model.language import write
from briefgen.model.markdown import SUBSTITUTIONS, parser


def plain_text(
    line: str, briefing: Briefing, reference: Callable[[str], str] = lambda anchor: anchor
) -> str:
    """A line as a reader sees it; `reference` names what a link without text points to."""
    parts = []
    (paragraph,) = parser().parseInline(line)
    tokens = paragraph.children or []
    for at, token in enumerate(tokens):
        if token.type in SUBSTITUTIONS:
            shown = briefing.numbers[token.content.strip()]
            parts.append(write(shown, briefing.language, briefing.units))
        elif token.type == "link_open" and tokens[at + 1].type == "link_close":
            parts.append(reference(str(token.attrGet("href")).removeprefix("#")))
        else:
            parts.append(token.content or (" " if token.type.endswith("break") else ""))
    return "".join(parts)
