"""Faults: whatever happens, the last good output is whole, and the next run completes."""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from briefgen.engine.outcome import Outcome
from briefgen.publish import swap

from .conftest import Desk

FORK = multiprocessing.get_context("fork")
STEPS = (
    *((os, name) for name in ("mkdir", "fsync", "open", "rename", "replace", "chmod", "unlink")),
    (os, "rmdir"),
    (shutil, "rmtree"),
    (swap, "_exchange"),
)
"""Everything that changes the disk, or orders what is on it."""


def in_child(act: Callable[[], object]) -> int:
    """The exit code of a process that does something and ends."""

    def run() -> None:
        act()
        os._exit(0)

    child = FORK.Process(target=run)
    child.start()
    child.join()
    assert child.exitcode is not None
    return child.exitcode


def whole(desk: Desk, slug: str = "note") -> bytes:
    """The HTML of an edition that is as its manifest says; fails if it is not."""
    import hashlib

    folder = desk.output / slug
    outputs = json.loads((folder / "manifest.json").read_bytes())["outputs"]
    for name, told in outputs.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == told["sha256"], name
    assert {path.name for path in folder.iterdir()} == {*outputs, "manifest.json"}
    return (folder / f"{slug}.html").read_bytes()


def change(desk: Desk) -> None:
    desk.edit("briefings/note/tables/prices.csv", "gpt,72", "gpt,73")


def build_with_pictures(desk: Desk, folder: Path) -> None:
    """Build in a process that ends then; before each step, what is there is copied into `folder`.

    A process that is killed before a step leaves just that: nothing is written at its end.
    """

    def act() -> None:
        is_copying = False

        def watched(plain: Callable[..., Any]) -> Callable[..., Any]:
            def step(*given: Any, **named: Any) -> Any:
                nonlocal is_copying
                if not is_copying:
                    is_copying = True
                    number = len(list(folder.iterdir()))
                    shutil.copytree(desk.root, folder / f"{number:03d}", symlinks=True)
                    is_copying = False
                return plain(*given, **named)

            return step

        for owner, name in STEPS:
            setattr(owner, name, watched(getattr(owner, name)))
        outcome = desk.build(["again"])["again"]
        os._exit(0 if outcome.state == "built" else 1)

    assert in_child(act) == 0


@pytest.mark.slow
def test_killed_at_any_write_the_old_or_the_new_edition_is_there(
    built: Desk, tmp_path: Path
) -> None:
    old = whole(built, "again")
    built.edit("briefings/again/overview.md", "下降", "回落")
    build_with_pictures(built, tmp_path)
    pictures = sorted(tmp_path.iterdir())
    for picture in pictures:
        shutil.rmtree(built.root)
        picture.rename(built.root)
        found = whole(built, "again")
        assert found == old or "回落".encode() in found, picture
        assert built.build(["again"])["again"].state in {"built", "unchanged"}, picture
        assert "回落".encode() in whole(built, "again"), picture
        assert sorted(path.name for path in built.output.iterdir()) == ["again", "note"], picture
    assert len(pictures) > 20, "there are that many steps"


@pytest.mark.parametrize("most_bytes", [0, 500, 5000])
def test_a_disk_that_takes_no_more(built: Desk, most_bytes: int) -> None:
    old = whole(built)
    change(built)

    def act() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, most_bytes))
        batch = built.batch()
        (outcome,) = batch.run(["note"])
        codes = [finding.code for finding in outcome.findings if finding.code.startswith("PUB")]
        os._exit(0 if (outcome.state, codes) == ("failed", ["PUB101"]) else 1)

    assert in_child(act) == 0
    assert whole(built) == old
    assert built.build(["note"])["note"].state == "built"
    assert b"73" in whole(built)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of half a megabyte."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", place], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield place
    subprocess.run(["umount", place], check=True)


def test_a_real_disk_that_is_full(built: Desk, small_disk: Path) -> None:
    shutil.copytree(built.output, small_disk / "output")
    with suppress(OSError), (small_disk / "ballast").open("wb", buffering=0) as full:
        while True:
            full.write(b"x" * 1000)
    desk = Desk(built.root)
    change(desk)
    batch = desk.batch(output=small_disk / "output", cache=small_disk / "cache")
    (outcome,) = batch.run(["note"])
    assert outcome.state == "failed"
    assert outcome.findings[-1].message.endswith("no space left on device")
    kept = small_disk / "output" / "note" / "note.html"
    assert kept.read_bytes() == (desk.output / "note" / "note.html").read_bytes()
    (small_disk / "ballast").unlink()
    (outcome,) = desk.batch(output=small_disk / "output", cache=small_disk / "cache").run(["note"])
    assert outcome.state == "built"
    assert b"73" in kept.read_bytes()


def test_a_full_cache_stops_nothing(built: Desk, small_disk: Path) -> None:
    (small_disk / "ballast").write_bytes(b"x" * 500_000)
    change(built)
    batch = built.batch(cache=small_disk / "cache")
    (outcome,) = batch.run(["note"])
    assert outcome.state == "built"
    assert [finding.code for finding in batch.findings] == ["CAC101"]
    assert b"73" in whole(built)


def test_an_output_folder_that_is_read_only(built: Desk) -> None:
    """Root may write everywhere, so somebody else builds, in a place that everybody may enter."""
    with TemporaryDirectory() as place:
        Path(place).chmod(0o755)
        desk = Desk(Path(shutil.copytree(built.root, Path(place) / "desk")))
        old, everybody = whole(desk), 65534
        change(desk)
        desk.output.chmod(0o555)

        def act() -> None:
            if os.geteuid() == 0:
                os.setgid(everybody)
                os.setuid(everybody)
            (outcome,) = desk.batch(cache=None).run(["note"])
            said = outcome.findings[-1].message
            os._exit(0 if said.endswith("permission denied") and not outcome.folder else 1)

        assert in_child(act) == 0
        assert whole(desk) == old
        desk.output.chmod(0o755)
        assert desk.build(["note"])["note"].state == "built"


def test_two_batches_race(desk: Desk) -> None:
    slugs = ["again", "note", "other"]

    def act() -> None:
        outcomes: list[Outcome] = desk.batch(jobs=None).run(slugs[:1])
        outcomes += desk.build(slugs[1:]).values()
        states = {outcome.state for outcome in outcomes}
        os._exit(0 if states <= {"built", "unchanged"} else 1)

    racers = [FORK.Process(target=act) for _ in range(3)]
    for racer in racers:
        racer.start()
    for racer in racers:
        racer.join()
    assert [racer.exitcode for racer in racers] == [0, 0, 0]
    assert sorted(path.name for path in desk.output.iterdir()) == slugs
    for slug in slugs:
        whole(desk, slug)
    assert desk.build(slugs)["note"].state == "unchanged"
