"""A RIXML file as it was read: elements with attributes, text and children."""

from __future__ import annotations

from collections.abc import Iterator

from briefgen.model.value import Value


class Element(Value):
    """An element of an XML file.

    Shape: `tag` and the names of attributes come without their namespace. Units: `line` counts
    from 1.
    """

    tag: str
    namespace: str = ""
    attributes: dict[str, str] = {}
    text: str = ""
    """The text directly inside, without white space at its ends."""
    children: tuple[Element, ...] = ()
    line: int = 1

    def all(self, tag: str) -> Iterator[Element]:
        """The elements of a tag anywhere inside, in the order of the file; itself included."""
        if self.tag == tag:
            yield self
        for child in self.children:
            yield from child.all(tag)

    def every(self) -> Iterator[Element]:
        """The element and all inside, in the order of the file."""
        yield self
        for child in self.children:
            yield from child.every()


class Rixml(Value):
    """The file that goes out with a report."""

    file: str
    """Its name, as findings call it."""
    root: Element
    violations: tuple[str, ...] = ()
    """What the XSD of the workspace finds; nothing, where the workspace names none."""
