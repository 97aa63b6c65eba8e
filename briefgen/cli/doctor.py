"""`briefgen doctor`: what is there, what is missing, and the command that mends it."""

from __future__ import annotations

import platform
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import click

from briefgen import __version__
from briefgen.cli.console import FAILED
from briefgen.model.theme import Theme
from briefgen.toolchain import fonts
from briefgen.toolchain.versions import LIBRARIES
from briefgen.workspace import bundled_templates, find_root, open_workspace

OLDEST_PYTHON = (3, 11)
_BREW = platform.system() == "Darwin"


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the doctor: what, its state, and for what is missing the mend."""

    what: str
    state: str
    mend: str | None = None


@click.command()
def doctor() -> None:
    """Look over Python, libraries, Pango, fonts and the workspace; say how to mend what is missing.

    The exit code is 1 when something is missing.

    \b
    Example:
      briefgen doctor
    """
    reports = list(_reports())
    width = max(len(report.what) for report in reports)
    for report in reports:
        mark = click.style("✗", fg="red") if report.mend else click.style("✓", fg="green")
        click.echo(f"{mark} {report.what:<{width}}  {report.state}")
        if report.mend:
            click.echo(f"  {'':<{width}}  mend it with: {report.mend}")
    missing = sum(report.mend is not None for report in reports)
    click.echo(f"{missing} missing" if missing else "all there")
    if missing:
        sys.exit(FAILED)


def _reports() -> Iterator[Report]:
    yield Report("briefgen", __version__)
    new_enough = sys.version_info >= OLDEST_PYTHON
    yield Report(
        "Python", platform.python_version(), None if new_enough else "install Python 3.11 or newer"
    )
    for name, module in LIBRARIES.items():
        yield _library(name, module)
    yield _pango()
    yield Report(
        "fontconfig",
        "fc-list is there" if fonts.has_fontconfig() else "fc-list is missing",
        None if fonts.has_fontconfig() else _install("fontconfig", "fontconfig"),
    )
    root = find_root(Path.cwd())
    yield Report("workspace", str(root) if root else "none here; `briefgen new DIR` makes one")
    if not fonts.has_fontconfig():
        return
    for theme_name, theme in _themes(root):
        for family in (theme.fonts.sans, theme.fonts.serif):
            yield _font(theme_name, family)


def _library(name: str, module: str) -> Report:
    """A library: its version, if it can be imported."""
    try:
        import_module(module)
        return Report(name, version(name))
    except (ImportError, OSError, PackageNotFoundError) as error:
        reason = str(error).splitlines()[0]
        return Report(name, f"cannot be used: {reason}", f"pip install --force-reinstall {name}")


def _pango() -> Report:
    mend = _install("libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0", "pango")
    try:
        from weasyprint.text.ffi import pango
    except (ImportError, OSError) as error:
        return Report("Pango", f"cannot be loaded: {str(error).splitlines()[0]}", mend)
    number = pango.pango_version()
    return Report("Pango", f"{number // 10000}.{number // 100 % 100}.{number % 100}")


def _themes(root: Path | None) -> list[tuple[str, Theme]]:
    made = open_workspace(root or bundled_templates().parent)
    if made.value:
        return list(made.value.templates.themes.items())
    return []


def _font(theme: str, family: str) -> Report:
    faces = fonts.faces(family)
    what = f"font {family}"
    if missing := sorted({400, 700} - {face.weight for face in faces}):
        mend = _install("fonts-noto-cjk", "--cask font-noto-sans-cjk-sc font-noto-serif-cjk-sc")
        weights = " and ".join({400: "regular", 700: "bold"}[weight] for weight in missing)
        return Report(what, f"{weights} missing; theme `{theme}` needs it", mend)
    return Report(what, ", ".join(sorted({face.file.name for face in faces})))


def _install(debian: str, brew: str) -> str:
    return f"brew install {brew}" if _BREW else f"sudo apt-get install {debian}"
