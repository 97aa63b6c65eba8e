"""A worker process of this machine: it is started, given tasks one by one, and ended.

It has a pipe of its own, whose end tells that the worker has ended, however that came about.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time
from contextlib import suppress
from multiprocessing.connection import Connection

import psutil

from briefgen.engine.collecting import collect_seldom
from briefgen.engine.executor import TimeIsUpError, WorkerDiedError
from briefgen.engine.starting import context

MEGABYTE = 1_000_000
_LOOK_EVERY = 0.1
"""Seconds between two looks at a worker's memory."""

_END_S = 5.0
"""How long a worker may take to end that has closed its pipe."""


class Worker:
    """A worker that may take so much memory.

    Units: `memory_mb` in megabytes of resident memory, limits in seconds.
    """

    def __init__(self, memory_mb: int) -> None:
        """Start it. Raises: OSError, EOFError, WorkerDiedError."""
        self._memory_mb, how = memory_mb, context()
        self._pipe: Connection
        self._pipe, theirs = how.Pipe()
        # only the pipe: what is sent along with a start is read late, or never if this process ends
        self._process = how.Process(
            target=_work, args=(theirs,), name="briefgen-worker", daemon=True
        )
        with theirs:
            self._process.start()
        try:
            self._seen = psutil.Process(self._process.pid)
        except psutil.NoSuchProcess:
            raise WorkerDiedError("its worker ended at once") from None

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self._seen.pid

    def is_alive(self) -> bool:
        """Whether it can take a task."""
        return bool(self._process.is_alive())

    def equip(self, equipment: bytes, limit: float) -> None:
        """Wait until it has loaded everything. Raises: TimeIsUpError, WorkerDiedError."""
        self._received(limit)
        self._send(equipment)

    def made(self, task: bytes, limit: float | None) -> bytes:
        """The result of a task. Raises: TimeIsUpError, WorkerDiedError."""
        self._send(task)
        return self._received(limit)

    def kill(self) -> None:
        """End it in the middle of its task; also when the process that forked it is gone."""
        with suppress(psutil.NoSuchProcess):
            self._seen.kill()

    def end(self) -> None:
        """End it, and leave nothing behind."""
        self._pipe.close()
        self.kill()
        self._process.join()

    def _send(self, content: bytes) -> None:
        try:
            self._pipe.send_bytes(content)
        except OSError:
            raise WorkerDiedError(self._death()) from None

    def _received(self, limit: float | None) -> bytes:
        began = time.monotonic()
        try:
            while not self._pipe.poll(_LOOK_EVERY):
                if limit is not None and time.monotonic() - began > limit:
                    raise TimeIsUpError(f"it took longer than {limit:g} s")
                self._look_at_memory()
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise WorkerDiedError(self._death()) from None

    def _look_at_memory(self) -> None:
        with suppress(psutil.NoSuchProcess):  # the pipe tells
            if self._seen.memory_info().rss > self._memory_mb * MEGABYTE:
                raise WorkerDiedError(f"its worker took more than {self._memory_mb} MB of memory")

    def _death(self) -> str:
        self._process.join(_END_S)
        self.kill()
        self._process.join()
        code = self._process.exitcode or 0
        if code < 0:
            return f"its worker was killed by signal {-code} ({signal.strsignal(-code)})"
        return f"its worker ended with exit code {code}"


def _work(pipe: Connection) -> None:
    """What a worker process does, until its pipe is closed or its parent ends."""
    import briefgen.engine.warm  # noqa: F401
    from briefgen.engine.work import run_encoded

    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    try:
        pipe.send_bytes(b"ready")
        equipment = pipe.recv_bytes()
        while True:
            pipe.send_bytes(run_encoded(equipment, pipe.recv_bytes()))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(0)
