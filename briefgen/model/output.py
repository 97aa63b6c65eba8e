"""The text of an edition as taken back from its files: what a reader really gets."""

from __future__ import annotations

from briefgen.model.value import Value

BOUND = "data"
"""The kind of a span that is a bound number."""

JSON_LD = "application/ld+json"
"""What metadata call the structured data of the HTML."""

DIGEST = "briefgen.digest"
"""What metadata call the digest of what was checked."""


class Span(Value):
    """A stretch of text and what it comes from.

    Shape: `kind` is `data` for a bound number, `time` for a date, what `data-from` of an element
    says for other text that templates fill by themselves (`numbering`, `sources`), and empty for
    what the author wrote.
    """

    text: str
    kind: str = ""


class HtmlBlock(Value):
    """One block of the HTML: a heading, a paragraph, a cell, a caption.

    Shape: `spans` cuts the text into pieces, in order.
    """

    tag: str
    spans: tuple[Span, ...]
    section: str | None = None
    """The anchor of the section around it."""
    exhibit: str | None = None
    """The id of the figure around it."""
    role: str | None = None
    """Its ARIA role; the banner is a `note`."""

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(span.text for span in self.spans)


class PrintedFont(Value):
    """A font of the PDF, by the name that it has there, with the first text that is set in it.

    Shape: `page` counts from 1; None for a font in which no text is found.
    """

    name: str
    page: int | None = None
    text: str = ""


class Output(Value):
    """What an edition says.

    Shape: `pages` holds the text of each page of the PDF; it is empty when no PDF was made, as
    `blocks` is without HTML. The metadata map names to texts; the HTML's are those of its `meta`
    elements, its `title`, the `lang` of the document and its structured data (`JSON_LD`).
    """

    blocks: tuple[HtmlBlock, ...] = ()
    html_metadata: dict[str, str] = {}
    pages: tuple[str, ...] = ()
    pdf_metadata: dict[str, str] = {}
    names: tuple[str, ...] = ()
    """The files of the edition."""
    type_sizes: tuple[tuple[str, float], ...] = ()
    """The printed lines of the PDF without white space, each with its smallest type in points."""
    links: dict[str, tuple[str, ...]] = {}
    """By `html` and `pdf`, the addresses to which they refer; `#…` for links that lead nowhere."""
    fonts: tuple[PrintedFont, ...] = ()
    """All fonts of the PDF, by name."""

    @property
    def html_text(self) -> str:
        """The text of the HTML, a block a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def pdf_text(self) -> str:
        """The text of all pages."""
        return "\f".join(self.pages)
