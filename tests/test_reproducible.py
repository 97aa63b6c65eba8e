"""The same inputs give the same bytes: every edition is built again where all else is different.

The copy stands in another folder, with other times of its files, listed in the opposite order; the
process has another hash seed, time zone, locale (which cannot write Chinese), working directory,
home, user, terminal and file mode, and a clock that is set by `SOURCE_DATE_EPOCH`.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from shipped import ROOT, SLUGS

from briefgen import pipeline
from briefgen.cli.answers import Answers
from briefgen.cli.starters import new_workspace

pytestmark = pytest.mark.slow

ON_PAPER = [slug for slug in SLUGS if slug.startswith(("tfzq", "huafu", "price-watch"))]
"""Short and long, of a family and not; nearly all kinds of charts."""
ON_SCREEN = [slug for slug in SLUGS if slug.endswith(".en")]
"""A long one that compares others, in English: on paper, English is what a new desk has below."""

FORMATS = "html,pdf,plain"
ABROAD = {
    "PYTHONHASHSEED": "7",
    "TZ": "Pacific/Kiritimati",
    "LANG": "de_DE.ISO-8859-1",
    "LC_ALL": "C",
    "PYTHONCOERCECLOCALE": "0",
    "PYTHONUTF8": "0",
    "SOURCE_DATE_EPOCH": "1",
    "USER": "jemand",
    "LOGNAME": "jemand",
    "COLUMNS": "37",
    "LINES": "9",
    "TERM": "dumb",
}
AT_HOME = {
    "PYTHONHASHSEED": "0",
    "TZ": "America/St_Johns",
    "LC_ALL": "C.UTF-8",
    "COLUMNS": "211",
    "TERM": "xterm-256color",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository in another folder, its files written in another order, years ago."""
    there = tmp_path_factory.mktemp("anderswo") / "Arbeits mappe"
    files = [
        path
        for folder in ("briefgen", "data", "templates", "tests")
        for path in (ROOT / folder).rglob("*")
        if path.is_file() and path.suffix != ".pyc"
    ]
    for number, path in enumerate(sorted(files, key=lambda path: path.name, reverse=True)):
        target = there / path.relative_to(ROOT)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
        os.utime(target, (10**9 + number, 10**9 + number))
    return there


def start(
    slugs: Iterable[str],
    code: Path,
    desk: Path,
    output: Path,
    circumstances: dict[str, str],
    formats: str = FORMATS,
) -> subprocess.Popen:
    """Start building editions of the desk, one after the other, with the code in `code`."""
    home = output / "heim"
    home.mkdir(parents=True)
    kept = {name: value for name, value in os.environ.items() if name in {"PATH", *_LIBRARIES}}
    paths = {"HOME": str(home), "TMPDIR": str(home), "PYTHONPATH": f"{code}:{code / 'tests'}"}
    options = ["-w", str(desk), "-o", str(output), "--format", formats, "--no-cache"]
    return subprocess.Popen(
        [sys.executable, "-m", "elsewhere", "build", *options, ",".join(slugs)],
        cwd=home,
        env=kept | paths | circumstances,
        umask=0o077,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
    )


_LIBRARIES = ("DYLD_FALLBACK_LIBRARY_PATH", "LD_LIBRARY_PATH")
"""Where native libraries are looked for, on machines that have them in places of their own."""


def finish(process: subprocess.Popen) -> None:
    """Wait for the process; it must have built all."""
    printed, _ = process.communicate(timeout=600)
    assert process.returncode == 0, printed


def digests(files: dict[str, bytes]) -> dict[str, str]:
    """SHA-256 of each file, by name."""
    return {name: hashlib.sha256(content).hexdigest() for name, content in files.items()}


def made(folder: Path) -> dict[str, str]:
    """SHA-256 of each file in a folder."""
    return digests({path.name: path.read_bytes() for path in folder.iterdir()})


@pytest.mark.parametrize(
    ("slugs", "formats"), [(ON_PAPER, FORMATS), (ON_SCREEN, "html")], ids=["paper", "screen"]
)
def test_the_same_bytes_abroad(
    slugs: list[str],
    formats: str,
    copy: Path,
    tmp_path: Path,
    shipped: Callable[[str], pipeline.Checked],
) -> None:
    assert slugs
    finish(start(slugs, copy, copy, tmp_path, ABROAD, formats))
    for slug in slugs:
        edition = shipped(slug).edition
        assert edition is not None
        wanted, found = digests(edition.files), made(tmp_path / slug)
        if formats != FORMATS:  # the record names the formats
            names = found.keys() - {"manifest.json"}
            assert names == {f"{slug}.html", "evidence.json", "exhibits.xlsx"}
            wanted, found = ({name: one[name] for name in names} for one in (wanted, found))
        assert found == wanted, slug


def test_the_same_bytes_from_two_processes_at_once(tmp_path: Path) -> None:
    """At home and abroad, of one desk in English."""
    slug, folders = "example-coffee-2026-01-05", (tmp_path / "one", tmp_path / "other")
    desk = tmp_path / "desk"
    new_workspace(Answers(desk, language="en"))
    running = [
        start([slug], ROOT, desk, folder, circumstances)
        for folder, circumstances in zip(folders, (AT_HOME, ABROAD), strict=True)
    ]
    for process in running:
        finish(process)
    one, other = (made(folder / slug) for folder in folders)
    assert one == other
    assert len(one) == 6
