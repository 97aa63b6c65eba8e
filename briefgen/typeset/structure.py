"""The structure tree of a PDF, from the HTML elements and the boxes they were laid out in.

WeasyPrint makes an element per box, so a paragraph or a table that runs over a page end falls
apart, repeated table heads are read again, and links, lists and header cells are not as PDF/UA-1
wants them. Here an element of the document is one element of the tree, on however many pages it
stands. Running heads, repeated heads and decoration become artifacts.

This rests on WeasyPrint's private API: `install` looks first whether it is as expected.
"""

from __future__ import annotations

import inspect
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from briefgen.typeset.heads import settle_heads
from briefgen.typeset.roles import CELLS, GROUPS, IN_TEXT, SCOPES, is_decoration, numbering, role
from briefgen.typeset.spacing import without_gaps
from briefgen.typeset.tree import Annotation, Content, Node, write

_PARAMETERS = {
    "add_tags": ["pdf", "document", "pdf_version", "page_streams"],
    "marked": ["self", "box", "tag"],
}
"""The functions of WeasyPrint 70 that are relied on, with their parameters."""

_POINTS = 0.75
"""Points in a CSS pixel."""


@cache
def install() -> bool:
    """Have WeasyPrint write this structure, once per process; False if its API is another."""
    import weasyprint.pdf
    from weasyprint.formatting_structure import boxes
    from weasyprint.pdf.stream import Stream

    found = {
        "add_tags": getattr(weasyprint.pdf, "add_tags", None),
        "marked": getattr(Stream, "marked", None),
    }
    for name, function in found.items():
        if function is None or list(inspect.signature(function).parameters) != _PARAMETERS[name]:
            return False
    if not hasattr(boxes, "MarginBox") or not hasattr(boxes.Box, "link_annotation"):
        return False
    weasyprint.pdf.add_tags = _add_tags
    return True


def _add_tags(pdf: Any, document: Any, pdf_version: Any, page_streams: list[Any]) -> None:  # noqa: ARG001
    """What WeasyPrint calls in place of its own function."""
    tree = _Tree()
    for page, stream in zip(document.pages, page_streams, strict=True):
        tree.read(page, stream)
    for node in tree.root.nodes():
        if node.role == "Table":
            settle_heads(node)
    write(pdf, tree.root, tree.pages)


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where a box stands: its HTML element, its block, whether in a table of contents."""

    element: int = 0
    tag: str = ""
    block: int = 0
    in_contents: bool = False
    link: Node | None = None
    """The link around it: WeasyPrint makes an area of each element inside, too."""


class _Tree:
    """Reads the boxes of the pages, in order."""

    def __init__(self) -> None:
        self.root = Node("Document", 0)
        self.pages: list[int] = []
        """How many marked-content sequences each page has."""
        self._nodes: dict[Any, Node] = {}

    def read(self, page: Any, stream: Any) -> None:
        """Add what stands on the next page."""
        self._page, self._height = len(self.pages), page.height
        self._content = {box: found["mcid"] for box, found in stream._tags.items()}
        self._artifacts: set[int] = set()
        self.pages.append(len(self._content))
        self._walk(page._page_box, self.root, _Inside())
        self._artifacts.update(self._content.values())
        stream._tags.clear()
        _mark_artifacts(stream.stream, self._artifacts)

    def _walk(self, box: Any, node: Node, inside: _Inside) -> None:
        box = getattr(box, "_box", box)  # what is positioned stands in a placeholder
        kind, element, tag = type(box).__name__, box.element, box.element_tag
        if kind == "MarginBox":
            self._drop(box)
            return
        if element is not None and (id(element), tag) != (inside.element, inside.tag):
            if is_decoration(element):
                self._drop(box)
                return
            inside = replace(
                inside,
                element=id(element),
                tag=tag,
                block=inside.block if kind in {"InlineBox", "TextBox"} else id(element),
                in_contents=inside.in_contents or tag == "nav",
            )
            name = role(element, tag, in_contents=inside.in_contents)
            if name is not None:
                node = self._enter(name, node, inside, box)
                if name == "Link":
                    inside = replace(inside, link=node)
                if name in {"THead", "TFoot"} and node.first_page != self._page:
                    self._drop(box)
                    return
        if box.link_annotation is not None:
            (inside.link or node).kids.append(Annotation(self._page, box.link_annotation))
        if (mcid := self._content.pop(box, None)) is not None:
            content = Content(self._page, mcid, without_gaps(getattr(box, "text", "")))
            self._holder("", node, inside).kids.append(content)
        for child in getattr(box, "children", ()):
            self._walk(child, node, inside)

    def _drop(self, box: Any) -> None:
        """What a box holds is decoration, or was said before."""
        box = getattr(box, "_box", box)
        if (mcid := self._content.pop(box, None)) is not None:
            self._artifacts.add(mcid)
        link = self._nodes.get((id(box.element), box.element_tag))
        if box.link_annotation is not None and link is not None:
            link.kids.append(Annotation(self._page, box.link_annotation))
        for child in getattr(box, "children", ()):
            self._drop(child)

    def _enter(self, name: str, parent: Node, inside: _Inside, box: Any) -> Node:
        """The element's node: the one it has from an earlier box or page, or a new one."""
        key = (inside.element, inside.tag)
        if key not in self._nodes:
            holder = self._holder(name, parent, inside)
            self._once(key, name, holder).entries.update(self._entries(name, box))
        return self._nodes[key]

    def _holder(self, name: str, node: Node, inside: _Inside) -> Node:
        """Where in `node` something of this role goes; content has none."""
        if node.role == "TOCI" and name == "Link":
            return self._once((id(node), "link"), "Reference", node)
        if node.role in GROUPS and name in IN_TEXT:
            return self._once((id(node), inside.block), "P", node)
        if node.role == "LI" and name not in {"Lbl", "LBody"}:
            return self._once((id(node), "body"), "LBody", node)
        if node.role == "L" and name in {"Lbl", "LBody"}:
            if name == "LBody" and node.kids and isinstance(node.kids[-1], Node):
                return node.kids[-1]
            return self._once((id(node), len(node.kids)), "LI", node)
        return node

    def _once(self, key: Any, name: str, parent: Node) -> Node:
        """The node of this key; a new one is the last kid of its parent."""
        if key not in self._nodes:
            self._nodes[key] = Node(name, self._page)
            parent.kids.append(self._nodes[key])
        return self._nodes[key]

    def _entries(self, name: str, box: Any) -> dict[str, Any]:
        """What a new node's dictionary says."""
        element = box.element
        entries: dict[str, Any] = {}
        if element.get("lang") and "::" not in box.element_tag:
            entries["Lang"] = element.get("lang")
        alt = element.get("aria-label") or element.get("alt") or element.get("title")
        if alt and name in {"Figure", "Link"}:
            entries["Alt"] = alt
        if name == "Note":
            entries["ID"] = element.get("id") or f"note-{len(self._nodes)}"
        if attributes := self._attributes(name, box):
            entries["A"] = attributes
        return entries

    def _attributes(self, name: str, box: Any) -> Any:
        """The attribute object of a list, a cell or a figure."""
        import pydyf

        if name == "L":
            style = numbering(box.element_tag)
            return pydyf.Dictionary({"O": "/List", "ListNumbering": f"/{style}"})
        if name == "Figure":
            left, top = box.content_box_x(), box.content_box_y()
            edges = (left, self._height - top - box.height, left + box.width, self._height - top)
            bounds = pydyf.Array([edge * _POINTS for edge in edges])
            return pydyf.Dictionary({"O": "/Layout", "Placement": "/Block", "BBox": bounds})
        if name not in CELLS:
            return None
        found = pydyf.Dictionary({"O": "/Table"})
        if name == "TH":
            found["Scope"] = f"/{SCOPES.get(box.element.get('scope'), 'Column')}"
        for span in ("colspan", "rowspan"):
            if getattr(box, span) > 1:
                found[{"colspan": "ColSpan", "rowspan": "RowSpan"}[span]] = getattr(box, span)
        return found if len(found) > 1 else None


def _mark_artifacts(stream: list[Any], mcids: set[int]) -> None:
    """Turn marked-content sequences of a page's stream into artifacts."""
    import pydyf

    for at, item in enumerate(stream):
        if isinstance(item, dict) and item.get("MCID") in mcids:
            stream[at - 1] = "/Artifact"
            stream[at] = pydyf.Dictionary({"Type": "/Pagination"})
