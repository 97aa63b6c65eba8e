"""The picture that is shown where a link to an edition is shared: the top of its first page."""

from __future__ import annotations

import io

from briefgen.model.site import Listed
from briefgen.publish.site.setting import Setting

NAME = "first-page.png"
WIDTH, HEIGHT = 1200, 630
"""In pixels. Source: what services that show links recommend for `og:image`."""
_COLOURS = 128


def picture(pdf: bytes) -> bytes:
    """The top of the first page of a PDF as PNG; the same bytes of the same PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        page = document[0]
        image = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
    finally:
        document.close()
    out = io.BytesIO()
    image.crop((0, 0, WIDTH, HEIGHT)).quantize(_COLOURS, dither=0).save(out, "PNG", optimize=True)
    return out.getvalue()


def picture_address(listed: Listed, setting: Setting) -> str | None:
    """The whole address of the picture; None where there is none, or no address of the site."""
    if NAME not in listed.shown.files:
        return None
    return setting.address(f"{listed.slug}/{listed.current}/{NAME}")
