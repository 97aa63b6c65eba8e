"""Makes tasks in warm worker processes, each within its time and its memory.

Each worker has a thread that serves it: whatever happens to one, in the middle of a message too, is
no matter of the others.
"""

from __future__ import annotations

import queue
import threading
import time
import traceback
from collections.abc import Sequence
from concurrent.futures import Future

from briefgen.diagnostics.finding import Finding
from briefgen.engine.executor import (
    MEMORY_MB,
    Executor,
    NoWorkerError,
    TaskLostError,
    TimeIsUpError,
)
from briefgen.engine.starting import leave_ctrl_c_to_the_main_thread
from briefgen.engine.work import Equipment, Result
from briefgen.engine.worker import Worker
from briefgen.model.task import Task

READY_S = 120.0
"""How long a worker may take to load everything."""
STARTS = 2
"""How often a worker is started that ends before it is ready."""
WAIT_S = 1.0
"""Seconds until one more start, where other workers have the tasks meanwhile."""

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
        self._keepers: list[_Keeper] = []
        encoded = equipment.model_dump_json().encode()
        for _ in range(jobs):
            self._keepers.append(_Keeper(self._keepers, encoded, self._jobs, timeout, memory_mb))
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
        keepers: Sequence[_Keeper],
        equipment: bytes,
        jobs: queue.SimpleQueue[_Job | None],
        timeout: float | None,
        memory_mb: int,
    ) -> None:
        super().__init__(daemon=True, name="briefgen-worker")
        self._keepers, self._equipment, self._jobs = keepers, equipment, jobs
        self._timeout, self._memory_mb = timeout, memory_mb
        self._worker: Worker | None = None
        self._is_able = True
        """Whether its worker was started when that was tried last."""
        self._is_hopeless = False
        """Whether starting is not worth another try, as the last one took all its time."""
        self._changing = threading.Lock()
        self._stopped = threading.Event()

    def run(self) -> None:
        """Serve a worker until there is nothing left; without one, say so of each task."""
        leave_ctrl_c_to_the_main_thread()
        while True:
            missing = self._missing()
            if missing and any(keeper._is_able for keeper in self._keepers):
                self._stopped.wait(WAIT_S)
                continue
            job = self._jobs.get()
            if job is None:
                break
            self._serve(*job)
        self._is_able = False
        self._end_worker()

    def stop(self) -> None:
        """End the worker in the middle of its task, and take no more."""
        with self._changing:
            self._stopped.set()
            if self._worker:
                self._worker.kill()

    def _serve(self, task: bytes, made: Future[Result]) -> None:
        if self._stopped.is_set() or not made.set_running_or_notify_cancel():
            made.cancel()
            return
        began = time.monotonic()
        try:
            made.set_result(_told(Result.model_validate_json(self._made(task))))
        except TaskLostError as lost:
            self._end_worker()
            lost.seconds = time.monotonic() - began
            made.set_exception(lost)
        except Exception:  # noqa: BLE001 whoever waits for the result is told
            self._end_worker()
            made.set_result(Result(bug=traceback.format_exc()))

    def _made(self, task: bytes) -> bytes:
        """The result of a task. Raises: TaskLostError."""
        missing = self._missing()
        if self._worker is None:
            raise NoWorkerError(missing or "its worker was stopped")
        return self._worker.made(task, self._timeout)

    def _missing(self) -> str | None:
        """Why there is no worker; None if there is one, or nobody wants one any more."""
        if self._worker is not None and self._worker.is_alive():
            return None
        self._end_worker()
        told = f"not one was ready within {READY_S:g} s"
        for _ in range(0 if self._is_hopeless else STARTS):
            try:
                self._start_worker()
            except TimeIsUpError:
                self._is_hopeless = True
                self._end_worker()
                break
            except Exception as error:  # noqa: BLE001 a thread that ends here would leave its tasks
                told = str(error) or type(error).__name__
                self._end_worker()
            else:
                self._is_able = True
                return None
        self._is_able = False
        return f"no worker could be started: {told}"

    def _start_worker(self) -> None:
        with self._changing:
            if self._stopped.is_set():
                return
            self._worker = Worker(self._memory_mb)
        self._worker.equip(self._equipment, READY_S)

    def _end_worker(self) -> None:
        with self._changing:
            if self._worker is not None:
                self._worker.end()
                self._worker = None


def _told(result: Result) -> Result:
    """A result; where the worker had other code than this process, as a finding."""
    if not result.unlike:
        return result
    message = f"workers differ from the process that started them: {', '.join(result.unlike)}"
    return Result(findings=(Finding("ENG105", message, None, "build once more"),))
