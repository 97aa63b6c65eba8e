"""Imports all that a worker needs, so that the first task finds it there."""

from __future__ import annotations

import gc
from contextlib import suppress
from importlib import import_module

import briefgen.engine.work  # noqa: F401
from briefgen.typeset.libraries import found_by_file_name

NEEDED = (
    "matplotlib.backends.backend_svg",
    "matplotlib.figure",
    "page",
    "pandas",
    "pikepdf",
    "pypdfium2",
    "weasyprint",
    "xlsxwriter",
)
"""What stages import when they need it."""

for _name in NEEDED:
    with suppress(ImportError, OSError), found_by_file_name():
        import_module(_name)
gc.freeze()  # it stays, so nobody needs to look whether it is garbage
