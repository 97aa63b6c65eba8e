"""The images of exhibits: read, found to be what they say they are, and to fit the page."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from pathlib import PurePath

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.load.files import Folder, is_file
from briefgen.load.raster import FORMATS, read_raster
from briefgen.load.svg import read_svg
from briefgen.model.asset import SVG, Picture
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit
from briefgen.model.fitting import place_image
from briefgen.model.theme import Theme

MOST_BYTES = 30_000_000
MOST_BYTES_OF_SVG = 1_000_000
LEAST_DPI = 150
FURNITURE_MM = 14
"""What a caption and a source line of one line each take of the height of a page."""

_SUFFIXES = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".svg": "SVG"}
_STARTS = (
    *((start, kind) for kind, (_, start) in FORMATS.items()),
    (b"GIF8", "GIF"),
    (b"%PDF", "PDF"),
    (b"BM", "BMP"),
    (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"),
)
_TAKEN = "exhibits take PNG, JPEG and SVG"


def read_images(
    folder: Folder, exhibits: Mapping[str, Exhibit], places: SourceMap, out: Collector
) -> dict[str, Picture]:
    """The images that exhibits name, by the id of the exhibit; none of those with errors.

    Reports: LOD101, LOD109, LOD111 to LOD114, LOD116.
    """
    found = {}
    for exhibit_id, exhibit in exhibits.items():
        if exhibit.image is not None:
            at = places.value(("exhibits", exhibit_id, "image"))
            if picture := _read(folder, exhibit.image, at, out):
                found[exhibit_id] = picture
    return found


def _read(folder: Folder, name: str, at: Place | None, out: Collector) -> Picture | None:
    target = folder.locate(name, out, at)
    if target is None:
        return None
    size = target.stat().st_size if is_file(target) else 0
    if size > MOST_BYTES:
        _too_many_bytes(name, size, MOST_BYTES, at, out)
        return None
    content = folder.read_bytes(name, out, at)
    if content is None:
        return None
    suffix = PurePath(name).suffix.lower()
    kind = _kind(content, suffix)
    if not content:
        out.report("LOD111", f"`{name}` is empty", at, "save the image once more")
    elif kind is None:
        help_line = f"save it as an image; {_TAKEN}"
        out.report("LOD111", f"`{name}` is no image", at, help_line)
    elif kind not in _SUFFIXES.values():
        out.report("LOD112", f"`{name}` is of type {kind}", at, f"save it as PNG; {_TAKEN}")
    elif _SUFFIXES.get(suffix) != kind:
        right = next(ending for ending, meant in _SUFFIXES.items() if meant == kind)
        help_line = f"rename it to `{PurePath(name).with_suffix(right).name}`"
        out.report("LOD112", f"`{name}` is of type {kind}, its name says otherwise", at, help_line)
    elif kind == "SVG" and size > MOST_BYTES_OF_SVG:
        _too_many_bytes(name, size, MOST_BYTES_OF_SVG, at, out)
    elif kind == "SVG":
        return read_svg(content, folder.shown(name), out)
    else:
        return read_raster(content, kind, name, at, out)
    return None


def _kind(content: bytes, suffix: str) -> str | None:
    """What a file is by its first bytes; what is called `.svg` and is nothing else is an SVG."""
    for start, kind in _STARTS:
        if content.startswith(start):
            return kind
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WebP"
    if content[4:8] == b"ftyp":
        return "HEIF or AVIF"
    return "SVG" if suffix == ".svg" or b"<svg" in content[:1000] else None


def _too_many_bytes(name: str, size: int, most: int, at: Place | None, out: Collector) -> None:
    message = f"`{name}` has {size / 1e6:.1f} MB, more than {most / 1e6:.0f}"
    out.report("LOD112", message, at, "scale it down, or simplify it")


def check_fit(briefing: Briefing, theme: Theme, places: SourceMap, out: Collector) -> None:
    """Report figures that are higher than a page, and images that will not look well on paper.

    Reports: LOD115, LOD117, LOD118.
    """
    first = briefing.on_front_page()
    room = theme.page.text_height_mm - FURNITURE_MM
    for exhibit_id, exhibit in briefing.exhibits.items():
        at = ("exhibits", exhibit_id)
        if exhibit.chart is not None and exhibit.chart.height_mm > room:
            place = places.value((*at, "chart", "height_mm"))
            help_line = f"give it `height_mm: {room:.0f}` or less"
            _too_high(exhibit_id, exhibit.chart.height_mm, room, place, help_line, out)
        picture = briefing.images.get(exhibit_id)
        if picture is None:
            continue
        place = places.value((*at, "image"))
        size = place_image(picture, exhibit, theme.page, on_front_page=exhibit_id in first)
        if size.height_mm > room:
            help_line = f"give the exhibit `height_mm: {room:.0f}` or less, or `width: half`"
            _too_high(exhibit_id, size.height_mm, room, place, help_line, out)
        elif size.dpi is not None and size.dpi < LEAST_DPI:
            out.report(
                "LOD115",
                f"`{exhibit.image}` is printed with {size.dpi:.0f} dots per inch, "
                f"{picture.width} on {size.width_mm:.0f} mm",
                place,
                f"give an image that is {LEAST_DPI * size.width_mm / Decimal('25.4'):.0f} pixels "
                f"wide or more, or place it smaller: `width: half`, `height_mm: …`",
                severity=Severity.WARNING,
            )
        if picture.media_type == SVG:
            _check_fonts(exhibit, picture, theme, place, out)


def _too_high(
    name: str, height: Decimal, room: Decimal, place: Place | None, help_line: str, out: Collector
) -> None:
    message = f"`{name}` is {height:.0f} mm high; with caption and source the page has {room:.0f}"
    out.report("LOD118", message, place, help_line)


def _check_fonts(
    exhibit: Exhibit, picture: Picture, theme: Theme, place: Place | None, out: Collector
) -> None:
    own = (theme.fonts.sans, theme.fonts.serif)
    known = {font.casefold() for font in own}
    for font in picture.fonts:
        if font.casefold() not in known:
            is_in = f"in `{font}`" if font else "without a font"
            out.report(
                "LOD117",
                f"text in `{exhibit.image}` is set {is_in}, which is none of the theme",
                place,
                f"set it in `{own[0]}` or `{own[1]}`, or turn it into paths",
                severity=Severity.WARNING,
            )
