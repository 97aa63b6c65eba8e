"""Problems of images, and of figures that do not fit the page: LOD111 to LOD118."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

LOAD_IMAGES: tuple[Code, ...] = (
    Code(
        "LOD111",
        "no-image",
        Severity.ERROR,
        """A file that is no image, or one that is empty, cut off or damaged.

        Why: the figure would be missing, or its lower half would be grey.

        Bad:  image: figures/app.png, and that file is a web page that was saved under this name
        Good: image: figures/app.png, and image viewers show the whole of it
        """,
    ),
    Code(
        "LOD112",
        "unsuitable-image",
        Severity.ERROR,
        """An image of a kind that paper or screen cannot show as it is.

        Why: exhibits take PNG, JPEG and SVG, under the name that goes with the content. A PDF that
        is kept for years has one colour space, sRGB, and 8 bits a channel; pictures that move have
        no page. More than 40 million pixels or 10,000 elements would stop the build for minutes.

        Bad:  image: figures/app.gif, or a JPEG file in CMYK as a printer made it
        Good: image: figures/app.png, saved as sRGB with 8 bits a channel
        """,
    ),
    Code(
        "LOD113",
        "unsafe-svg",
        Severity.ERROR,
        """An SVG that runs something or reaches out of its file.

        Why: a reader opens a report in good faith, and an edition is complete in itself. Scripts,
        event handlers, HTML inside, style sheets, pictures and links outside, document types and
        entities are refused; references to what the file itself holds (`#name`) are not.

        Bad:  <image href="https://example.com/logo.png"/>
        Good: <use href="#logo"/>, and <g id="logo"> in the same file
        """,
    ),
    Code(
        "LOD114",
        "image-without-size",
        Severity.ERROR,
        """An SVG that says neither how large it is nor which part of the plane it shows.

        Why: its proportions are not known, so nobody can say how high it stands on the page.

        Bad:  <svg xmlns="http://www.w3.org/2000/svg" width="100%">
        Good: <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 200">
        """,
    ),
    Code(
        "LOD115",
        "coarse-image",
        Severity.WARNING,
        """An image with less than 150 dots per inch where it is printed.

        Why: single dots are seen on paper. A screenshot of 1000 pixels is good for 169 mm.

        Bad:  image: figures/app.png, 640 pixels wide, over the whole width of the page
        Good: the same with `width: half` or `height_mm: 60`, or an image of 1040 pixels
        """,
    ),
    Code(
        "LOD116",
        "colour-profile",
        Severity.WARNING,
        """An image with a colour profile of its own.

        Why: the PDF has one colour space, sRGB. Numbers of another, such as that of a telephone's
        camera, are read as sRGB on paper and come out paler; on screen they do not.

        Bad:  a photograph in Display P3
        Good: the same, converted to sRGB
        """,
    ),
    Code(
        "LOD117",
        "font-of-an-image",
        Severity.WARNING,
        """Text in an SVG that is set in a font which the theme does not have.

        Why: another machine may lack the font and take the next best; the edition would look
        otherwise there, and its bytes would differ. The fonts of the theme are looked after.

        Bad:  <text font-family="Arial">
        Good: <text font-family="Noto Sans CJK SC">, or the text as paths
        """,
    ),
    Code(
        "LOD118",
        "figure-higher-than-page",
        Severity.ERROR,
        """A chart or an image that is higher than a page, together with its caption and source.

        Why: what does not fit is cut off at the foot of the page.

        Bad:  image: figures/poster.png, 1000 pixels wide and 3000 high
        Good: the same with `height_mm: 230`, or `width: half`
        """,
    ),
)
"""In the order of the codes."""
