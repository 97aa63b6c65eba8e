"""The Markdown that prose is written in.

CommonMark without raw HTML, `{{ … }}` expressions, `:::{…}` directives, footnotes (`[^1]`), and
the language of a stretch of text (`[…]{lang=zh-Hant}`). Emphasis closes after Chinese punctuation
(`**要点。**正文`), where plain CommonMark would leave the asterisks standing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, MutableMapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline.state_inline import Scanned, StateInline
from markdown_it.token import Token
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.substitution import substitution_plugin

SUBSTITUTIONS = frozenset({"substitution_inline", "substitution_block"})
REMEMBERED = 4096
"""Of how many texts it is remembered what they name: loading and many rules ask the same."""
DIRECTIVE = re.compile(r"\{(?P<name>[a-z]+)\}\s*(?P<argument>\S*)\s*")


@dataclass(frozen=True, slots=True)
class Piece:
    """Something in prose that names something else.

    Units: `line` and `column` count from 1, in the text that was parsed.
    """

    kind: str
    """`expression`, `exhibit` (a directive), `directive` (another one), `link` (to an exhibit or
    section), `site` (a link to something else), `language` (of a stretch of text), `attribute`
    (something else that is said of it)."""
    text: str
    line: int
    column: int


@cache
def parser() -> MarkdownIt:
    """The one parser, used to find what prose names and to render it."""
    markdown = MarkdownIt("commonmark")
    markdown.inline = _Inline()
    markdown.configure("commonmark", {"html": False})
    return (
        markdown.disable(["html_block", "html_inline", "image"])
        .use(colon_fence_plugin)
        .use(substitution_plugin)
        .use(footnote_plugin, inline=False)
        .use(attrs_plugin, after=(), spans=True, allowed=("lang",))
    )


@lru_cache(maxsize=REMEMBERED)
def pieces(text: str) -> tuple[Piece, ...]:
    """All that the text names, in reading order."""
    return tuple(_pieces(text))


def _pieces(text: str) -> Iterator[Piece]:
    places = _Places(text)

    for block in parser().parse(text):
        start = block.map[0] if block.map else 0
        if block.type == "colon_fence":
            match = DIRECTIVE.fullmatch(block.info)
            known = match is not None and match["name"] in {"figure", "table"}
            name = match["argument"] if match and known else block.info.strip()
            kind = "exhibit" if known else "directive"
            yield Piece(kind, name, *places.find(start, name, after=":::"))
        elif block.type in SUBSTITUTIONS:
            source = block.content.strip()
            yield Piece("expression", source, *places.find(start, source, after="{{"))
        for child, offset in _with_lines(block):
            if child.type in SUBSTITUTIONS:
                source = child.content.strip()
                yield Piece("expression", source, *places.find(start + offset, source, after="{{"))
            elif child.type == "link_open":
                href = str(child.attrGet("href"))
                if href.startswith("#"):
                    yield Piece("link", href[1:], *places.find(start + offset, href[1:], after="#"))
                else:
                    yield Piece("site", href, *places.find(start + offset, href))
            elif child.type == "span_open":
                for name in child.meta.get("insecure_attrs", ()):
                    yield Piece("attribute", name, *places.find(start + offset, name, after="]{"))
                language = str(child.attrGet("lang") or "")
                if language or not child.meta:
                    yield Piece(
                        "language", language, *places.find(start + offset, language, "lang=")
                    )


@lru_cache(maxsize=REMEMBERED)
def plain_runs(text: str) -> tuple[tuple[str, int, int], ...]:
    """Stretches of text between expressions, code included, with line and column (from 1)."""
    return tuple(_plain_runs(text))


def _plain_runs(text: str) -> Iterator[tuple[str, int, int]]:
    places = _Places(text)
    for block in parser().parse(text):
        start = block.map[0] if block.map else 0
        if block.type in {"fence", "code_block"}:
            for offset, line in enumerate(block.content.splitlines(), block.type == "fence"):
                if line.strip():
                    yield line, *places.find(start + offset, line)
        for child, offset in _with_lines(block):
            if child.type in {"text", "code_inline"} and child.content.strip():
                yield child.content, *places.find(start + offset, child.content)


class _Places:
    """Finds parts of a text that are asked for in reading order."""

    def __init__(self, text: str) -> None:
        self._lines = text.splitlines()
        self._reached: dict[int, int] = {}

    def find(self, line: int, part: str, after: str = "") -> tuple[int, int]:
        """Line and column, from 1, of a part that begins in `line` (from 0), behind `after`."""
        text, column = self._lines[line] if line < len(self._lines) else "", -1
        first = part.split("\n", 1)[0].rstrip()
        mark = text.find(after, self._reached.get(line, 0))
        if mark >= 0:
            column = text.find(first, mark + len(after))
        if column >= 0:
            self._reached[line] = column + len(first)
        return line + 1, max(column, 0) + 1


def _with_lines(block: Token) -> Iterator[tuple[Token, int]]:
    line = 0
    for child in block.children or ():
        yield child, line
        line += child.type in {"softbreak", "hardbreak"} or child.content.count("\n")


class _State(StateInline):
    """Reads wide punctuation as letters, so that emphasis opens and closes beside it."""

    def scanDelims(self, start: int, canSplitWord: bool) -> Scanned:  # noqa: N802, N803
        end = start
        while end < self.posMax and self.src[end] == self.src[start]:
            end += 1
        before = self.src[start - 1] if start else " "
        after = self.src[end] if end < self.posMax else " "
        if _is_wide(before) or _is_wide(after):
            return Scanned(not after.isspace(), not before.isspace(), end - start)
        return super().scanDelims(start, canSplitWord)


class _Inline(ParserInline):
    def parse(
        self, src: str, md: MarkdownIt, env: MutableMapping[str, Any], tokens: list[Token]
    ) -> list[Token]:
        state = _State(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF" or char in "“”‘’…—"
