"""Elements of a page, cut out of it to stand on another one."""

from __future__ import annotations

import re
from collections.abc import Collection

_ID = re.compile(r'(?<=\sid=")[^"]+(?=")')
_REFERENCE = re.compile(r'((?:href="|aria-\w+="|url\()#?)([^")\s]+)(?=[")])')
_DEAD = re.compile(r' href="#([^"]*)"')


def element(html: str, anchor: str) -> str:
    """The element of that id, as it is written. Raises: LookupError."""
    start = re.search(rf'<(\w+)\b[^>]*\sid="{re.escape(anchor)}"[^>]*>', html)
    if start is None:
        raise LookupError(anchor)
    depth = 0
    for tag in re.compile(rf"<(/?){start[1]}\b[^>]*>").finditer(html, start.start()):
        depth += -1 if tag[1] else 1
        if depth == 0:
            return html[start.start() : tag.end()]
    raise LookupError(anchor)


def renamed(html: str, ending: str) -> str:
    """The same with `-ending` after its ids and what names them, so that it can stand twice."""
    own = set(_ID.findall(html))
    html = _ID.sub(lambda found: f"{found[0]}-{ending}", html)
    return _REFERENCE.sub(lambda r: f"{r[0]}-{ending}" if r[2] in own else r[0], html)


def without_dead_links(html: str, alive: Collection[str]) -> str:
    """The same, in which links to what was not cut out with it lead nowhere."""
    return _DEAD.sub(lambda link: link[0] if link[1] in alive else "", html)


def anchors(html: str) -> set[str]:
    """All ids."""
    return set(_ID.findall(html))
