"""Headings within sections: on the screen each can be linked to."""

from __future__ import annotations

import re

from markupsafe import Markup, escape

from briefgen.compose.words import Words

_NO_NAME = re.compile(r"[^\w]+")
"""What the id of a heading does not keep of its text."""


class Headings:
    """The headings of one page; the id of each is its text, behind that of what it stands in."""

    def __init__(self, words: Words, *, is_screen: bool) -> None:
        self._words, self._is_screen = words, is_screen
        self._ids: list[str] = []

    def opened(self, tag: str, within: str, text: str, at: str = "") -> Markup:
        """The opening tag; `at` says where the heading is written."""
        if not self._is_screen:
            return Markup("<{}>").format(tag)
        name = _NO_NAME.sub("-", text).strip("-").lower()
        stem = found = f"{within}--{name}"
        nth = 1
        while found in self._ids:
            found = f"{stem}-{(nth := nth + 1)}"
        self._ids.append(found)
        return Markup('<{} id="{}"{}>').format(tag, found, at)

    def closed(self, tag: str) -> Markup:
        """The link to the heading that was opened last, and its closing tag."""
        if not self._is_screen:
            return Markup("</{}>\n").format(tag)
        link = Markup('<a class="permalink" href="#{0}" title="{1}" aria-label="{1}"></a></{2}>\n')
        return link.format(self._ids[-1], self._words.label("link_here"), tag)

    def whole(self, text: str, within: str, tag: str = "h3") -> Markup:
        """A heading that a template writes into a section, or beside the text."""
        return self.opened(tag, within, escape(text).striptags()) + text + self.closed(tag)
