"""Versions of what makes an edition."""

from __future__ import annotations

import hashlib
import platform
import re
from functools import cache
from importlib.metadata import distribution, version
from pathlib import Path

from briefgen import __version__
from briefgen.toolchain.native import native_versions

LIBRARIES = {
    "babel": "babel",
    "click": "click",
    "cssselect2": "cssselect2",
    "fonttools": "fontTools",
    "jinja2": "jinja2",
    "kiwisolver": "kiwisolver",
    "markdown-it-py": "markdown_it",
    "markupsafe": "markupsafe",
    "matplotlib": "matplotlib",
    "mdit-py-plugins": "mdit_py_plugins",
    "numpy": "numpy",
    "page-validation": "page",
    "pandas": "pandas",
    "pikepdf": "pikepdf",
    "pillow": "PIL",
    "pydantic": "pydantic",
    "pydyf": "pydyf",
    "pypdfium2": "pypdfium2",
    "pyphen": "pyphen",
    "pyyaml": "yaml",
    "tinycss2": "tinycss2",
    "tinyhtml5": "tinyhtml5",
    "weasyprint": "weasyprint",
    "xlsxwriter": "xlsxwriter",
}
"""Libraries by the name that they are installed by, and the module to import."""

_VERSION = re.compile(r"^Version: *(\S+)$", re.MULTILINE)


def versions() -> dict[str, str]:
    """Versions by name: of briefgen, Python, libraries; `code` is a digest of briefgen's own."""
    own = {"briefgen": __version__, "code": code_digest(), "python": platform.python_version()}
    return own | {name: _version(name) for name in LIBRARIES} | native_versions()


@cache
def _version(name: str) -> str:
    """What `importlib.metadata.version` gives; that parses a library's whole description first."""
    told = _VERSION.search(distribution(name).read_text("METADATA") or "")
    return told[1] if told else version(name)


@cache
def code_digest() -> str:
    """SHA-256 of the package's Python files, by their names in it."""
    package = Path(__file__).parents[1]
    digest = hashlib.sha256()
    start = len(str(package)) + 1
    for name in sorted(str(path)[start:] for path in package.rglob("*.py")):
        content = hashlib.sha256((package / name).read_bytes()).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()
