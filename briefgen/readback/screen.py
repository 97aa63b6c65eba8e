"""The blocks and the metadata of an HTML document."""

from __future__ import annotations

import re
from html.parser import HTMLParser

from briefgen.model.output import BOUND, JSON_LD, HtmlBlock, Span

BLOCKS = frozenset(
    {"address", "article", "aside", "blockquote", "body", "caption", "dd", "div", "dl", "dt"}
    | {"figcaption", "figure", "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li"}
    | {"main", "nav", "ol", "p", "pre", "section", "table", "tbody", "td", "tfoot", "th", "thead"}
    | {"tr", "ul"}
)
"""Elements that begin and end a line of text."""

UNSEEN = frozenset({"head", "script", "style", "template"})
VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
)
"""Elements without an end."""


def read_html(content: bytes) -> tuple[tuple[HtmlBlock, ...], dict[str, str]]:
    """The blocks in reading order, and the metadata by name."""
    reader = _Reader()
    reader.feed(content.decode("utf-8", errors="replace"))
    reader.close()
    reader.end_block()
    return tuple(reader.blocks), reader.metadata


class _Element:
    """An open element, and what it says of the text inside."""

    def __init__(self, tag: str, given: dict[str, str | None], around: _Element | None) -> None:
        self.tag = tag
        self.block: str = tag if tag in BLOCKS or around is None else around.block
        self.section: str | None = around.section if around else None
        self.exhibit: str | None = around.exhibit if around else None
        self.role: str | None = given.get("role") or (around.role if around else None)
        self.kind: str = given.get("data-from") or (around.kind if around else "")
        self.is_unseen: bool = tag in UNSEEN or (around is not None and around.is_unseen)
        if tag == "section":
            self.section = given.get("id") or self.section
        elif tag == "figure":
            self.exhibit = given.get("id") or self.exhibit
        elif tag in {BOUND, "time"}:
            self.kind = tag
        self.is_data: bool = tag == "script" and given.get("type") == JSON_LD


class _Reader(HTMLParser):
    """Gathers blocks; an element that is never closed ends where one around it does."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[HtmlBlock] = []
        self.metadata: dict[str, str] = {}
        self._open: list[_Element] = []
        self._spans: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "html":
            self.metadata["lang"] = given.get("lang") or ""
        elif tag == "meta":
            self.metadata[given.get("name") or ""] = given.get("content") or ""
        if tag in BLOCKS:
            self.end_block()
        if tag == "br":
            self._add("\n")
        if tag not in VOID:
            self._open.append(_Element(tag, given, self._open[-1] if self._open else None))

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        tags = [element.tag for element in self._open]
        if tag in tags:
            del self._open[len(tags) - 1 - tags[::-1].index(tag) :]

    def handle_data(self, data: str) -> None:
        if self._open and self._open[-1].tag == "title":
            self.metadata["title"] = self.metadata.get("title", "") + data.strip()
        elif self._open and self._open[-1].is_data:
            self.metadata[JSON_LD] = self.metadata.get(JSON_LD, "") + data
        self._add(data)

    def end_block(self) -> None:
        """The text gathered so far becomes a block of the innermost open element."""
        spans, self._spans = _trimmed(self._spans), []
        if spans:
            around = self._open[-1]
            self.blocks.append(
                HtmlBlock(
                    tag=around.block,
                    spans=tuple(Span(text=text, kind=kind) for text, kind in spans),
                    section=around.section,
                    exhibit=around.exhibit,
                    role=around.role,
                )
            )

    def _add(self, text: str) -> None:
        if self._open and not self._open[-1].is_unseen:
            self._spans.append((text, self._open[-1].kind))


_SPACE = re.compile(r"[ \t\r\n]+")


def _trimmed(spans: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Spans as a browser shows them: white space counts once, and not at the ends."""
    kept: list[tuple[str, str]] = []
    for text, kind in spans:
        text = _SPACE.sub(" ", text)
        if not kept or kept[-1][0].endswith(" "):
            text = text.removeprefix(" ")
        if kept and kept[-1][1] == kind != BOUND:
            kept[-1] = (kept[-1][0] + text, kind)
        elif text:
            kept.append((text, kind))
    if kept and kept[-1][0].endswith(" "):
        text, kind = kept.pop()
        kept += [(text[:-1], kind)] if text != " " else []
    return kept
