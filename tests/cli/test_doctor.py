"""`briefgen doctor` and the build agree on what is missing."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from briefgen import pipeline
from briefgen.cli import doctor
from briefgen.cli.main import cli
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
    theme = opened.templates.themes["classic"]
    found = pipeline.missing_fonts(theme, opened.templates.shown, "classic")
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
    regular = lambda family: (Face(family, 400, Path("x.ttc")),)  # noqa: E731
    code, text = told(faces=regular)
    assert code == 1
    assert "bold missing; theme `classic` needs it" in text
    assert findings() == [
        "ENV101: the bold face of font `Noto Sans CJK SC` is not installed",
        "ENV101: the bold face of font `Noto Serif CJK SC` is not installed",
    ]
