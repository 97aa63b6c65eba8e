"""The structure tree as a PDF holds it: elements, their content on pages, the way back.

Source: ISO 32000-1, 14.7.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefgen.typeset.roles import CELLS


@dataclass(eq=False, slots=True)
class Content:
    """A marked-content sequence of a page; pages count from 0."""

    page: int
    mcid: int
    text: str


@dataclass(eq=False, slots=True)
class Annotation:
    """The area of a link on a page."""

    page: int
    dictionary: Any


@dataclass(eq=False, slots=True)
class Node:
    """An element of the tree; kids stand in reading order."""

    role: str
    first_page: int
    entries: dict[str, Any] = field(default_factory=dict)
    """What else its dictionary says: attributes, alternative text, language."""
    kids: list[Node | Content | Annotation] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it; a cell holds its place in the table all the same."""
        return self.role not in CELLS and all(
            isinstance(kid, Node) and kid.is_empty for kid in self.kids
        )

    @property
    def text(self) -> str:
        """What a reader sees of it."""
        return "".join(kid.text for kid in self.kids if not isinstance(kid, Annotation))

    def nodes(self) -> Iterator[Node]:
        """It and all elements below that are not empty, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Node) and not kid.is_empty:
                yield from kid.nodes()


def _set_apart(node: Node) -> None:
    """Give text that stands between elements an element of its own.

    Readers that take the content of an element before its kids then keep the order.
    """
    if any(isinstance(kid, Node) for kid in node.kids):
        node.kids = [
            Node("Span", kid.page, kids=[kid]) if isinstance(kid, Content) else kid
            for kid in node.kids
        ]


def write(pdf: Any, root: Node, contents: Sequence[int]) -> None:
    """Add a tree to a PDF of pydyf; `contents` counts the marked sequences of each page."""
    import pydyf

    parents = pydyf.Dictionary({})
    tree = pydyf.Dictionary({"Type": "/StructTreeRoot", "ParentTree": b""})
    for written in (parents, tree):
        pdf.add_object(written)
    for node in list(root.nodes()):
        _set_apart(node)
    nodes = list(root.nodes())
    elements = {id(node): pydyf.Dictionary({"Type": "/StructElem"}) for node in nodes}
    for element in elements.values():
        pdf.add_object(element)
    owners: list[list[bytes]] = [[b"null"] * count for count in contents]
    links: list[bytes] = []
    named: list[tuple[str, bytes]] = []

    def kid_of(node: Node, kid: Node | Content | Annotation, page: int) -> Any:
        reference = elements[id(node)].reference
        if isinstance(kid, Node):
            elements[id(kid)]["P"] = reference
            return elements[id(kid)].reference
        on = pdf.page_references[kid.page]
        if isinstance(kid, Content):
            owners[kid.page][kid.mcid] = reference
            if kid.page == page:
                return kid.mcid
            return pydyf.Dictionary({"Type": "/MCR", "Pg": on, "MCID": kid.mcid})
        kid.dictionary["StructParent"] = len(contents) + len(links)
        kid.dictionary["Contents"] = pydyf.String(node.entries.get("Alt") or node.text)
        left, one, right, other = kid.dictionary["Rect"]
        kid.dictionary["Rect"] = pydyf.Array([left, min(one, other), right, max(one, other)])
        links.append(reference)
        return pydyf.Dictionary({"Type": "/OBJR", "Pg": on, "Obj": kid.dictionary.reference})

    for node in nodes:
        element = elements[id(node)]
        page = next((kid.page for kid in node.kids if not isinstance(kid, Node)), node.first_page)
        element["S"] = f"/{node.role}"
        element["Pg"] = pdf.page_references[page]
        kids = [kid for kid in node.kids if not (isinstance(kid, Node) and kid.is_empty)]
        element["K"] = pydyf.Array([kid_of(node, kid, page) for kid in kids])
        for name, value in node.entries.items():
            element[name] = pydyf.String(value) if isinstance(value, str) else value
        if "ID" in node.entries:
            named.append((node.entries["ID"], element.reference))

    document = elements[id(root)]
    document["P"] = tree.reference
    tree["K"] = pydyf.Array([document.reference])
    tree["ParentTree"] = parents.reference
    tree["ParentTreeNextKey"] = len(contents) + len(links)
    if named:
        names = [part for name, to in sorted(named) for part in (pydyf.String(name), to)]
        tree["IDTree"] = pydyf.Dictionary({"Names": pydyf.Array(names)})
    numbers = [part for at, owned in enumerate(owners) for part in (at, pydyf.Array(owned))]
    numbers += [part for at, to in enumerate(links, start=len(contents)) for part in (at, to)]
    parents["Nums"] = pydyf.Array(numbers)
    pdf.catalog["StructTreeRoot"] = tree.reference
    pdf.catalog["ViewerPreferences"] = pydyf.Dictionary({"DisplayDocTitle": "true"})
    pdf.catalog["MarkInfo"] = pydyf.Dictionary({"Marked": "true"})
