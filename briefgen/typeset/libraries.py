"""WeasyPrint is loaded without the search for libraries by compilers.

It asks for each library by its names on other systems first, and ctypes looks for those with gcc
and ld: fifty processes, a third of a second. On Linux the last name that WeasyPrint asks for is
that of the file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def found_by_file_name() -> Iterator[None]:
    """Find libraries by the names of their files alone while the block runs."""
    if sys.platform != "linux":
        yield
        return
    import ctypes.util

    search = ctypes.util.find_library
    ctypes.util.find_library = lambda name: None  # noqa: ARG005
    try:
        yield
    finally:
        ctypes.util.find_library = search
