"""A Dask scheduler and its workers as processes of the tests' own, on this machine."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import psutil

SABOTAGE = Path(__file__).parent / "engine" / "sabotage"
PATIENCE_S = 60.0


def wait_for(ready: Callable[[], object], patience: float = PATIENCE_S) -> None:
    end = time.monotonic() + patience
    while not ready():
        assert time.monotonic() < end, f"not within {patience:g} s: {ready}"
        time.sleep(0.05)


def sabotaged(marks: Path, **settings: str) -> dict[str, str]:
    """The environment of processes in which briefings go wrong as their slugs say."""
    paths = [str(SABOTAGE), os.environ.get("PYTHONPATH", "")]
    path = os.pathsep.join(filter(None, paths))
    return {**os.environ, "PYTHONPATH": path, "SABOTAGE_MARKS": str(marks), **settings}


@dataclass
class DaskServer:
    """A scheduler, to which workers can be added."""

    folder: Path
    marks: Path
    port: int = 0
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    def start(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.call("scheduler", "--port", str(self.port), "--no-show", "--no-jupyter")
        wait_for(self._answers)

    def add_worker(self, *options: str, **settings: str) -> subprocess.Popen[bytes]:
        """The nanny of a new worker; the worker has joined."""
        log, before = self.folder / "scheduler.log", self._joined()
        nanny = self.call("worker", self.address, "--nthreads", "1", *options, **settings)
        wait_for(lambda: self._joined() > before and log.exists())
        return nanny

    def call(self, command: str, *arguments: str, **settings: str) -> subprocess.Popen[bytes]:
        log = self.folder / f"{command}.log"
        given = [command, *arguments, "--host", "127.0.0.1", "--no-dashboard"]
        with log.open("ab") as file:
            process = subprocess.Popen(
                [sys.executable, "-W", "ignore", "-m", "dask", *given],
                cwd=self.folder,
                env=sabotaged(self.marks, **settings),
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=file,
                start_new_session=True,
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End all processes; none is asked."""
        for process in reversed(self.processes):
            family = [process.pid, *(child.pid for child in below(process.pid))]
            for pid in family:
                kill(pid)
            process.wait()
        self.processes.clear()

    def _answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def _joined(self) -> int:
        return (self.folder / "scheduler.log").read_text("utf-8").count("Register worker")


@contextmanager
def dask_server(folder: Path, workers: int) -> Iterator[DaskServer]:
    marks = folder / "marks"
    marks.mkdir()
    server = DaskServer(folder, marks)
    try:
        server.start()
        for _ in range(workers):
            server.add_worker()
        yield server
    finally:
        server.stop()


def below(pid: int) -> list[psutil.Process]:
    """The processes that a process has started, and theirs."""
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def worker_of(nanny: subprocess.Popen[bytes]) -> int:
    """The process of the worker that a nanny looks after."""
    (pid,) = [c.pid for c in below(nanny.pid) if "spawn_main" in " ".join(c.cmdline())]
    return pid


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
