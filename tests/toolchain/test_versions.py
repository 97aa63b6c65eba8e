"""Versions of what makes an edition."""

import platform
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from briefgen import __version__
from briefgen.toolchain import native
from briefgen.toolchain import versions as toolchain
from briefgen.toolchain.native import native_versions
from briefgen.toolchain.versions import LIBRARIES, code_digest, versions

NATIVE = {"fontconfig", "freetype", "harfbuzz", "harfbuzz-subset", "pango", "zlib"}


def test_every_library_has_its_version() -> None:
    found = versions()
    assert found["briefgen"] == __version__
    assert found["python"] == platform.python_version()
    assert set(found) == {"briefgen", "code", "python", *LIBRARIES, *NATIVE}
    assert found["harfbuzz-subset"] == "present"
    plain = {"code", "harfbuzz-subset"}
    numbered = {name: version for name, version in found.items() if name not in plain}
    assert all(re.match(r"\d+\.\d+", version) for version in numbered.values())


def test_what_decides_the_look_of_an_edition_is_among_them() -> None:
    assert {"jinja2", "markdown-it-py", "matplotlib", "weasyprint"} <= set(LIBRARIES)


def test_pango_says_what_weasyprint_loads() -> None:
    from weasyprint.text.ffi import pango

    number = pango.pango_version()
    parts = (number // 10_000, number // 100 % 100, number % 100)
    assert native_versions()["pango"] == ".".join(map(str, parts))


def test_fontconfig_says_what_its_command_says() -> None:
    told = subprocess.run(["fc-list", "--version"], capture_output=True, text=True, check=True)
    assert (told.stdout + told.stderr).split()[-1] == native_versions()["fontconfig"]


def test_a_library_that_is_not_there_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    missing = {"pango": (("no-such-library.so",), lambda _: "1.0")}
    monkeypatch.setattr(native, "_LIBRARIES", missing)
    assert set(native_versions.__wrapped__()) == {"zlib"}


def test_the_digest_of_the_code_changes_with_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = Path(toolchain.__file__).parents[1]
    copy = tmp_path / "briefgen"
    shutil.copytree(package, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(toolchain, "__file__", str(copy / "toolchain" / "versions.py"))
    before = code_digest.__wrapped__()
    assert before == code_digest()
    page = copy / "pipeline.py"
    page.write_text(page.read_text(encoding="utf-8") + "# changed", encoding="utf-8")
    assert code_digest.__wrapped__() != before
