"""Versions of the native libraries that lay out text: they decide line breaks and glyphs."""

from __future__ import annotations

import ctypes
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache


@cache
def native_versions() -> dict[str, str]:
    """Versions of the libraries that WeasyPrint loads, by name; what cannot be asked is left out.

    zlib is among them, since it packs what a PDF holds.
    """
    found = {"zlib": zlib.ZLIB_RUNTIME_VERSION}
    for name, (files, ask) in _LIBRARIES.items():
        for file in files:
            with suppress(OSError, AttributeError):
                found[name] = ask(ctypes.CDLL(file))
                break
    return found


def _pango(library: ctypes.CDLL) -> str:
    return _text(library.pango_version_string)


def _harfbuzz(library: ctypes.CDLL) -> str:
    return _text(library.hb_version_string)


def _fontconfig(library: ctypes.CDLL) -> str:
    version = int(library.FcGetVersion())
    return f"{version // 10_000}.{version // 100 % 100}.{version % 100}"


def _freetype(library: ctypes.CDLL) -> str:
    opened, parts = ctypes.c_void_p(), [ctypes.c_int() for _ in range(3)]
    library.FT_Init_FreeType(ctypes.byref(opened))
    library.FT_Library_Version(opened, *map(ctypes.byref, parts))
    library.FT_Done_FreeType(opened)
    return ".".join(str(part.value) for part in parts)


def _is_there(_: ctypes.CDLL) -> str:
    """For a library that does not tell its version."""
    return "present"


def _text(function: Callable[[], bytes]) -> str:
    function.restype = ctypes.c_char_p  # type: ignore[attr-defined]
    return function().decode()


_LIBRARIES: dict[str, tuple[tuple[str, str], Callable[[ctypes.CDLL], str]]] = {
    "fontconfig": (("libfontconfig.so.1", "libfontconfig.1.dylib"), _fontconfig),
    "freetype": (("libfreetype.so.6", "libfreetype.6.dylib"), _freetype),
    "harfbuzz": (("libharfbuzz.so.0", "libharfbuzz.0.dylib"), _harfbuzz),
    "harfbuzz-subset": (
        ("libharfbuzz-subset.so.0", "libharfbuzz-subset.0.dylib"),
        _is_there,
    ),
    "pango": (("libpango-1.0.so.0", "libpango-1.0.dylib"), _pango),
}
"""By library, what its file is called on Linux and on macOS, and how it tells its version."""
