"""Versions of what makes an edition."""

from __future__ import annotations

import platform
from importlib.metadata import version

from briefgen import __version__

LIBRARIES = (
    "jinja2",
    "markdown-it-py",
    "matplotlib",
    "pandas",
    "pydantic",
    "pyyaml",
    "weasyprint",
)


def versions() -> dict[str, str]:
    """Library versions by name, and Python's."""
    libraries = {name: version(name) for name in LIBRARIES}
    return {"briefgen": __version__, "python": platform.python_version(), **libraries}
