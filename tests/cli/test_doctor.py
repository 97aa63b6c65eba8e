"""`briefgen doctor` and the build agree on what is missing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import chdir
from datetime import datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import CliRunner

from briefgen.check.fonts import font_findings
from briefgen.cli import doctor
from briefgen.cli.main import cli
from briefgen.model.theme import Fonts
from briefgen.toolchain import fonts
from briefgen.toolchain.fonts import Face
from briefgen.workspace import open_workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch):
    """What the doctor says of a machine where things are as given."""

    def tell(**changes: object) -> tuple[int, str]:
        for name, value in changes.items():
            monkeypatch.setattr(fonts, name, value)
        done = CliRunner().invoke(cli, ["doctor"], prog_name="briefgen")
        return done.exit_code, done.stdout

    return tell


def findings() -> list[str]:
    opened = open_workspace(ROOT).value
    assert opened is not None
    named = opened.templates.themes["classic"].fonts
    found = font_findings(named, "classic", opened.places)
    return [f"{finding.code}: {finding.message}" for finding in found]


def test_a_library_that_cannot_be_imported_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(doctor.LIBRARIES, "pandas", "no_such_module")
    done = CliRunner().invoke(cli, ["doctor"], prog_name="briefgen")
    assert done.exit_code == 1
    assert "✗ pandas" in done.stdout
    assert "mend it with: pip install --force-reinstall pandas" in done.stdout


def test_without_fontconfig_that_alone_is_missing(told) -> None:
    code, text = told(has_fontconfig=lambda: False)
    assert code == 1
    assert "fc-list is missing" in text
    assert "✗ font Noto" not in text
    assert findings() == ["ENV102: fontconfig is missing: there is no `fc-list`"]


def test_a_font_without_its_bold_face(told) -> None:
    digest = opened_theme().pins["Noto Sans CJK SC"].regular[0]
    code, text = told(
        faces=lambda family: (Face(family, 400, Path("x.ttc")),),
        styles=lambda _: ("Regular",),
        digest=lambda _: digest,
    )
    assert code == 1
    assert line(text, "font Noto Sans CJK SC bold") == "missing; theme `classic` needs it"
    assert "2 missing" in text
    assert line(text, "font Noto Sans CJK SC regular") == "x.ttc, as theme `classic` pins it"
    missing = "is installed without bold; there is Regular"
    assert findings()[:2] == [
        f"ENV101: font `Noto Sans CJK SC` {missing}",
        f"ENV101: font `Noto Serif CJK SC` {missing}",
    ]


def test_another_build_is_there_and_how_it_is_pinned_is_said(told) -> None:
    code, text = told(digest=lambda _: "0" * 64)
    assert code == 0
    assert text.endswith("all there\n")
    assert text.count("! font Noto") == 4
    assert ", another build than theme `classic` pins; editions will have other bytes" in text
    pin = "to pin it, add to `fonts: pins: Noto Serif CJK SC: bold:` in the theme: "
    assert pin + "0" * 64 in text
    assert len(findings()) == 4


@pytest.fixture
def own_theme(tmp_path: Path) -> Callable[[str], str]:
    """What the doctor says in a workspace whose theme has these lines in place of its fonts."""

    def tell(lines: str) -> str:
        root = Path(shutil.copytree(ROOT / "tests" / "small_desk", tmp_path / "desk"))
        classic = (ROOT / "templates/themes/classic.yaml").read_text("utf-8")
        (root / "templates/themes").mkdir(parents=True)
        rest = classic.partition("colours:")[2]
        for theme in (ROOT / "templates/themes").glob("*.yaml"):
            own = root / "templates/themes" / theme.name
            own.write_text(f"fonts:\n{lines}\ncolours:{rest}", "utf-8")
        with chdir(root):
            return CliRunner().invoke(cli, ["doctor"], prog_name="briefgen").stdout

    return tell


def test_a_theme_without_pins_is_told_what_could_be_pinned(own_theme) -> None:
    text = own_theme("  sans: Noto Sans CJK SC\n  serif: Noto Sans CJK SC")
    (face,) = (f for f in fonts.faces("Noto Sans CJK SC") if f.weight == 700)
    state = f"{face.file.name}, theme `classic` pins no build; SHA-256 {fonts.digest(face.file)}"
    assert line(text, "font Noto Sans CJK SC bold") == state
    assert text.count("font Noto") == 2


def test_how_to_get_a_font_that_has_no_package_here(own_theme) -> None:
    text = own_theme("  sans: Noto Sans CJKSC\n  serif: Qqqqqq")
    assert text.count("✗ font") == 4
    assert "4 missing" in text
    assert "and call `fc-cache`, or name `Noto Sans CJK SC` in the theme\n" in text
    assert text.count("and call `fc-cache`\n") == 2


def test_the_end_of_a_calendar_that_a_job_follows(tmp_path: Path) -> None:
    root = Path(shutil.copytree(ROOT / "tests" / "small_desk", tmp_path / "desk"))
    job = "{at: '07:30', timezone: Asia/Shanghai, calendar: %s, all: true}"

    def told(exchange: str, moment: str) -> str:
        settings = f"name: desk\njobs: {{morning: {job % exchange}}}\n"
        (root / "data/workspace.yaml").write_text(settings, "utf-8")
        with chdir(root), time_machine.travel(datetime.fromisoformat(moment), tick=False):
            return CliRunner().invoke(cli, ["doctor"], prog_name="briefgen").stdout

    far = told("XSHG", "2026-06-01T00:00+08:00")
    assert "✓ calendar XSHG" in far
    assert line(far, "calendar XSHG") == "known to 2026-12-31"
    near = told("XSHG", "2026-12-01T00:00+08:00")
    assert "! calendar XSHG" in near
    assert "the calendar of XSHG ends on 2026-12-31; pip install --upgrade" in near
    wrong = told("XSGH", "2026-06-01T00:00+08:00")
    assert line(wrong, "jobs") == "unknown exchange `XSGH`"


def opened_theme() -> Fonts:
    opened = open_workspace(ROOT).value
    assert opened is not None
    return opened.templates.themes["classic"].fonts


def line(text: str, what: str) -> str:
    """What the doctor says of one thing."""
    (found,) = (found for found in text.splitlines() if found[2:].startswith(f"{what} "))
    return found[2 + len(what) :].strip()
