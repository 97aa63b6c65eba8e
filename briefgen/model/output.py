"""The text of an edition as taken back from its files: what a reader really gets."""

from __future__ import annotations

from briefgen.model.value import Value


class HtmlBlock(Value):
    """One block of the HTML: a heading, a paragraph, a cell, a caption.

    Shape: `spans` cuts the text into pieces, in order; a piece is bound when it stands in a
    `<data>` element, and marked when it stands in `<time>`, a number of an exhibit or a page
    reference, or another element that the templates fill.
    """

    tag: str
    section: str | None
    """The anchor of the section around it."""
    spans: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """The whole text."""
        return "".join(text for text, _ in self.spans)


class Output(Value):
    """What an edition says.

    Shape: `pages` holds the text of each page of the PDF; it is empty when no PDF was made, as
    `blocks` is without HTML. `html_metadata` and `pdf_metadata` map names to texts.
    """

    blocks: tuple[HtmlBlock, ...] = ()
    html_metadata: dict[str, str] = {}
    pages: tuple[str, ...] = ()
    pdf_metadata: dict[str, str] = {}
    names: tuple[str, ...] = ()
    """The files of the edition."""

    @property
    def html_text(self) -> str:
        """The text of the HTML, a block a line."""
        return "\n".join(block.text for block in self.blocks)

    @property
    def pdf_text(self) -> str:
        """The text of all pages."""
        return "\f".join(self.pages)
