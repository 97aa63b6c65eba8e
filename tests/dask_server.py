"""Dask schedulers and their workers as processes of the tests' own, on this machine."""

from __future__ import annotations

import json
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
PATIENCE_S = 120.0


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


def release(marks: Path, *slugs: str) -> None:
    """Have briefings made that are held."""
    for slug in slugs:
        (marks / f"{slug}.go").touch()


class DaskHost:
    """The process that all schedulers and workers are copies of, as starting one takes seconds."""

    def __init__(self) -> None:
        settings = {"DASK_DISTRIBUTED__WORKER__MULTIPROCESSING_METHOD": "fork"}
        self._process = subprocess.Popen(
            [sys.executable, "-W", "ignore", Path(__file__).with_name("dask_host.py")],
            env=sabotaged(Path(), **settings),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def fork(self, program: str, arguments: list[str], log: Path, settings: dict[str, str]) -> int:
        """The number of the new process."""
        order = {"program": program, "arguments": arguments, "log": str(log), "settings": settings}
        assert self._process.stdin
        assert self._process.stdout
        print(json.dumps(order), file=self._process.stdin, flush=True)
        return int(self._process.stdout.readline())

    def stop(self) -> None:
        """End it, and all that it has forked."""
        self._process.communicate()


@dataclass
class DaskServer:
    """A scheduler, to which workers can be added."""

    folder: Path
    host: DaskHost
    port: int = 0
    processes: list[int] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"

    @property
    def marks(self) -> Path:
        return self.folder / "marks"

    def start(self) -> None:
        self.marks.mkdir(parents=True)
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.call("scheduler", "--port", str(self.port), "--no-show", "--no-jupyter")
        wait_for(self._answers)

    def add_worker(self, *options: str, **settings: str) -> int:
        """The nanny of a new worker; the worker has joined."""
        before = self._joined()
        nanny = self.call("worker", self.address, "--nthreads", "1", *options, **settings)
        wait_for(lambda: self._joined() > before)
        return nanny

    def call(self, program: str, *arguments: str, **settings: str) -> int:
        given = [*arguments, "--host", "127.0.0.1", "--no-dashboard"]
        log, told = self.folder / f"{program}.log", {"SABOTAGE_MARKS": str(self.marks), **settings}
        pid = self.host.fork(program, given, log, told)
        self.processes.append(pid)
        return pid

    def stop(self) -> None:
        """End all processes; none is asked."""
        for pid in reversed(self.processes):
            family = [pid, *(child.pid for child in below(pid))]
            for one in family:
                kill(one)
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
def dask_server(host: DaskHost, folder: Path, workers: int) -> Iterator[DaskServer]:
    server = DaskServer(folder, host)
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


def worker_of(nanny: int) -> int:
    """The process of the worker that a nanny looks after."""
    (pid,) = [c.pid for c in below(nanny) if "resource_tracker" not in " ".join(c.cmdline())]
    return pid


def kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
