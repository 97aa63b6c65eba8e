"""Installed fonts, as fontconfig tells of them."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from briefgen.toolchain import fonts
from briefgen.toolchain.fonts import Face, characters, digest, faces, families, styles


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    cached = (fonts._match, fonts.families, fonts.styles)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[list[str]]]:
    """Makes fontconfig answer with these texts, by a part of the pattern; keeps the calls."""

    def make(**answers: str) -> list[list[str]]:
        calls: list[list[str]] = []

        def run(command: list[str], **_: object) -> SimpleNamespace:
            calls.append(list(command))
            answer = next((a for part, a in answers.items() if part in command[1]), "")
            return SimpleNamespace(stdout=answer)

        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(fonts, "has_fontconfig", lambda: True)
        return calls

    return make


REGULAR = "Noto Sans,Noto Sans Regular\t80\t/fonts/Regular.ttf\t20-7e 4e00"
BOLD = "Noto Sans\t200\t/fonts/Bold.ttf\t20"
LISTED = {":": "Noto Sans,Noto Sans Regular\nDejaVu Sans\n"}


def test_the_faces_that_fontconfig_takes(told) -> None:
    told(**{"weight=80": REGULAR, "weight=200": BOLD, **LISTED})
    assert faces("Noto Sans") == (
        Face("Noto Sans", 400, Path("/fonts/Regular.ttf")),
        Face("Noto Sans", 700, Path("/fonts/Bold.ttf")),
    )
    assert characters("Noto Sans", 400) == {*range(0x20, 0x7F), 0x4E00}
    assert characters("Noto Sans", 700) == {0x20}


@pytest.mark.parametrize(
    "other",
    [
        "DejaVu Sans\t200\t/fonts/DejaVu-Bold.ttf\t20",  # what it takes for an unknown family
        "Noto Sans\t80\t/fonts/Regular.ttf\t20",  # the nearest weight
        "Noto Sans\t180\t/fonts/SemiBold.ttf\t20",
    ],
)
def test_another_family_or_weight_is_not_the_face(other: str, told) -> None:
    told(**{"weight=80": REGULAR, "weight=200": other, **LISTED})
    assert [face.weight for face in faces("Noto Sans")] == [400]
    assert characters("Noto Sans", 700) == frozenset()


def test_names_with_marks_are_asked_for_as_they_are(told) -> None:
    calls = told(**{"weight": BOLD, ":": "A-B: d=e\\f"})
    assert faces("A-B: d=e\\f") == ()
    assert calls[1][1] == "A\\-B\\: d\\=e\\\\f:slant=0:width=100:weight=80"


def test_fontconfig_is_asked_once_for_each_face(told) -> None:
    calls = told(**{"weight=80": REGULAR, "weight=200": BOLD, **LISTED})
    for _ in range(3):
        faces("Noto Sans")
        characters("Noto Sans", 400)
    assert len(calls) == 3


def test_families_and_styles(told) -> None:
    told(**{":": "Noto Sans,Noto Sans Medium\nKai\n"})
    assert families() == {"Noto Sans", "Noto Sans Medium", "Kai"}
    told(**{":": "Noto Sans,Noto Sans Medium\tMedium\nNoto Sans\tBold\nNotoSans\tBook\n"})
    assert styles("Noto Sans") == ("Bold", "Medium")


def test_without_fontconfig_there_is_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert not fonts.has_fontconfig()
    assert faces("Noto Sans") == ()
    assert (families(), styles("Noto Sans")) == (frozenset(), ())


def test_the_shipped_themes_fonts_are_found() -> None:
    for family in ("Noto Sans CJK SC", "Noto Serif CJK SC"):
        found = faces(family)
        assert [face.weight for face in found] == [400, 700]
        assert all(face.file.is_file() for face in found)
        assert all({ord("一"), ord("。"), ord("A")} <= characters(family, w) for w in (400, 700))
        assert not {0x1F680, 0xE123} & characters(family, 400)


@pytest.mark.parametrize("name", ["No Such Font", "", "sans-serif", "a\0b", "x" * 1_000_000])
def test_an_unknown_font_has_no_faces(name: str) -> None:
    assert faces(name) == ()
    assert styles(name) == ()


def test_digests_are_those_of_the_files(tmp_path: Path) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(b"glyphs")
    assert digest(file) == hashlib.sha256(b"glyphs").hexdigest()


def _make_font(file: Path, style: str, weight: int, revision: float) -> None:
    """A font of the family Twofold that has a few letters."""
    builder = FontBuilder(1000, isTTF=True)
    names = [".notdef", "A", "B"]
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({65: "A", 66: "B"})
    builder.setupGlyf(dict.fromkeys(names, _EMPTY))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (600, 0)))
    builder.setupHorizontalHeader(ascent=800, descent=-200)
    builder.setupNameTable({"familyName": "Twofold", "styleName": style})
    builder.setupOS2(usWeightClass=weight, fsSelection=0x20 if weight == 700 else 0x40)
    builder.setupPost()
    builder.font["head"].fontRevision = revision
    builder.save(file)


_EMPTY = Glyph()

SCRIPT = """
import hashlib, json
from briefgen.toolchain.fonts import digest, faces
from weasyprint import HTML
from weasyprint.text.fonts import get_hb_object_data
document = HTML(string="<p style='font-family: Twofold'>AB <b>AB</b>").render()
document.write_pdf()
used = [hashlib.sha256(get_hb_object_data(f.hb_face)).hexdigest() for f in document.fonts.values()]
print(json.dumps([sorted(digest(face.file) for face in faces("Twofold")), sorted(used)]))
"""


@pytest.mark.slow
@pytest.mark.parametrize("folders", [("old", "new"), ("new", "old")])
def test_of_several_files_the_one_that_pango_takes(folders: tuple[str, str], tmp_path) -> None:
    for folder, revision in (("old", 1.0), ("new", 2.0)):
        (tmp_path / folder).mkdir()
        _make_font(tmp_path / folder / "Regular.ttf", "Regular", 400, revision)
        _make_font(tmp_path / folder / "Bold.ttf", "Bold", 700, revision)
    listed = "".join(f"<dir>{tmp_path / folder}</dir>" for folder in folders)
    config = tmp_path / "fonts.conf"
    config.write_text(
        f"<fontconfig>{listed}<cachedir>{tmp_path / 'cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    environment = {**os.environ, "FONTCONFIG_FILE": str(config)}
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    named, used = json.loads(done.stdout)
    assert len(set(named)) == 2
    assert named == used
