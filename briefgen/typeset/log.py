"""WeasyPrint's log as findings: it makes a PDF even where an image or a property is broken."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

from briefgen.diagnostics.finding import Collector, Severity

_LOGGERS = ("weasyprint", "fontTools")
_BROKEN = re.compile(
    r"Failed to load|cannot be loaded|Relative URI|No anchor|not found"
    r"|\.notdef glyph|glyphs missing",
    re.IGNORECASE,
)


class _Tap(logging.Handler):
    def __init__(self, out: Collector) -> None:
        super().__init__(logging.WARNING)
        self._out = out

    def emit(self, record: logging.LogRecord) -> None:
        message = " ".join(record.getMessage().split())
        broken = record.levelno >= logging.ERROR or _BROKEN.search(message)
        self._out.report(
            "SET101" if broken else "SET102",
            f"typesetting: {message.rstrip(' :')}",
            severity=Severity.ERROR if broken else Severity.WARNING,
        )


@contextmanager
def tapped(out: Collector) -> Iterator[None]:
    """Turn what WeasyPrint logs into findings while the block runs.

    Reports: SET101 (something is missing in the PDF), SET102 (a property was ignored).
    """
    tap = _Tap(out)
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    before = [(logger, logger.propagate, list(logger.handlers)) for logger in loggers]
    for logger in loggers:
        logger.handlers, logger.propagate = [tap], False
    try:
        yield
    finally:
        for logger, propagate, handlers in before:
            logger.handlers, logger.propagate = handlers, propagate
