"""A small Dask cluster on this machine: a scheduler, and workers that share nothing with it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import psutil
from processes import WrongRunError

START_S = 60.0
STOP_S = 20.0


def why_not() -> str | None:
    """Why there can be no cluster; None if there can."""
    if find_spec("distributed") is None:
        return "the extra `cluster` is not installed"
    return None


@contextmanager
def cluster(folder: Path, workers: int) -> Iterator[tuple[str, list[psutil.Process]]]:
    """The address of a scheduler, and its worker processes; all end with the block."""
    told = folder / "scheduler.json"
    unprofiled = os.environ | {"DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "False"}
    logs = (folder / "cluster.log").open("wb")
    here: list[str | Path] = ["--host", "127.0.0.1", "--no-dashboard"]
    alone: list[str | Path] = [
        "--scheduler-file",
        told,
        "--nthreads",
        "1",
        "--no-nanny",
        "--memory-limit",
        "0",
    ]

    def started(program: str, *arguments: str | Path) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-m", f"distributed.cli.{program}", *map(str, arguments)]
        return subprocess.Popen(command, cwd=folder, stdout=logs, stderr=logs, env=unprofiled)

    running = [started("dask_scheduler", *here, "--port", "0", "--scheduler-file", told)]
    try:
        _wait_for(told)
        running += [started("dask_worker", *here, *alone) for _ in range(workers)]
        found = [psutil.Process(process.pid) for process in running[1:]]
        yield json.loads(told.read_text())["address"], found
    finally:
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(STOP_S)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        logs.close()


def _wait_for(told: Path) -> None:
    until = time.monotonic() + START_S
    while not told.is_file() or not told.read_text():
        if time.monotonic() > until:
            raise WrongRunError(f"the scheduler did not start: see {told.parent / 'cluster.log'}")
        time.sleep(0.1)
