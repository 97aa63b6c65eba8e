"""The workers of a Dask cluster as a batch sees them: who may work, who does what, who is lost.

Every worker is asked for its toolchain before it gets a task, and each task goes to one worker by
its address: so none is made by a worker that differs, and it is known what is lost with whom.
All of this runs in one event loop.
"""

from __future__ import annotations

import asyncio
import hashlib
import operator
import pkgutil
import re
import uuid
from collections import deque
from collections.abc import Coroutine
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.engine import remote
from briefgen.engine.executor import NoWorkerError, TimeIsUpError, WorkerDiedError
from briefgen.engine.work import Result

ANSWER_S = 10.0
"""How long a scheduler may take to answer."""
CHECK_S = 120.0
"""How long a worker may take to load everything and to say what it has."""
GRACE_S = 60.0
"""How long tasks wait for a worker when none is left."""
RESTART_S = 30.0
"""How long a stuck worker may take to come back."""
LOOK_EVERY = 0.25
"""Seconds between two looks at who is there."""
IN_HAND = 2
"""How many tasks a worker has at once: one that it makes, and the next one."""


@dataclass(eq=False, slots=True)
class Job:
    """A task as bytes, and the future of whoever waits for its result."""

    task: bytes
    made: Future[Result] = field(default_factory=Future)
    is_suspect: bool = False
    """Whether a worker was lost that had it."""


@dataclass(eq=False, slots=True)
class Worker:
    """A worker that fits: what it was sent, as futures of Dask, and what it does."""

    address: str
    make: Any
    equipment: Any
    doing: dict[asyncio.Task[None], Job] = field(default_factory=dict)

    def has_room(self, job: Job) -> bool:
        """Whether it can take a job; a suspect is made alone."""
        jobs = self.doing.values()
        is_alone = job.is_suspect or any(one.is_suspect for one in jobs)
        return len(jobs) < (1 if is_alone else IN_HAND)


class Crew:
    """Gives jobs to the workers that fit, and watches workers come and go.

    What a worker tells comes later than it happens, or is lost with it: where a task ends its
    worker, nobody knows whether that had begun it, and the result of the task before may be lost as
    well. So what a lost worker had is made alone, and only what is lost then is to blame.
    """

    def __init__(self, client: Any, equipment: bytes, timeout: float | None) -> None:
        self._client, self._equipment, self._timeout = client, equipment, timeout
        self.workers: dict[str, Worker] = {}
        self.findings: list[Finding] = []
        """Who was refused, and why."""
        self._known: set[str] = set()
        self._waiting: deque[Job] = deque()
        self._limits: dict[str, asyncio.Timeout] = {}
        self._checks: set[asyncio.Task[None]] = set()
        self._restarts: set[asyncio.Task[None]] = set()
        self._suspects: set[bytes] = set()
        """Digests of the tasks whose workers were lost."""
        self._alone_since: float | None = None
        self._loop = asyncio.get_running_loop()
        client.subscribe_topic(remote.TURNS, self._note_turn)

    async def gather(self) -> None:
        """Look who is there, and check them to the end."""
        await self._look()
        if self._checks:
            await asyncio.wait(self._checks)

    async def watch(self) -> None:
        """Check those who join, and take their work from those who leave; without end."""
        while True:
            await asyncio.sleep(LOOK_EVERY)
            await self._look()
            if self.workers or self._checks:
                self._alone_since = None
            elif self._alone_since is None:
                self._alone_since = self._loop.time()
            self._hand_out()

    def take(self, job: Job) -> None:
        """Have a job done."""
        job.is_suspect = _digest(job) in self._suspects
        self._waiting.append(job)
        self._hand_out()

    async def leave(self) -> None:
        """Take back what has not begun; workers that are being restarted come back first."""
        for job in self._waiting:
            job.made.cancel()
        self._waiting.clear()
        if self._restarts:
            await asyncio.wait(self._restarts, timeout=RESTART_S)

    async def _look(self) -> None:
        try:
            async with asyncio.timeout(ANSWER_S):
                asked = self._client.scheduler  # None, when it has long been gone
                there = (await asked.identity(n_workers=-1))["workers"] if asked else {}
        except (OSError, TimeoutError):
            there = {}
        for address in self.workers.keys() - there.keys():
            self._lose(self.workers[address])
        self._known &= there.keys()
        for address in there.keys() - self._known:
            self._known.add(address)
            _keep(self._checks, self._check(address))

    async def _check(self, address: str) -> None:
        """Have a worker, if it makes the same bytes as this process would."""
        from distributed.comm.core import CommClosedError

        call = {"workers": [address], "on_error": "return"}
        try:
            async with asyncio.timeout(CHECK_S):
                found = await self._client.run(remote.unlike, self._equipment, **call)
                told = found[address]
                if isinstance(told, CommClosedError):
                    raise told
                if told:
                    self._refuse(address, told)
                    return
                sent = await self._client.scatter(
                    self._equipment, workers=[address], direct=False, hash=False
                )
        except TimeoutError:
            self._refuse(address, [f"no answer within {CHECK_S:g} s"])
        except (OSError, KeyError):
            self._known.discard(address)  # it is gone, or looked at once more
        else:
            make = self._client.submit(
                pkgutil.resolve_name, remote.MAKE, workers=[address], pure=False
            )
            self.workers[address] = Worker(address, make, sent)
            self._hand_out()

    def _refuse(self, address: str, told: list[str] | Exception) -> None:
        if isinstance(told, Exception):
            missing = re.search(r"No module named '([\w.]+)'", str(told))
            told = [f"`{missing[1]}` is not installed there" if missing else repr(told)]
        message = f"the worker `{address}` gets no task: {', '.join(told)}"
        help_line = "install there what is installed here, and start the worker anew"
        self.findings.append(Finding("ENG105", message, None, help_line, Severity.WARNING))

    def _hand_out(self) -> None:
        while self._waiting and self.workers:
            able = [one for one in self.workers.values() if one.has_room(self._waiting[0])]
            if not able:
                return
            worker, job = min(able, key=lambda one: len(one.doing)), self._waiting.popleft()
            doing = asyncio.create_task(self._have_made(worker, job))
            worker.doing[doing] = job
            doing.add_done_callback(partial(self._go_on, worker))
        alone = self._loop.time() - self._alone_since if self._alone_since else 0.0
        while alone > GRACE_S and self._waiting:
            nobody = NoWorkerError(f"the cluster has had no worker for {GRACE_S:g} s")
            self._waiting.popleft().made.set_exception(nobody)

    def _go_on(self, worker: Worker, done: asyncio.Task[None]) -> None:
        job = worker.doing.pop(done)
        if done.cancelled():  # before its first step
            self._waiting.appendleft(job)
        self._hand_out()

    async def _have_made(self, worker: Worker, job: Job) -> None:
        """Have a worker do a job, and tell whoever waits for it."""
        key = f"briefgen-{uuid.uuid4().hex}"
        coming = self._client.submit(
            operator.call,
            worker.make,
            worker.equipment,
            job.task,
            key,
            key=key,
            workers=[worker.address],
            pure=False,
        )
        limit, began = asyncio.timeout(None), self._loop.time()
        try:
            async with limit:
                self._limits[key] = limit
                result = Result.model_validate_json(await coming)
        except asyncio.CancelledError:
            self._give_back(job, worker, began)
        except (CancelledError, OSError):
            self._lose(worker)
            if limit.expired():
                late = TimeIsUpError(f"it took longer than {self._timeout:g} s")
                late.seconds = self._timeout or 0.0
                job.made.set_exception(late)
                _keep(self._restarts, self._restart(worker.address))
            else:
                self._known.discard(worker.address)
                self._give_back(job, worker, began)
        except Exception as error:  # noqa: BLE001 whoever waits for the result is told
            job.made.set_exception(
                WorkerDiedError(f"its worker `{worker.address}` failed: {error}")
            )
        else:
            if result.unlike:
                self._lose(worker)
                self._refuse(worker.address, list(result.unlike))
                self._waiting.appendleft(job)
            else:
                job.made.set_result(result)
        finally:
            del self._limits[key]
            coming.release()

    def _note_turn(self, event: tuple[float, tuple[str, bool]]) -> None:
        """The time of a task counts while it is made."""
        key, begins = event[1]
        if key not in self._limits:
            return
        limit = self._limits[key]
        if not limit.expired():
            is_limited = begins and self._timeout is not None
            limit.reschedule(self._loop.time() + (self._timeout or 0) if is_limited else None)

    def _give_back(self, job: Job, worker: Worker, began: float) -> None:
        """A worker was lost that had a job: if it had no other, that job is why."""
        if job.is_suspect:
            lost = WorkerDiedError(f"its worker `{worker.address}` was lost")
            lost.seconds = self._loop.time() - began
            job.made.set_exception(lost)
        else:
            job.is_suspect = True
            self._suspects.add(_digest(job))
            self._waiting.appendleft(job)

    def _lose(self, worker: Worker) -> None:
        if self.workers.get(worker.address) is worker:
            del self.workers[worker.address]
        for doing in worker.doing:
            if doing is not asyncio.current_task():
                doing.cancel()

    async def _restart(self, address: str) -> None:
        """End a worker that is stuck; the one that comes in its place is checked as a new one."""
        try:
            await self._client.restart_workers([address], RESTART_S, raise_for_error=False)
        except (OSError, ValueError, KeyError, TimeoutError) as error:
            message = f"the worker `{address}` is stuck and cannot be restarted: {error}"
            help_line = "start it anew, without `--no-nanny`"
            self.findings.append(Finding("ENG106", message, None, help_line, Severity.WARNING))
        else:
            self._known.discard(address)


def _digest(job: Job) -> bytes:
    return hashlib.sha256(job.task).digest()


def _keep(kept: set[asyncio.Task[None]], work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """Begin some work, and hold it until it is done."""
    task = asyncio.create_task(work)
    kept.add(task)
    task.add_done_callback(kept.discard)
    return task
