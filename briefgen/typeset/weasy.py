"""The file that calls WeasyPrint: a page in, a PDF out (`justify` mends its layout)."""

from __future__ import annotations

import gc
import sys
from functools import cache
from typing import Any

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.model.edition import Page, Pdf
from briefgen.typeset import embedded, justify, structure, xmp
from briefgen.typeset.libraries import found_by_file_name
from briefgen.typeset.log import tapped
from briefgen.typeset.overflow import check_overflow
from briefgen.typeset.spacing import add_gaps, without_gaps

VARIANT = "pdf/a-3a"
"""For archives and for screen readers; the XMP says that the file is PDF/UA-1 too."""


def typeset(page: Page, places: SourceMap | None = None) -> Made[Pdf]:
    """Lay the page out and write it as PDF; the same page gives the same bytes.

    Only the page's own assets can be fetched: no file, no network. `places` are those of the
    briefing, for findings on its exhibits and sections.
    Reports: SET101, SET102, SET103, SET104 to SET106, SET131 to SET133.
    """
    out, is_first = Collector(), "weasyprint" not in sys.modules
    try:
        with found_by_file_name():
            from weasyprint import HTML
    except OSError as error:
        out.report(
            "SET103",
            f"Pango cannot be loaded: {str(error).splitlines()[0]}",
            help="`briefgen doctor` says how to install it",
        )
        return out.made(None)
    if is_first:
        gc.freeze()  # what is loaded by now stays, and need not be looked at again
    else:
        gc.collect()  # the boxes of a page before hold one another
    sets_chinese = justify.install()
    if not sets_chinese:
        out.report(
            "SET104",
            "Chinese is not justified: WeasyPrint's layout is not as expected",
            help="install the version of WeasyPrint that briefgen names",
            severity=Severity.WARNING,
        )
    if not structure.install():
        out.report(
            "SET105",
            "the structure is WeasyPrint's own: its tags are not as expected",
            help="install the version of WeasyPrint that briefgen names",
            severity=Severity.WARNING,
        )
    if not embedded.install():
        out.report(
            "SET106",
            "fonts take the room of all their glyphs: WeasyPrint's fonts are not as expected",
            help="install the version of WeasyPrint that briefgen names",
            severity=Severity.WARNING,
        )
    with tapped(out, page):
        html = HTML(string=page.html, base_url="asset:", url_fetcher=_fetcher(page))
        if sets_chinese:
            add_gaps(html.etree_element)
        document = html.render(font_config=_fonts(page), pdf_variant=VARIANT)
        for laid_out in document.pages:
            laid_out.bookmarks = [(n, without_gaps(t), *rest) for n, t, *rest in laid_out.bookmarks]
        check_overflow(document, page, places or SourceMap(), out)
        content: bytes = document.write_pdf(
            pdf_variant=VARIANT,
            finisher=lambda document, pdf: _finish(document, pdf, page),
        )
    return out.made(Pdf(content=content, pages=len(document.pages)))


def _fonts(page: Page) -> Any:
    """The fonts to set a page in; those of the machine are opened once per process."""
    return None if "@font-" in page.html else _installed_fonts()


@cache
def _installed_fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()


def _finish(document: Any, pdf: Any, page: Page) -> None:
    """What WeasyPrint leaves to do on a PDF before it is written."""
    embedded.name_kinds(pdf)
    xmp.write(pdf, document, page.metadata)


def _fetcher(page: Page) -> Any:
    """A fetcher that serves the page's assets and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            name = url.removeprefix("asset:")
            if name == url or name not in page.assets:
                raise ValueError(f"`{url}` is not an asset of the page")
            asset = page.assets[name]
            return URLFetcherResponse(url, asset.content, {"Content-Type": asset.media_type})

    return Assets(allowed_protocols=())
