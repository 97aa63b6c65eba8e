"""The file that calls WeasyPrint: a page in, a PDF out (`justify` mends its layout)."""

from __future__ import annotations

from typing import Any

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.model.edition import Page, Pdf
from briefgen.typeset import justify, label
from briefgen.typeset.log import tapped

VARIANT = "pdf/ua-1"
"""Tagged for screen readers; the tags come from the HTML."""


def typeset(page: Page) -> Made[Pdf]:
    """Lay the page out and write it as PDF; the same page gives the same bytes.

    Only the page's own assets can be fetched: no file, no network.
    Reports: SET101, SET102, SET103, SET104.
    """
    out = Collector()
    try:
        from weasyprint import HTML
    except OSError as error:
        out.report(
            "SET103",
            f"Pango cannot be loaded: {str(error).splitlines()[0]}",
            help="`briefgen doctor` says how to install it",
        )
        return out.made(None)
    if not justify.install():
        out.report(
            "SET104",
            "Chinese is not justified: WeasyPrint's layout is not as expected",
            help="install the version of WeasyPrint that briefgen names",
            severity=Severity.WARNING,
        )
    with tapped(out):
        document = HTML(string=page.html, base_url="asset:", url_fetcher=_fetcher(page)).render(
            pdf_variant=VARIANT
        )
        label.embed(document.metadata)
        content: bytes = document.write_pdf(pdf_variant=VARIANT)
    return out.made(Pdf(content=content, pages=len(document.pages)))


def _fetcher(page: Page) -> Any:
    """A fetcher that serves the page's assets and nothing else."""
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Assets(URLFetcher):  # type: ignore[misc]
        def fetch(self, url: str, headers: Any = None) -> Any:  # noqa: ARG002
            name = url.removeprefix("asset:")
            if name == url or name not in page.assets:
                raise ValueError(f"`{url}` is not an asset of the page")
            return URLFetcherResponse(url, page.assets[name], {"Content-Type": "image/svg+xml"})

    return Assets(allowed_protocols=())
