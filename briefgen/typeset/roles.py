"""Which role an HTML element plays in the structure of a PDF.

Source: ISO 32000-1, 14.8.4 (standard structure types).
"""

from __future__ import annotations

from typing import Any

ROLES = {
    "aside": "Sect",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "dd": "LBody",
    "dl": "L",
    "dt": "Lbl",
    "figcaption": "Caption",
    "figure": "Div",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "h5": "H5",
    "h6": "H6",
    "img": "Figure",
    "li": "LI",
    "li::marker": "Lbl",
    "nav": "Sect",
    "ol": "L",
    "p": "P",
    "pre": "Code",
    "section": "Sect",
    "sup": "Lbl",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
"""Roles by element; elements that are not named here pass what they hold on to their parent."""

BY_ARIA_ROLE = {"doc-footnote": "Note", "img": "Figure"}
"""What an element's `role` says of it, before its name does."""

GROUPS = frozenset({"Document", "Sect", "Div", "BlockQuote", "TOCI"})
"""Roles that hold no text of their own: it stands in a paragraph inside."""

IN_TEXT = frozenset({"", "Link", "Span"})
"""What stands in a paragraph: content itself, and elements within lines."""

CELLS = frozenset({"TD", "TH"})

SCOPES = {"col": "Column", "colgroup": "Column", "row": "Row", "rowgroup": "Row"}


def role(element: Any, tag: str, *, in_contents: bool) -> str | None:
    """The role of an element, or of its pseudo-element `tag`; None where it has none.

    Inside a table of contents lists and their items have roles of their own.
    """
    if tag == "a" and element.get("href"):
        return "Link"
    if "::" not in tag and element.get("role") in BY_ARIA_ROLE:
        return BY_ARIA_ROLE[element.get("role")]
    found = ROLES.get(tag)
    if in_contents and tag in {"ol", "ul", "li"}:
        return "TOCI" if tag == "li" else "TOC"
    if found is None and "::" not in tag and element.get("lang") and tag != "html":
        return "Span"
    return found


def is_decoration(element: Any) -> bool:
    """Whether an element says nothing: hidden from assistive technology, or without alternative."""
    return bool(element.get("aria-hidden") == "true" or element.get("alt") == "")


def numbering(tag: str) -> str:
    """The `ListNumbering` of a list."""
    return {"ol": "Decimal", "ul": "Disc"}.get(tag, "None")
