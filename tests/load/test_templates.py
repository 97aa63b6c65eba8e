"""Templates are read once, and again when a file of theirs has changed."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from briefgen.diagnostics.place import SourceMap
from briefgen.load.files import Folder
from briefgen.load.templates import load_templates
from briefgen.workspace import bundled_templates

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def test_what_changes_between_two_looks_is_seen(tmp_path: Path) -> None:
    folder = Folder(tmp_path, tmp_path / "templates")
    shutil.copytree(bundled_templates(), folder.path)
    css, labels = folder.path / "mine.css", folder.path / "labels" / "en.yaml"
    css.write_text("a")
    first = load_templates(folder, None, places := SourceMap()).value
    assert first is not None
    assert first.files["mine.css"] == "a"
    again = load_templates(folder, None, same := SourceMap()).value
    assert again is first
    assert same.digest() == places.digest()

    before = css.stat().st_mtime_ns
    css.write_text("b")
    os.utime(css, ns=(before, before + 1))
    assert load_templates(folder, None, SourceMap()).value.files["mine.css"] == "b"
    css.unlink()
    assert "mine.css" not in load_templates(folder, None, SourceMap()).value.files
    labels.write_text("figure: Figure\n")
    made = load_templates(folder, None, SourceMap())
    assert made.value is None or made.findings
    assert {finding.code for finding in made.findings} == {"LOD104"}


def test_without_a_change_no_file_is_opened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(bundled_templates(), tmp_path / "templates")
    load_templates(folder := Folder(tmp_path, tmp_path / "templates"), None, SourceMap())
    monkeypatch.setattr(Folder, "read", None)
    assert load_templates(folder, None, SourceMap()).value is not None
