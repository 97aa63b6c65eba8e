"""Makes tasks on the workers of a Dask cluster, which share nothing with this machine."""

from __future__ import annotations

import asyncio
import logging
import threading
import warnings
from collections.abc import Mapping
from concurrent.futures import Future
from contextlib import suppress
from typing import Any, ClassVar

from briefgen.diagnostics.finding import Finding
from briefgen.engine.crew import ANSWER_S, LOOK_EVERY, Crew, Job
from briefgen.engine.executor import Executor, ExecutorError, NoWorkerError, WorkerDiedError
from briefgen.engine.work import Equipment, Result
from briefgen.model.task import Task

FIRST_WORKER_S = 10.0
"""How long a batch waits for the first worker of a cluster."""
_LOUD = ("distributed", "distributed.client", "tornado.application", "asyncio")
"""Loggers that tell of lost connections, of which findings tell better."""


class Cluster(Executor):
    """The workers of a Dask scheduler that have the toolchain of this process.

    Units: `timeout` in seconds for each task, from the moment a worker begins it.
    """

    name = "cluster"
    advice: ClassVar[Mapping[str, str]] = {
        **Executor.advice,
        WorkerDiedError.code: "give workers more, `dask worker --memory-limit`, or make the "
        "briefing smaller",
        NoWorkerError.code: "start one: `dask worker ADDRESS --nthreads 1`",
    }

    def __init__(self, equipment: Equipment, address: str, timeout: float | None = None) -> None:
        """Connect, and check the workers. Raises: ExecutorError."""
        super().__init__(capacity=1)
        self._address, self._timeout = address, timeout
        self._equipment = equipment.model_dump_json().encode()
        self._crew: Crew | None = None
        self._ready: Future[None] = Future()
        self._loop = asyncio.new_event_loop()
        self._serving: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True, name="briefgen-cluster")
        self._thread.start()
        try:
            self._ready.result()
        except BaseException:
            self.close(is_stopped=True)
            raise

    def submit(self, task: Task) -> Future[Result]:
        """Hand the task to the worker that has least to do."""
        assert self._crew is not None
        self.capacity = max(len(self._crew.workers), 1)
        job = Job(task.model_dump_json().encode())
        self._loop.call_soon_threadsafe(self._crew.take, job)
        return job.made

    def close(self, *, is_stopped: bool = False) -> None:  # noqa: ARG002
        """Leave the cluster; its workers stay, what they have not begun is taken back."""
        with suppress(RuntimeError):  # the loop may have ended
            self._loop.call_soon_threadsafe(self._leave)
        self._thread.join()
        if self._crew:
            self.findings = self._crew.findings

    def _leave(self) -> None:
        if self._serving:
            self._serving.cancel()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            try:
                runner.run(self._serve())
            except ExecutorError as error:
                self._ready.set_exception(error)
            except asyncio.CancelledError:
                pass

    async def _serve(self) -> None:
        """Be a client of the scheduler until the batch has ended. Raises: ExecutorError."""
        self._serving = asyncio.current_task()
        async with await self._connected() as client:
            self._crew = crew = Crew(client, self._equipment, self._timeout)
            try:
                await self._have_workers(crew)
                self._ready.set_result(None)
                await crew.watch()
            finally:
                await crew.leave()

    async def _connected(self) -> Any:
        try:
            from distributed import Client
            from distributed.comm.core import connect
            from distributed.versions import VersionMismatchWarning
        except ModuleNotFoundError as error:
            message = "`--cluster` needs Dask, which is not installed"
            raise _no_cluster(message, "pip install 'briefgen[cluster]'") from error
        for name in _LOUD:
            logging.getLogger(name).setLevel(logging.CRITICAL + 1)
        warnings.simplefilter("ignore", VersionMismatchWarning)
        warnings.filterwarnings("ignore", "Sending large graph")
        try:
            async with asyncio.timeout(ANSWER_S):  # a client would wait for ever
                comm = await connect(self._address)  # type: ignore[no-untyped-call]
            await comm.close()
            return await Client(  # type: ignore[no-untyped-call]
                self._address,
                asynchronous=True,
                timeout=ANSWER_S,
                name="briefgen",
                set_as_default=False,
            )
        except (OSError, ValueError, ImportError) as error:
            reason = str(error) or "time is up"
            message = f"no Dask scheduler answers at `{self._address}`: {reason}"
            help_line = "start one with `dask scheduler`, and give its address: tcp://HOST:8786"
            raise _no_cluster(message, help_line) from error

    async def _have_workers(self, crew: Crew) -> None:
        """Check those who are there, and wait a little for the first. Raises: ExecutorError."""
        help_line = f"dask worker {self._address} --nthreads 1"
        for _ in range(round(FIRST_WORKER_S / LOOK_EVERY)):
            await crew.gather()
            if crew.workers:
                self.capacity = len(crew.workers)
                return
            if crew.findings:
                told = "; ".join(finding.message for finding in crew.findings)
                message = f"no worker of `{self._address}` fits: {told}"
                raise _no_cluster(message, crew.findings[0].help or help_line)
            await asyncio.sleep(LOOK_EVERY)
        raise _no_cluster(f"`{self._address}` has no worker", help_line)


def _no_cluster(message: str, help_line: str) -> ExecutorError:
    return ExecutorError(Finding("ENG104", message, None, help_line))
