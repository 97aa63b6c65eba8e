"""Installed fonts, as fontconfig lists them."""

import hashlib
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from briefgen.toolchain import fonts
from briefgen.toolchain.fonts import Face, digest, faces

LISTED = "\n".join(
    [
        "Noto Sans,Noto Sans Regular\t80\t/fonts/b-Regular.ttf",
        "Noto Sans\t80\t/fonts/a-Regular.ttf",
        "Noto Sans\t200\t/fonts/Bold.ttf",
        "Noto Sans\t100\t/fonts/Medium.ttf",
        "Noto Sans\t[80 200]\t/fonts/Variable.ttf",
        "Noto Sans\t0\t/fonts/Thin.ttf",
        "Noto Sans Mono\t80\t/fonts/Mono.ttf",
    ]
)


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    faces.cache_clear()
    yield
    faces.cache_clear()


@pytest.fixture
def listing(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], list[list[str]]]:
    """Makes `fc-list` print a text, and keeps the calls."""

    def make(text: str) -> list[list[str]]:
        calls: list[list[str]] = []

        def run(command: list[str], **_: object) -> SimpleNamespace:
            calls.append(command)
            return SimpleNamespace(stdout=text)

        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setattr(fonts, "has_fontconfig", lambda: True)
        return calls

    return make


def test_regular_and_bold_faces_of_the_family_in_order(listing) -> None:
    listing(LISTED)
    assert faces("Noto Sans") == (
        Face("Noto Sans", 400, Path("/fonts/Variable.ttf")),
        Face("Noto Sans", 400, Path("/fonts/a-Regular.ttf")),
        Face("Noto Sans", 400, Path("/fonts/b-Regular.ttf")),
        Face("Noto Sans", 700, Path("/fonts/Bold.ttf")),
    )


def test_a_family_that_is_not_installed_has_no_faces(listing) -> None:
    listing("")
    assert faces("No Such Font") == ()


def test_fontconfig_is_asked_once_per_family(listing) -> None:
    calls = listing(LISTED)
    faces("Noto Sans")
    faces("Noto Sans")
    faces("Noto Serif")
    assert [call[1] for call in calls] == [":family=Noto Sans", ":family=Noto Serif"]


def test_without_fontconfig_there_are_no_faces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda _: None)
    assert not fonts.has_fontconfig()
    assert faces("Noto Sans") == ()


def test_the_shipped_themes_fonts_are_found() -> None:
    for family in ("Noto Sans CJK SC", "Noto Serif CJK SC"):
        found = faces(family)
        assert {face.weight for face in found} == {400, 700}
        assert all(face.file.is_file() for face in found)


def test_digests_are_those_of_the_files(tmp_path: Path) -> None:
    file = tmp_path / "font.ttf"
    file.write_bytes(b"glyphs")
    assert digest(file) == hashlib.sha256(b"glyphs").hexdigest()
