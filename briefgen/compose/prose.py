"""Markdown into HTML: numbers become `<data>` elements, directives exhibits, footnotes notes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape

from briefgen.compose.headings import Headings
from briefgen.compose.origins import Origins
from briefgen.compose.words import Words
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import DIRECTIVE, SUBSTITUTIONS, parser

Medium = Literal["print", "screen"]

HEADING_SHIFT = 1
"""Prose starts its headings at `##`, sections hold `<h2>`: `##` becomes `<h3>`."""

_KEPT = '<span class="tight">'
"""Around the mark of a footnote and what it follows: no line begins with a mark."""


def _is_marked(tokens: Sequence[Token], at: int) -> bool:
    """Whether the mark of a footnote stands behind a token."""
    return at + 1 < len(tokens) and tokens[at + 1].type == "footnote_ref"


@dataclass(frozen=True, slots=True)
class Target:
    """What a link within the document leads to: its name in the text, and what it is."""

    name: str
    title: str


class Prose(RendererHTML):
    """Renders the prose of one briefing.

    `exhibit` writes an exhibit by id, `target` says what an id is. On paper a footnote stands at
    the foot of its page, on the screen below the prose; their numbers count through the document.
    """

    def __init__(
        self,
        briefing: Briefing,
        words: Words,
        exhibit: Callable[[str], Markup],
        target: Callable[[str], Target],
        medium: Medium,
        origins: Origins,
        headings: Headings,
    ) -> None:
        super().__init__()
        self._briefing, self._words, self._medium = briefing, words, medium
        self._exhibit, self._target, self._origins = exhibit, target, origins
        self._file, self._headings = "", headings
        self._notes: list[Token] = []
        self._notes_before = 0
        rules: dict[str, Callable[..., str]] = {
            **dict.fromkeys(SUBSTITUTIONS, self._number),
            "colon_fence": self._directive,
            "softbreak": self._line_end,
            "heading_open": self._heading,
            "heading_close": self._heading_end,
            "paragraph_open": self._block,
            "list_item_open": self._block,
            "link_open": self._link,
            "footnote_ref": self._note_mark,
            "text": self._text,
        }
        self.rules = {**self.rules, **rules}  # type: ignore[dict-item]

    def file(self, name: str) -> Markup:
        """A prose file as HTML; half-width exhibits that follow each other stand in pairs."""
        self._file = name
        return self._blocks(self._briefing.prose[name])

    def _blocks(self, text: str) -> Markup:
        markdown = parser()
        tokens = markdown.parse(text)
        types = [token.type for token in tokens]
        end = types.index("footnote_block_open") if "footnote_block_open" in types else len(tokens)
        self._notes_before += len(self._notes)
        self._notes = [token for token in tokens[end:] if token.type == "inline"]
        html = []
        for is_half, found in groupby(tokens[:end], self._is_half):
            run = list(found)
            size = 2 if is_half else len(run)
            for at in range(0, len(run), size):
                inner = self.render(run[at : at + size], markdown.options, {})
                html.append(f'<div class="pair">{inner}</div>' if is_half else inner)
        if self._notes and self._medium == "screen":
            items = (
                Markup('<li id="note-{}">{}</li>').format(self._notes_before + n, self._note(n))
                for n in range(1, len(self._notes) + 1)
            )
            html.append(Markup('<ol class="notes">{}</ol>').format(Markup("").join(items)))
        return Markup("".join(html))

    def line(self, text: str) -> Markup:
        """One line of Markdown as HTML, without a paragraph around it."""
        markdown = parser()
        return Markup(self.render(markdown.parseInline(text), markdown.options, {}))

    def _is_half(self, token: Token) -> bool:
        match = DIRECTIVE.fullmatch(token.info) if token.type == "colon_fence" else None
        return match is not None and self._briefing.exhibits[match["argument"]].width == "half"

    def _number(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        number = str(self._words.result(tokens[at].content.strip()))
        return f"{_KEPT}{number}" if _is_marked(tokens, at) else number

    def _text(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        text = tokens[at].content
        if not text or not _is_marked(tokens, at):
            return str(escape(text))
        return f"{escape(text[:-1])}{_KEPT}{escape(text[-1])}"

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
            return str(self._words.result(token.content.strip()).striptags())
        return token.content

    def _heading(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        text = "".join(map(self._visible, tokens[at + 1].children or []))
        stem, where = self._file.removesuffix(".md"), self._at(tokens[at])
        return self._headings.opened(_level(tokens[at]), stem, text, where)

    def _heading_end(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        return self._headings.closed(_level(tokens[at]))

    def _block(
        self,
        tokens: Sequence[Token],
        at: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        """A paragraph or an item, which says where it is written."""
        html = self.renderToken(tokens, at, options, {})
        return html.replace(">", f"{self._at(tokens[at])}>", 1) if html else html

    def _at(self, token: Token) -> Markup:
        return self._origins.of_line(self._file, token.map[0] + 1) if token.map else Markup()

    def _link(
        self,
        tokens: Sequence[Token],
        at: int,
        options: OptionsDict,
        env: MutableMapping[str, Any],  # noqa: ARG002
    ) -> str:
        """A link; one to an exhibit or section without text of its own takes its name."""
        href = str(tokens[at].attrGet("href"))
        if not href.startswith("#"):
            return self.renderToken(tokens, at, options, {})
        target = self._target(href[1:])
        tokens[at].attrSet("title", target.title)
        if tokens[at + 1].type == "link_close":
            tokens[at].attrSet("data-from", "numbering")
            return self.renderToken(tokens, at, options, {}) + target.name
        return self.renderToken(tokens, at, options, {})

    def _note_mark(self, tokens: Sequence[Token], at: int, *_: Any) -> str:
        """The mark of a footnote; on paper with the footnote itself, which moves to the foot."""
        meta = tokens[at].meta
        nth = meta["id"] + 1
        number, is_first = self._notes_before + nth, meta["subId"] == 0
        mark = Markup(
            '<a class="note-mark"{} href="#note-{}" role="doc-noteref" title="{}"'
            ' data-from="numbering">{}</a>'
        ).format(
            Markup(' id="note-mark-{}"').format(number) if is_first else "",
            number,
            self._words.label("note", number=number),
            number,
        )
        if is_first and self._medium == "print":
            note = Markup('<span class="note" role="doc-footnote" id="note-{}">{}</span>')
            mark += note.format(number, self._note(nth))
        before = tokens[at - 1] if at else None
        is_kept = before and (before.type in SUBSTITUTIONS or before.type == "text")
        return f"{mark}</span>" if before and is_kept and before.content else str(mark)

    def _note(self, nth: int) -> Markup:
        """The text of a footnote behind its number, which leads back to the mark."""
        number, inline = self._notes_before + nth, self._notes[nth - 1]
        back = Markup(
            '<sup class="no"><a href="#note-mark-{}" title="{}" data-from="numbering">{}</a></sup> '
        )
        text = self.renderInline(inline.children or [], parser().options, {})
        return back.format(number, self._words.label("note_back", number=number), number) + Markup(
            text
        )


def _level(heading: Token) -> str:
    """The tag of a heading in its section."""
    return f"h{min(int(heading.tag[1]) + HEADING_SHIFT, 6)}"
