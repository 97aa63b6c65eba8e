"""The finished files into what they say."""

from __future__ import annotations

from collections.abc import Iterable

from briefgen.model.output import Output, PrintedFont
from briefgen.readback.links import html_links, pdf_links
from briefgen.readback.screen import read_html


def read_back(html: bytes | None, pdf: bytes | None, names: Iterable[str]) -> Output:
    """What the files say; `names` are those of all files of the edition."""
    blocks, html_metadata = read_html(html) if html is not None else ((), {})
    links = {"html": html_links(html)} if html is not None else {}
    pages: tuple[str, ...] = ()
    sizes: tuple[tuple[str, float], ...] = ()
    fonts: tuple[PrintedFont, ...] = ()
    pdf_metadata: dict[str, str] = {}
    if pdf is not None:
        from briefgen.readback.paper import read_pdf

        pages, pdf_metadata, sizes, fonts = read_pdf(pdf)
        links["pdf"] = pdf_links(pdf)
    return Output(
        blocks=blocks,
        html_metadata=html_metadata,
        pages=pages,
        pdf_metadata=pdf_metadata,
        names=tuple(names),
        type_sizes=sizes,
        links=links,
        fonts=fonts,
    )
