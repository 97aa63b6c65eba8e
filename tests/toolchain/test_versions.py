"""Versions of what makes an edition."""

import platform
import re

from briefgen import __version__
from briefgen.toolchain.versions import LIBRARIES, versions


def test_every_library_has_its_version() -> None:
    found = versions()
    assert found["briefgen"] == __version__
    assert found["python"] == platform.python_version()
    assert set(found) == {"briefgen", "python", *LIBRARIES}
    assert all(re.match(r"\d+\.\d+", version) for version in found.values())


def test_what_decides_the_look_of_an_edition_is_among_them() -> None:
    assert {"jinja2", "markdown-it-py", "matplotlib", "weasyprint"} <= set(LIBRARIES)
