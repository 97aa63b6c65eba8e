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
from typing import Any

import psutil
import pytest
from dask_server import below, release, sabotaged, wait_for

from briefgen.engine import batch as batches
from briefgen.engine.interrupts import ctrl_c_waits
from briefgen.ledger.ledger import open_ledger
from briefgen.ledger.location import FILE
from briefgen.publish import writer

pytestmark = pytest.mark.slow
SLUGS = ["free", "held-1", "held-2", "held-3"]


class Build:
    """`briefgen build --jobs 2` in a session of its own; what is held waits."""

    def __init__(self, desk, folder: Path, temporary: Path) -> None:
        for slug in SLUGS:
            shutil.copytree(desk.file("briefings/again"), desk.file(f"briefings/{slug}"))
        self.desk, self.marks, self.temporary = desk, folder / "marks", temporary
        self.marks.mkdir()

    def start(self, *words: str) -> subprocess.Popen[str]:
        words = ("build", *words, "--format", "html", "--json")
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
        """Wait until what is free is recorded, and both workers are held; all processes."""
        wait_for(lambda: self._is_held() or self.process.poll() is not None)
        assert self.process.returncode is None, self.process.communicate()
        return below(self.process.pid)

    def _is_held(self) -> bool:
        with open_ledger(str(self.desk.root / FILE)) as ledger:
            recorded = [run.editions for run in ledger.runs()]
        return recorded == [{"built": 1}] and len(list(self.marks.iterdir())) == 2

    def editions(self) -> list[str]:
        return sorted(path.parent.name for path in self.desk.output.glob("*/manifest.json"))

    def assert_all_can_be_made(self) -> None:
        again = self.desk.build(SLUGS, cache=self.desk.root / ".cache" / "briefgen")
        assert all(one.state in ("built", "unchanged") for one in again.values())

    def interrupted(self, number: int, to_group: bool) -> tuple[int, str, str, float]:
        self.process = self.start(*SLUGS, "--jobs", "2")
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
    assert seconds < 20, "nothing is waited for"
    assert "Traceback" not in err
    told = {one["slug"]: one["state"] for one in json.loads(out)["editions"]}
    there = build.editions()
    assert there == SLUGS[:1]
    assert sorted(slug for slug, state in told.items() if state == "built") == there
    assert {state for slug, state in told.items() if slug not in there} == {"not-run"}
    assert list(build.temporary.iterdir()) == []
    assert all(path.name in SLUGS for path in build.desk.output.iterdir() if path.is_dir())

    release(build.marks, *SLUGS)
    again = build.start("free", "held-1")
    out, err = again.communicate(timeout=120)
    assert again.returncode == 0, err
    states = {one["slug"]: one["state"] for one in json.loads(out)["editions"]}
    assert states == {"free": "unchanged", "held-1": "built"}
    build.assert_all_can_be_made()


@pytest.fixture
def _heeding() -> Iterator[None]:
    """Ctrl-C interrupts, also where it is ignored, as in what a shell runs beside itself."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    assert signal.signal(signal.SIGINT, before) is signal.default_int_handler


@pytest.mark.usefixtures("_heeding")
def test_ctrl_c_while_an_edition_is_published_comes_after_it_was_told(
    desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = writer.publish

    def interrupted(*arguments: Any) -> Any:
        made = write(*arguments)
        signal.raise_signal(signal.SIGINT)
        return made

    hired = batches.executor_for  # no workers: they differ where somebody edits the code meanwhile
    monkeypatch.setattr(batches, "executor_for", lambda *given: hired(*given[:-1], 1))
    monkeypatch.setattr(batches, "begin", lambda: None)
    monkeypatch.setattr(writer, "publish", interrupted)
    told: list[str] = []
    batch = desk.batch(watch=lambda outcome: told.append(outcome.slug))
    states = {one.slug: one.state for one in batch.run(["again", "note"])}
    assert sorted(states.values()) == ["built", "not-run"]
    assert told == [slug for slug, state in states.items() if state == "built"]
    assert batch.is_stopped
    monkeypatch.undo()
    then = {"built": "unchanged", "not-run": "built"}
    assert desk.states() == {slug: then[state] for slug, state in states.items()}


@pytest.mark.usefixtures("_heeding")
def test_a_second_ctrl_c_does_not_wait() -> None:
    done = []

    @ctrl_c_waits()
    def pressing() -> None:
        signal.raise_signal(signal.SIGINT)
        done.append("after the first")
        signal.raise_signal(signal.SIGINT)
        done.append("after the second")

    with pytest.raises(KeyboardInterrupt):
        pressing()
    assert done == ["after the first"]


def test_workers_end_with_the_process_that_started_them(build: Build) -> None:
    code, _, err, _ = build.interrupted(signal.SIGKILL, to_group=False)
    assert code == -signal.SIGKILL
    assert "Traceback" not in err
    build.assert_all_can_be_made()


def test_workers_that_are_being_started_end_with_it_too(build: Build) -> None:
    process = build.start(*SLUGS, "--jobs", "2")
    wait_for(lambda: any("forkserver" in word for p in below(process.pid) for word in _words(p)))
    family = below(process.pid)
    process.terminate()
    _, err = process.communicate(timeout=60)
    wait_for(lambda: not any(_runs(one) for one in family))
    assert process.returncode == -signal.SIGTERM
    assert err == ""
