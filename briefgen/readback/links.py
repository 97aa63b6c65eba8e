"""Where an edition leads: to what its links, images and styles refer outside of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

from briefgen.model.output import JSON_LD

_REFERRING = frozenset(
    {"action", "background", "cite", "data", "formaction", "href", "ping", "poster", "src"}
    | {"srcset", "xlink:href"}
)
"""Attributes that hold an address."""

_IN_STYLES = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s;]+)""")
_IN_SCRIPTS = re.compile(r"""(?:https?:|wss?:)?//[\w-]+(?:\.[\w-]+)+[^\s"'`<>)]*""")
_REFRESH = re.compile(r"""url\s*=\s*["']?([^"'\s]+)""", re.IGNORECASE)


def html_links(content: bytes) -> tuple[str, ...]:
    """The addresses that an HTML document refers to, each once, as written.

    Shape: of links within the document only those that lead nowhere, as `#anchor`.
    """
    reader = _Links()
    reader.feed(content.decode("utf-8", errors="replace"))
    reader.close()
    within = {f"#{anchor}" for anchor in reader.anchors}
    left = (one for one in reader.found if not one.startswith("data:") and one not in within)
    return tuple(dict.fromkeys(left))


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.anchors: set[str] = set()
        self._in_style = self._in_script = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self._in_style = tag == "style"
        self._in_script = tag == "script" and given.get("type") != JSON_LD
        if tag == "meta" and "http-equiv" in given:
            self.found += _REFRESH.findall(given.get("content") or "")
        for name, value in attrs:
            if name == "id":
                self.anchors.add(value or "")
            elif name == "style" or "url(" in (value or ""):
                self._read_style(value or "")
            elif name in _REFERRING and tag != "data":
                self.found.append((value or "").strip())

    def handle_data(self, data: str) -> None:
        if self._in_style:
            self._read_style(data)
        if self._in_script:
            self.found += _IN_SCRIPTS.findall(data)

    def handle_endtag(self, tag: str) -> None:
        self._in_style = self._in_style and tag != "style"
        self._in_script = self._in_script and tag != "script"

    def _read_style(self, text: str) -> None:
        self.found += [found for found in _IN_STYLES.findall(text) if not found.startswith("#")]


def pdf_links(content: bytes) -> tuple[str, ...]:
    """The addresses that the links of a PDF lead to, each once; other actions by their name."""
    import pikepdf

    with pikepdf.open(BytesIO(content)) as document:
        annotations = (one for page in document.pages for one in page.obj.get("/Annots", ()))
        actions = [one[key] for one in annotations for key in ("/A", "/AA") if key in one]
        actions += [document.Root[key] for key in ("/OpenAction", "/AA") if key in document.Root]
        return tuple(dict.fromkeys(found for action in actions for found in _led_to(action)))


def _led_to(action: Any) -> Iterator[str]:
    """Where an action leads outside of the document."""
    import pikepdf

    kind = action.get("/S") if isinstance(action, pikepdf.Dictionary) else None
    if kind == "/URI":
        yield str(action.get("/URI", ""))
    elif kind not in {None, "/GoTo"}:
        yield str(kind)
