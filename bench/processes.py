"""Runs a command as a person would, and measures it: time, CPU, memory, also of its workers."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psutil

MEGABYTE = 1_000_000
LOOK_EVERY = 0.25
"""Seconds between two looks at the workers: rarely, as looking takes time of the command's."""


class WrongRunError(Exception):
    """A command did not do what is measured, so that its figure would mean nothing."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One run of a command.

    Units: `wall` and `cpu` in seconds, workers included; memory in megabytes, at its peak.
    """

    wall: float
    cpu: float
    memory: float
    """Of the process itself."""
    worker_memory: float
    """Of its largest worker; 0 where it had none."""
    said: dict[str, Any] = field(repr=False)
    """The JSON that it printed."""


def measured(
    arguments: Sequence[str | Path], folder: Path, others: Sequence[psutil.Process] = ()
) -> Sample:
    """Run a Python program in a folder; `others` are workers that it did not start itself.

    Raises: WrongRunError, if it fails or prints no JSON.
    """
    command = [sys.executable, *map(str, arguments)]
    environment = {name: value for name, value in os.environ.items() if name != "BRIEFGEN_CACHE"}
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.perf_counter()
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=out, stderr=err)
        watch = _Watch(process.pid, others)
        watch.start()
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        watch.finish()
        out.seek(0)
        err.seek(0)
        printed, told = out.read(), err.read().decode(errors="replace")
    if process.returncode:
        raise WrongRunError(f"{' '.join(command)} ended with {process.returncode}:\n{told}")
    try:
        said = json.loads(printed)
    except ValueError as error:
        raise WrongRunError(f"{' '.join(command)} printed no JSON: {error}\n{told}") from None
    own = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    cpu = usage.ru_utime + usage.ru_stime + watch.cpu
    return Sample(wall, cpu, own / MEGABYTE, watch.memory / MEGABYTE, said)


class _Watch(threading.Thread):
    """Looks at the workers of a process from time to time.

    Units: `cpu` in seconds, of all of them; `memory` in bytes, of the largest.
    """

    def __init__(self, pid: int, others: Sequence[psutil.Process]) -> None:
        super().__init__(daemon=True)
        self._pid, self._others = pid, others
        self._is_done = threading.Event()
        self._cpu: dict[int, float] = {}
        self._before = {other.pid: _cpu(other) for other in others}
        self.memory = 0

    @property
    def cpu(self) -> float:
        return sum(self._cpu.values())

    def run(self) -> None:
        while not self._is_done.wait(LOOK_EVERY):
            self._look()

    def finish(self) -> None:
        self._is_done.set()
        self.join()
        for other in self._others:
            self._note(other)

    def _look(self) -> None:
        with suppress(psutil.Error):
            for child in psutil.Process(self._pid).children(recursive=True):
                with suppress(psutil.Error):
                    if "multiprocessing" in " ".join(child.cmdline()):
                        self._note(child)
        for other in self._others:
            self._note(other)

    def _note(self, worker: psutil.Process) -> None:
        with suppress(psutil.Error):
            self.memory = max(self.memory, _peak(worker))
            self._cpu[worker.pid] = _cpu(worker) - self._before.get(worker.pid, 0.0)


def _cpu(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _peak(process: psutil.Process) -> int:
    """The largest resident memory so far, where the system tells it; else that of now."""
    status = Path(f"/proc/{process.pid}/status")
    with suppress(OSError):
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return int(process.memory_info().rss)
