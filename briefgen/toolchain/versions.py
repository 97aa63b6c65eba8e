"""Versions of what makes an edition."""

from __future__ import annotations

import platform
from importlib.metadata import version

from briefgen import __version__

LIBRARIES = {
    "babel": "babel",
    "click": "click",
    "jinja2": "jinja2",
    "markdown-it-py": "markdown_it",
    "matplotlib": "matplotlib",
    "mdit-py-plugins": "mdit_py_plugins",
    "pandas": "pandas",
    "pydantic": "pydantic",
    "pypdfium2": "pypdfium2",
    "pyyaml": "yaml",
    "weasyprint": "weasyprint",
    "xlsxwriter": "xlsxwriter",
}
"""Libraries by the name that they are installed by, and the module to import."""


def versions() -> dict[str, str]:
    """Library versions by name, and Python's."""
    libraries = {name: version(name) for name in LIBRARIES}
    return {"briefgen": __version__, "python": platform.python_version(), **libraries}
