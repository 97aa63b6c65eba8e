"""What the gallery holds: entries, each a picture and the texts that it was made from."""

from __future__ import annotations

from typing import Literal

from briefgen.model.theme import Theme
from briefgen.model.value import Value

Family = Literal["charts", "tables", "sections", "themes"]
FAMILIES: tuple[Family, ...] = ("charts", "tables", "sections", "themes")


class Snippet(Value):
    """A stretch of a data file, as it stands there."""

    file: str
    """Its name as an author sees it, such as `tables/menu.csv`."""
    text: str


class Field(Value):
    """A key that an author writes."""

    name: str
    """Below a list, with the name of the list: `lanes[].label`."""
    kind: str
    """What it holds: `text`, `number`, `flag`, `list of text`."""
    default: str | None
    """None where the key must be given."""
    told: str


class Entry(Value):
    """One kind or theme."""

    family: Family
    name: str
    """What an author calls it: `grouped-bar`, `overview`, `classic`; kinds of tables, which authors
    do not name, are named by the exhibits that show them."""
    told: str
    """What it is for, by the docstring of its class; of tables and themes nothing."""
    pictures: tuple[str, ...]
    """Elements of HTML, as editions have them, with ids of their own."""
    snippets: tuple[Snippet, ...]
    fields: tuple[Field, ...] = ()
    theme: Theme | None = None

    @property
    def anchor(self) -> str:
        """What leads to it."""
        return f"{self.family}-{self.name}"


class Gallery(Value):
    """All entries by family, and the pages that show them."""

    entries: tuple[Entry, ...]
    pages: dict[str, str]
    """HTML by the name of its file, the first being `index.html`."""
