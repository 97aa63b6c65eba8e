"""A batch that is stopped: `briefgen build` as a process of its own, with workers."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil
import pytest
from dask_server import below, sabotaged, wait_for

pytestmark = pytest.mark.slow
SLUGS = [f"slow-{number}" for number in range(6)]


class Build:
    """`briefgen build --all --jobs 2` in a session of its own, of briefings that take a second."""

    def __init__(self, desk, folder: Path, temporary: Path) -> None:
        for slug in SLUGS:
            shutil.copytree(desk.file("briefings/again"), desk.file(f"briefings/{slug}"))
        self.desk, self.marks, self.temporary = desk, folder / "marks", temporary
        self.marks.mkdir()

    def start(self, *options: str) -> subprocess.Popen[str]:
        words = ["build", *SLUGS, "--jobs", "2", "--format", "html", *options]
        return subprocess.Popen(
            [sys.executable, "-m", "briefgen", *words],
            cwd=self.desk.root,
            env=sabotaged(self.marks, TMPDIR=str(self.temporary)),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def until_it_works(self) -> list[psutil.Process]:
        """Wait until some editions are there, and more are being made; all processes."""
        wait_for(lambda: len(self.editions()) >= 2 or self.process.poll() is not None)
        assert self.process.returncode is None, self.process.communicate()
        return below(self.process.pid)

    def editions(self) -> list[str]:
        return sorted(path.parent.name for path in self.desk.output.glob("*/manifest.json"))

    def interrupted(self, number: int, to_group: bool) -> tuple[int, str, str, float]:
        self.process = self.start("--json")
        family = self.until_it_works()
        assert len(family) >= 2
        (os.killpg if to_group else os.kill)(self.process.pid, number)
        before = time.monotonic()
        out, err = self.process.communicate(timeout=60)
        seconds = time.monotonic() - before
        wait_for(lambda: not any(_runs(one) for one in family), patience=10)
        return self.process.returncode, out, err, seconds


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []


@pytest.fixture
def build(desk, tmp_path: Path) -> Iterator[Build]:
    with TemporaryDirectory() as folder:  # the names of sockets in it must be short
        yield Build(desk, tmp_path, Path(folder))


def test_ctrl_c_ends_it_and_a_second_run_does_the_rest(build: Build) -> None:
    code, out, err, seconds = build.interrupted(signal.SIGINT, to_group=True)
    assert code == 130, err
    assert seconds < 8
    assert "Traceback" not in err
    told = {one["slug"]: one["state"] for one in json.loads(out)["editions"]}
    there = build.editions()
    assert sorted(slug for slug, state in told.items() if state == "built") == there
    assert {state for slug, state in told.items() if slug not in there} == {"not-run"}
    assert list(build.temporary.iterdir()) == []
    assert all(path.name in SLUGS for path in build.desk.output.iterdir() if path.is_dir())

    again = build.start("--json")
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    states = {one["slug"]: one["state"] for one in json.loads(out)["editions"]}
    assert {slug for slug, state in states.items() if state == "unchanged"} == set(there)
    assert {state for slug, state in states.items() if slug not in there} == {"built"}


def test_workers_end_with_the_process_that_started_them(build: Build) -> None:
    code, _, err, _ = build.interrupted(signal.SIGKILL, to_group=False)
    assert code == -signal.SIGKILL
    assert "Traceback" not in err
    again = build.desk.build(SLUGS, cache=build.desk.root / ".cache" / "briefgen")
    assert all(one.state in ("built", "unchanged") for one in again.values())


def test_workers_that_are_being_started_end_with_it_too(build: Build) -> None:
    process = build.start("--json")
    wait_for(lambda: any("forkserver" in word for p in below(process.pid) for word in _words(p)))
    family = below(process.pid)
    process.terminate()
    _, err = process.communicate(timeout=60)
    wait_for(lambda: not any(_runs(one) for one in family))
    assert process.returncode == -signal.SIGTERM
    assert err == ""
