"""Makes tasks in warm worker processes, each within its time and its memory.

Each worker has a pipe of its own and a thread that serves it: whatever happens to one, in the
middle of a message too, is no matter of the others.
"""

from __future__ import annotations

import multiprocessing
import os
import queue
import signal
import threading
import time
import traceback
from concurrent.futures import Future
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from typing import Any

from briefgen.diagnostics.finding import Finding
from briefgen.engine.collecting import collect_seldom
from briefgen.engine.executor import Executor, TimeIsUpError, WorkerDiedError
from briefgen.engine.starting import context, leave_ctrl_c_to_the_main_thread
from briefgen.engine.work import Equipment, Result, run_encoded
from briefgen.model.task import Task

MEGABYTE = 1_000_000
MEMORY_MB = 1500
"""What a worker may take, where nothing else is said."""
_LOOK_EVERY = 0.1
"""Seconds between two looks at a worker's memory."""

_Job = tuple[bytes, Future[Result]]


class Processes(Executor):
    """Worker processes on this machine, started once and kept warm.

    Units: `timeout` in seconds for each task, `memory_mb` in megabytes of resident memory.
    """

    name = "processes"

    def __init__(
        self,
        equipment: Equipment,
        jobs: int,
        timeout: float | None = None,
        memory_mb: int = MEMORY_MB,
    ) -> None:
        super().__init__(capacity=jobs)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        encoded, how = equipment.model_dump_json().encode(), context()
        self._keepers = [_Keeper(how, encoded, self._jobs, timeout, memory_mb) for _ in range(jobs)]
        for keeper in self._keepers:
            keeper.start()

    def submit(self, task: Task) -> Future[Result]:
        """Hand the task to the next worker that is free."""
        made: Future[Result] = Future()
        self._jobs.put((task.model_dump_json().encode(), made))
        return made

    def close(self, *, is_stopped: bool = False) -> None:
        """End the workers, when they have made what they were given."""
        if is_stopped:
            for keeper in self._keepers:
                keeper.stop()
        for _ in self._keepers:
            self._jobs.put(None)
        for keeper in self._keepers:
            keeper.join()


class _Keeper(threading.Thread):
    """Gives tasks to one worker process, and starts another one when it ends."""

    def __init__(
        self,
        context: Any,
        equipment: bytes,
        jobs: queue.SimpleQueue[_Job | None],
        timeout: float | None,
        memory_mb: int,
    ) -> None:
        super().__init__(daemon=True, name="briefgen-worker")
        self._context, self._equipment, self._jobs = context, equipment, jobs
        self._timeout, self._memory_mb = timeout, memory_mb
        self._worker: Any = None
        self._pipe: Connection | None = None
        self._changing = threading.Lock()
        self._is_stopped = False

    def run(self) -> None:
        """Start the worker, and serve it until there is nothing left."""
        leave_ctrl_c_to_the_main_thread()
        with suppress(OSError):  # the first task tries once more, and tells
            self._start_worker()
        while (job := self._jobs.get()) is not None:
            task, made = job
            if self._is_stopped or not made.set_running_or_notify_cancel():
                made.cancel()
                continue
            try:
                made.set_result(_told(Result.model_validate_json(self._made(task))))
            except (TimeIsUpError, WorkerDiedError) as error:
                made.set_exception(error)
            except Exception:  # noqa: BLE001 whoever waits for the result is told
                made.set_result(Result(bug=traceback.format_exc()))
        self._end_worker()

    def stop(self) -> None:
        """End the worker in the middle of its task, and take no more."""
        with self._changing:
            self._is_stopped = True
            if self._worker:
                self._worker.kill()

    def _made(self, task: bytes) -> bytes:
        """The result of a task. Raises: TimeIsUpError, WorkerDiedError."""
        if self._worker is None or not self._worker.is_alive():
            self._end_worker()
            try:
                self._start_worker()
            except OSError as error:
                raise WorkerDiedError(f"no worker could be started: {error}") from error
        if self._worker is None or self._pipe is None:
            raise WorkerDiedError("its worker was stopped")
        try:
            self._pipe.recv_bytes()  # it is ready
            self._pipe.send_bytes(task)
            self._wait()
            return self._pipe.recv_bytes()
        except (EOFError, OSError):
            raise WorkerDiedError(self._death()) from None

    def _wait(self) -> None:
        """Wait for the worker to answer or to end; end it when it goes beyond its limits."""
        import psutil

        assert self._pipe is not None
        began, process = time.monotonic(), psutil.Process(self._worker.pid)
        while not wait([self._pipe, self._worker.sentinel], _LOOK_EVERY):
            if self._timeout and time.monotonic() - began > self._timeout:
                self._end_worker()
                raise TimeIsUpError(f"it took longer than {self._timeout:g} s")
            try:
                taken = process.memory_info().rss
            except psutil.NoSuchProcess:
                continue
            if taken > self._memory_mb * MEGABYTE:
                self._end_worker()
                raise WorkerDiedError(f"its worker took more than {self._memory_mb} MB of memory")

    def _death(self) -> str:
        self._worker.join()
        code = self._worker.exitcode
        if code < 0:
            return f"its worker was killed by signal {-code} ({signal.strsignal(-code)})"
        return f"its worker ended with exit code {code}"

    def _start_worker(self) -> None:
        with self._changing:
            if self._is_stopped:
                return
            ours, theirs = self._context.Pipe()
            worker = self._context.Process(
                target=_work, args=(theirs, self._equipment), name="briefgen-worker", daemon=True
            )
            worker.start()
            self._pipe, self._worker = ours, worker
            theirs.close()

    def _end_worker(self) -> None:
        with self._changing:
            if self._worker is not None:
                assert self._pipe is not None
                self._pipe.close()
                self._worker.kill()
                self._worker.join()
                self._worker = None


def _told(result: Result) -> Result:
    """A result; where the worker had other code than this process, as a finding."""
    if not result.unlike:
        return result
    message = f"workers differ from the process that started them: {', '.join(result.unlike)}"
    return Result(findings=(Finding("ENG105", message, None, "build once more"),))


def _work(pipe: Connection, equipment: bytes) -> None:
    """What a worker process does, until its pipe is closed or its parent ends."""
    import briefgen.engine.warm  # noqa: F401

    threading.Thread(target=_end_with_parent, daemon=True).start()
    collect_seldom()
    try:
        while True:
            pipe.send_bytes(b"ready")
            pipe.send_bytes(run_encoded(equipment, pipe.recv_bytes()))
    except (EOFError, OSError):
        return


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    assert parent is not None
    parent.join()
    os._exit(0)
