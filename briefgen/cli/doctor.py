"""`briefgen doctor`: what is there, what is missing, and the command that mends it."""

from __future__ import annotations

import platform
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen import __version__
from briefgen.cli.console import FAILED
from briefgen.diagnostics.suggest import nearest
from briefgen.toolchain import fonts
from briefgen.toolchain.fonts import WEIGHTS
from briefgen.toolchain.versions import LIBRARIES
from briefgen.workspace import bundled_templates, find_root, open_workspace

if TYPE_CHECKING:
    from briefgen.model.theme import Fonts, Pins, Theme

OLDEST_PYTHON = (3, 11)
_BREW = platform.system() == "Darwin"


@dataclass(frozen=True, slots=True)
class Report:
    """One line of the doctor: what, its state, and for what is missing the mend."""

    what: str
    state: str
    mend: str | None = None
    remark: str | None = None
    """What to know of something that is there and not as it should be."""


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
        click.echo(f"{_mark(report)} {report.what:<{width}}  {report.state}")
        if report.mend:
            click.echo(f"  {'':<{width}}  mend it with: {report.mend}")
        if report.remark:
            click.echo(f"  {'':<{width}}  {report.remark}")
    missing = sum(report.mend is not None for report in reports)
    click.echo(f"{missing} missing" if missing else "all there")
    if missing:
        sys.exit(FAILED)


def _mark(report: Report) -> str:
    if report.mend:
        return click.style("✗", fg="red")
    return click.style("!", fg="yellow") if report.remark else click.style("✓", fg="green")


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
    yield from _calendars(root)
    if not fonts.has_fontconfig():
        return
    told: set[tuple[str, Pins | None]] = set()
    for theme_name, theme in _themes(root):
        yield from _fonts(theme_name, theme.fonts, told)


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


def _calendars(root: Path | None) -> Iterator[Report]:
    """A line per exchange whose trading days a job follows: how far its calendar is known."""
    workspace = open_workspace(root).value if root else None
    jobs = workspace.shared.data.settings.jobs.values() if workspace else ()
    if workspace is None or not any(job.calendar for job in jobs):
        return
    from briefgen.schedule.jobs import agendas

    now = datetime.now(UTC)
    made = agendas(workspace, now)
    for finding in made.findings if made.value is None else ():
        mend = finding.help or f"see `briefgen explain {finding.code}`"
        yield Report("jobs", finding.message, mend)
    for days in {a.days.exchange: a.days for a in (made.value or {}).values() if a.days}.values():
        state = f"known to {days.last}" if days.last else "known"
        warning = days.warning(now)
        remark = f"{warning}; pip install --upgrade exchange_calendars" if warning else None
        yield Report(f"calendar {days.exchange}", state, remark=remark)


def _themes(root: Path | None) -> list[tuple[str, Theme]]:
    made = open_workspace(root or bundled_templates().parent)
    if made.value:
        return list(made.value.templates.themes.items())
    return []


def _fonts(theme: str, named: Fonts, told: set[tuple[str, Pins | None]]) -> Iterator[Report]:
    """A line per face: its file, and whether it is a build that the theme pins.

    Of themes that name and pin a family alike, the first one tells it.
    """
    from briefgen.check.fonts import used_faces

    there = {(face.family, face.weight): face for face in used_faces(named)}
    for family in named.families:
        if (family, named.pins.get(family)) in told:
            continue
        told.add((family, named.pins.get(family)))
        for weight, name in WEIGHTS.items():
            what, face = f"font {family} {name}", there.get((family, weight))
            if face is None:
                yield Report(what, f"missing; theme `{theme}` needs it", _get_font(family))
            elif face.is_pinned:
                yield Report(what, f"{face.file}, as theme `{theme}` pins it")
            elif face.is_pinned is None:
                state = f"{face.file}, theme `{theme}` pins no build; SHA-256 {face.sha256}"
                yield Report(what, state)
            else:
                yield Report(
                    what,
                    f"{face.file}, another build than theme `{theme}` pins; editions will have "
                    "other bytes",
                    remark=f"to pin it, add to `fonts: pins: {family}: {name}:` in the theme: "
                    f"{face.sha256}",
                )


def _get_font(family: str) -> str:
    """How to get a family; for one that has no package here, what is like it."""
    if re.fullmatch("Noto (Sans|Serif) CJK (SC|TC|HK|JP|KR)", family):
        return _install("fonts-noto-cjk", "--cask font-noto-sans-cjk-sc font-noto-serif-cjk-sc")
    folder = "~/Library/Fonts" if _BREW else "~/.local/share/fonts"
    near = nearest(family, fonts.families())
    other = f", or name `{near}` in the theme" if near and near != family else ""
    return f"put its files into {folder} and call `fc-cache`{other}"


def _install(debian: str, brew: str) -> str:
    return f"brew install {brew}" if _BREW else f"sudo apt-get install {debian}"
