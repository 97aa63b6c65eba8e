"""WeasyPrint's log as findings: it makes a PDF even where an image or a property is broken."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.model.asset import SVG
from briefgen.model.edition import Page

_LOGGERS = ("weasyprint", "fontTools")
_BROKEN = re.compile(
    r"Failed to load|cannot be loaded|Relative URI|No anchor|not found"
    r"|glyphs missing",
    re.IGNORECASE,
)
_NO_GLYPH = re.compile(r"\.notdef glyph .*\(U\+([0-9A-F]+)\)$", re.DOTALL)


class _Tap(logging.Handler):
    def __init__(self, out: Collector, page: Page) -> None:
        super().__init__(logging.WARNING)
        self._out, self._page = out, page

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        if lacking := _NO_GLYPH.search(message):
            self._no_glyph(chr(int(lacking[1], 16)))
            return
        broken = record.levelno >= logging.ERROR or _BROKEN.search(message)
        self._out.report(
            "SET101" if broken else "SET102",
            f"typesetting: {message.rstrip(' :')}",
            severity=Severity.ERROR if broken else Severity.WARNING,
        )

    def _no_glyph(self, char: str) -> None:
        around = words_around(char, self._page)
        self._out.report(
            "SET111",
            f"no font has a glyph for {named(char)}" + (f": “{around}”" if around else ""),
            help="write it in words, or take it out of the label or template that holds it",
        )


def named(char: str) -> str:
    """A character with its code point and its name in Unicode."""
    name = unicodedata.name(char, "")
    return f"`{char}` (U+{ord(char):04X}{f' {name}' if name else ''})"


def words_around(char: str, page: Page) -> str:
    """The text of the page, or of one of its drawings, in which a character stands first."""
    drawings = (a.content.decode() for a in page.assets.values() if a.media_type == SVG)
    for markup in (page.html, *drawings):
        text = " ".join(unescape(_MARKUP.sub("", markup)).split())
        if (at := text.find(char)) >= 0:
            return text[max(at - 10, 0) : at + 11]
    return ""


_MARKUP = re.compile(r"<(style|script|title)\b.*?</\1>|<[^>]*>", re.DOTALL)


@contextmanager
def tapped(out: Collector, page: Page) -> Iterator[None]:
    """Turn what WeasyPrint logs of a page into findings while the block runs.

    Reports: SET101 (something is missing in the PDF), SET102 (a property was ignored), SET111 (a
    character has no glyph).
    """
    tap = _Tap(out, page)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [tap], False
    try:
        yield
    finally:
        for logger, propagate, handlers in before:
            logger.handlers, logger.propagate = handlers, propagate
