"""Markdown into HTML: numbers become `<data>` elements, directives become exhibits."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, MutableMapping, Sequence
from itertools import groupby
from typing import Any

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup

from briefgen.model.briefing import Briefing
from briefgen.model.markdown import DIRECTIVE, SUBSTITUTIONS, parser

HEADING_SHIFT = 1
"""Prose starts its headings at `##`, sections hold `<h2>`: `##` becomes `<h3>`."""


class Prose(RendererHTML):
    """Renders the prose of one briefing.

    `result` writes an expression, `exhibit` an exhibit by id, `reference` a link to an id.
    """

    def __init__(
        self,
        briefing: Briefing,
        result: Callable[[str], Markup],
        exhibit: Callable[[str], Markup],
        reference: Callable[[str], str],
    ) -> None:
        super().__init__()
        self._briefing = briefing
        self._result, self._exhibit, self._reference = result, exhibit, reference
        rules: dict[str, Callable[..., str]] = {
            **dict.fromkeys(SUBSTITUTIONS, self._number),
            "colon_fence": self._directive,
            "softbreak": self._line_end,
            "heading_open": self._heading,
            "heading_close": self._heading,
            "link_open": self._link,
        }
        self.rules = {**self.rules, **rules}  # type: ignore[dict-item]

    def blocks(self, text: str) -> Markup:
        """A Markdown text as HTML; half-width exhibits that follow each other stand in pairs."""
        markdown = parser()
        html = []
        for is_pair, run in groupby(markdown.parse(text), self._is_half):
            inner = self.render(list(run), markdown.options, {})
            html.append(f'<div class="pair">{inner}</div>' if is_pair else inner)
        return Markup("".join(html))

    def line(self, text: str) -> Markup:
        """One line of Markdown as HTML, without a paragraph around it."""
        markdown = parser()
        return Markup(self.render(markdown.parseInline(text), markdown.options, {}))

    def _is_half(self, token: Token) -> bool:
        match = DIRECTIVE.fullmatch(token.info) if token.type == "colon_fence" else None
        return match is not None and self._briefing.exhibits[match["argument"]].width == "half"

    def _number(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        return str(self._result(tokens[at].content.strip()))

    def _directive(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        match = DIRECTIVE.fullmatch(tokens[at].info)
        assert match is not None, "loading reports unknown directives"
        return str(self._exhibit(match["argument"]))

    def _line_end(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """A line end between ideographs leaves no space, whatever markup stands beside it."""
        before = next(filter(None, map(self._visible, reversed(tokens[:at]))), "")
        after = next(filter(None, map(self._visible, tokens[at + 1 :])), "")
        wide = all(c and unicodedata.east_asian_width(c) in "WF" for c in (before[-1:], after[:1]))
        return "" if wide else "\n"

    def _visible(self, token: Token) -> str:
        """What a reader sees of a token."""
        if token.type in SUBSTITUTIONS:
            return str(self._result(token.content.strip()).striptags())
        return token.content

    def _heading(
        self,
        tokens: Sequence[Token],
        at: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        token = tokens[at].copy()
        token.tag = f"h{min(int(token.tag[1]) + HEADING_SHIFT, 6)}"
        return self.renderToken([token], 0, options, {})

    def _link(
        self,
        tokens: Sequence[Token],
        at: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        """A link; one to an exhibit or section without text of its own takes its name."""
        target = str(tokens[at].attrGet("href"))
        if target.startswith("#") and tokens[at + 1].type == "link_close":
            tokens[at].attrSet("data-from", "numbering")
            return self.renderToken(tokens, at, options, {}) + self._reference(target[1:])
        return self.renderToken(tokens, at, options, {})
