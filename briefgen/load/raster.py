"""Reads PNG and JPEG files, and refuses what a PDF for archives cannot hold as it is."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import Place
from briefgen.model.asset import Picture

if TYPE_CHECKING:
    from PIL.Image import Image

FORMATS = {"PNG": (".png", b"\x89PNG\r\n\x1a\n"), "JPEG": (".jpg", b"\xff\xd8\xff")}
"""How names and contents of each format end and begin."""
MOST_PIXELS = 40_000_000
"""A little more than a page of A4 has at 600 dots per inch."""

_ORIENTATION = 0x0112
_SIDEWAYS = {5, 6, 7, 8}
_PNG_BIT_DEPTH = 24
"""Where a PNG says how many bits a channel has."""
_BROKEN = (
    *(OSError, SyntaxError, ValueError, TypeError, LookupError, ArithmeticError, EOFError),
    *(struct.error, zlib.error, MemoryError, NotImplementedError, AttributeError),
)
"""What Pillow raises for files that are damaged."""


def read_raster(
    content: bytes, kind: str, name: str, at: Place | None, out: Collector
) -> Picture | None:
    """An image of one of `FORMATS`; None after a finding.

    Reports: LOD111, LOD112, LOD116 (a warning).
    """
    from PIL.Image import DecompressionBombError

    try:
        with _strict(), _opened(content, kind) as image:
            if refused := _refused(image, content, kind):
                out.report("LOD112", f"`{name}` {refused[0]}", at, refused[1])
                return None
            image.verify()
        with _strict(), _opened(content, kind) as image:
            image.load()
            sideways = image.getexif().get(_ORIENTATION) in _SIDEWAYS
            profile = image.info.get("icc_profile")
            width, height = reversed(image.size) if sideways else image.size
    except DecompressionBombError:
        out.report("LOD112", f"`{name}` has {_TOO_MANY}", at, _SCALE)
        return None
    except _BROKEN as error:
        help_line = "save the image once more"
        out.report("LOD111", f"`{name}` is damaged: {_reason(error)}", at, help_line)
        return None
    if profile and not _is_srgb(profile):
        out.report(
            "LOD116",
            f"`{name}` has a colour profile that is not sRGB; on paper it is left out",
            at,
            "convert the image to sRGB",
            severity=Severity.WARNING,
        )
    return Picture(
        content=content,
        media_type=f"image/{kind.lower()}",
        suffix=FORMATS[kind][0],
        width=Decimal(width),
        height=Decimal(height),
    )


_TOO_MANY = f"more than {MOST_PIXELS // 1_000_000} million pixels"
_SCALE = "scale it down; at 300 dots per inch a page of A4 has 2480 × 3508"


def _refused(image: Image, content: bytes, kind: str) -> tuple[str, str] | None:
    """What is wrong with an image that was opened and not yet decoded, and the mend."""
    width, height = image.size
    if width * height > MOST_PIXELS:
        return f"has {width} × {height} pixels, {_TOO_MANY}", _SCALE
    if getattr(image, "n_frames", 1) > 1:
        return "holds several pictures", "save one of them as a file of its own"
    if kind == "PNG" and content[_PNG_BIT_DEPTH] > 8:
        return "has 16 bits a channel", "save it with 8 bits a channel"
    if image.mode not in {"1", "L", "LA", "P", "RGB", "RGBA"}:
        return f"has the colours {image.mode}", "convert it to sRGB"
    return None


def _opened(content: bytes, kind: str) -> Image:
    from PIL import Image

    return Image.open(io.BytesIO(content), formats=("JPEG", "MPO") if kind == "JPEG" else (kind,))


@contextmanager
def _strict() -> Iterator[None]:
    """Have Pillow refuse truncated files, which WeasyPrint tells it to take."""
    from PIL import ImageFile

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _is_srgb(profile: bytes) -> bool:
    """Whether an ICC profile calls itself sRGB, in either of the two ways to write a name."""
    return b"sRGB" in profile or "sRGB".encode("utf-16-be") in profile


def _reason(error: BaseException) -> str:
    """The message of Pillow in one line, without the address of an object in it."""
    text = " ".join(str(error).split()).split(" <", maxsplit=1)[0]
    return text.rstrip(" .") or type(error).__name__
