"""Drawings within the page: their text can be found, and their colours follow the reader's."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from xml.etree import ElementTree as ET

from markupsafe import Markup

from briefgen.model.edition import Drawing

KIND = "drawing"
"""What `data-from` says of the text of a drawing."""
REMEMBERED = 64
"""How many drawings are remembered: a page is made again with most of them the same."""
_NAMESPACE = re.compile(r"\{[^}]*\}")
_COLOUR = re.compile(r"#[0-9a-f]{6}\b")
_REFERENCE = re.compile(r"""(?:href="|url\()#([^)"]+)""")
_TURNED_BY_NOTHING = re.compile(r"rotate\(-?0 ")
_INHERITED = {"stroke-linejoin": "round", "stroke-linecap": "butt"}
"""What matplotlib's style sheet says of all elements."""


@lru_cache(maxsize=REMEMBERED)
def inline(drawing: Drawing) -> Markup:
    """A drawing as an `<svg>` element of HTML.

    Each colour becomes `var(--c-rrggbb, #rrggbb)`, which a style sheet can give another value.
    Styles become attributes; ids that nothing refers to are left out, for they are many.
    """
    root = ET.fromstring(drawing.svg)
    families = {_declared(text).get("font-family", "") for text in _styles(root)} - {""}
    shared = {"font-family": families.pop()} if len(families) == 1 else {}
    used = set(_REFERENCE.findall(drawing.svg))
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith("}style"):
                parent.remove(child)
    for element in root.iter():
        element.tag = _NAMESPACE.sub("", element.tag)
        element.attrib = _attributes(element, used, shared)
        element.text = element.text if element.tag == "text" else None
        element.tail = None
    root.attrib |= {**_INHERITED, **shared}
    root.attrib |= {"role": "img", "aria-label": drawing.alt, "data-from": KIND}
    root.attrib.pop("version", None)
    return Markup(ET.tostring(root, encoding="unicode"))


def colours(drawings: Iterable[Drawing]) -> list[str]:
    """All colours of drawings, in order."""
    return sorted({colour for drawing in drawings for colour in _COLOUR.findall(drawing.svg)})


def _attributes(element: ET.Element, used: set[str], shared: dict[str, str]) -> dict[str, str]:
    given = {_NAMESPACE.sub("", name): value for name, value in element.attrib.items()}
    if given.get("id") not in used:
        given.pop("id", None)
    if _TURNED_BY_NOTHING.match(given.get("transform", "")):
        del given["transform"]
    styles = _declared(given.pop("style", ""))
    for name, value in styles.items():
        if shared.get(name) != value:
            given[name] = _COLOUR.sub(lambda c: f"var(--c-{c[0][1:]}, {c[0]})", value)
    return {name: " ".join(value.split()) for name, value in given.items()}


def _declared(style: str) -> dict[str, str]:
    pairs = (one.partition(":") for one in style.split(";") if one.strip())
    return {name.strip(): value.strip() for name, _, value in pairs}


def _styles(root: ET.Element) -> Iterable[str]:
    return (element.attrib.get("style", "") for element in root.iter())
