"""Builds many editions: what is there stays, the rest is made by workers and published here."""

from __future__ import annotations

import hashlib
import time
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Finding, Made, has_errors
from briefgen.engine.bugs import bug
from briefgen.engine.executor import Executor, ExecutorError, TaskLostError, WorkerDiedError
from briefgen.engine.executors import executor_for
from briefgen.engine.interrupts import ctrl_c_waits
from briefgen.engine.options import Options
from briefgen.engine.outcome import Outcome
from briefgen.engine.past import Past, counts
from briefgen.engine.starting import begin

if TYPE_CHECKING:
    from briefgen.cache.remember import Memory, Step
    from briefgen.engine.work import Result
    from briefgen.model.edition import Edition
    from briefgen.model.task import Kit, Task
    from briefgen.workspace import Workspace

AHEAD = 2
"""How many tasks there are for each worker, so that none waits for its next one."""
TRIES = 2
"""How often a task is made whose worker dies."""


@dataclass(frozen=True, slots=True)
class _Attempt:
    """A task that is being made."""

    task: Task
    key: str
    why: tuple[str, ...]
    begun: float
    """When its turn came, or its result."""
    seconds: float = 0.0
    """What it took before."""
    number: int = 1

    @property
    def taken(self) -> float:
        """Seconds that it took until now, without waiting for a worker."""
        return self.seconds + time.perf_counter() - self.begun


@dataclass
class Batch:
    """One call that builds editions of a workspace.

    `opened` gives the workspace, when it is needed; `watch` is told of each outcome.
    """

    root: Path
    options: Options
    opened: Callable[[], Workspace]
    watch: Callable[[Outcome], None] = lambda _: None
    findings: list[Finding] = field(default_factory=list)
    """What is wrong with the cache or with workers; it stops nothing."""
    is_stopped: bool = False
    """Whether somebody ended it before it was done."""

    def run(self, slugs: Iterable[str]) -> list[Outcome]:
        """Build editions; an outcome for each, in the same order.

        Raises: ExecutorError, when there are no workers to begin with.
        """
        wanted = list(dict.fromkeys(slugs))
        self._outcomes: dict[str, Outcome] = {}
        self._running: dict[Future[Result], _Attempt] = {}
        self._executor: Executor | None = None
        try:
            try:
                self._build(self._changed(wanted))
            except KeyboardInterrupt:
                self.is_stopped = True
            finally:
                self._end()
        except KeyboardInterrupt:  # while the workers were ended
            self.is_stopped = True
        return [self._outcomes.get(slug) or Outcome(slug, "not-run") for slug in wanted]

    @property
    def toolchain(self) -> dict[str, str]:
        """Versions of code and libraries, and which fonts are installed."""
        return self._past.present.toolchain

    @cached_property
    def _past(self) -> Past:
        return Past(self.root, self.options.output, self.options.cache)

    @cached_property
    def _workspace(self) -> Workspace:
        return self.opened()

    @cached_property
    def _kit(self) -> Kit:
        return self._workspace.kit

    @cached_property
    def _memory(self) -> Memory:
        return self._past.memory(self._kit)

    def _changed(self, slugs: Iterable[str]) -> list[str]:
        """Those that need a closer look; workers are prepared as soon as there will be some."""
        found: list[str] = []
        fewest = 1 if self.options.is_by_workers else 2
        for slug in slugs:
            if not self._is_unchanged(slug):
                found.append(slug)
                if len(found) == fewest and not self.options.cluster:
                    begin()
        return found

    def _is_unchanged(self, slug: str) -> bool:
        outcome = self._past.unchanged(slug, self.options.formats)
        if outcome is not None:
            self._conclude(outcome)
        return outcome is not None

    def _build(self, slugs: Sequence[str]) -> None:
        if slugs:
            from briefgen.publish.writer import clear_left

            clear_left(self.options.output)
            self._past.look()
        for position, slug in enumerate(slugs):
            started = time.perf_counter()
            try:
                self._begin(slug, started, waiting=len(slugs) - position)
            except ExecutorError:
                raise
            except Exception:  # noqa: BLE001 one edition must not stop the others
                seconds = time.perf_counter() - started
                self._fail(slug, [bug(slug, traceback.format_exc())], seconds)
            self._collect(at_most=AHEAD * self._executor.capacity if self._executor else 0)
        self._collect(at_most=0)

    def _begin(self, slug: str, started: float, waiting: int) -> None:
        """Load a briefing; take its edition from the cache, or hand the task to a worker."""
        from briefgen.model.edition import Edition
        from briefgen.pipeline import EDITION, edition_key, prepare

        prepared = prepare(self._workspace, slug, self.options.formats)
        task = prepared.value
        if task is None:
            self._fail(slug, prepared.findings, time.perf_counter() - started)
            return
        key = edition_key(task, self._kit, self._memory)
        same = self._past.still_so(task, key, self._kit, self._memory)
        if same is not None:
            self._conclude(replace(same, seconds=time.perf_counter() - started))
            return
        why = self._past.why(task, self._kit, self._memory.toolchain)
        attempt = _Attempt(task, key, why, started)
        found = self._memory.recalled(EDITION, Edition, key, task.places)
        if found:
            self._publish(attempt, found, ())
        else:
            self._submit(attempt, waiting)

    def _submit(self, attempt: _Attempt, waiting: int = 1) -> None:
        if self._executor is None:
            made_with = self.options, self._kit, self._memory.toolchain
            self._executor = executor_for(*made_with, waiting)
        self._running[self._executor.submit(attempt.task)] = attempt

    def _collect(self, at_most: int) -> None:
        """Take results until at most so many tasks are under way."""
        while len(self._running) > at_most:
            done, _ = wait(self._running, return_when=FIRST_COMPLETED)
            for future in done:
                self._take(future, self._running.pop(future))

    def _take(self, future: Future[Result], attempt: _Attempt) -> None:
        slug = attempt.task.briefing.slug
        try:
            result = future.result()
        except TaskLostError as lost:
            seconds = attempt.seconds + lost.seconds
            self._lose(replace(attempt, begun=time.perf_counter(), seconds=seconds), lost)
        else:
            attempt = replace(attempt, begun=time.perf_counter(), seconds=result.seconds)
            found = result.findings
            if result.bug:
                found = (*found, bug(slug, result.bug))
            if result.unlike:
                found = (*found, _unlike(slug, result.unlike))
            if result.edition is None:
                self._fail(slug, found, attempt.taken)
            else:
                self._publish(attempt, Made(result.edition, found), result.steps)

    def _lose(self, attempt: _Attempt, lost: TaskLostError) -> None:
        """A task has no result: it is made once more if its worker died, else reported."""
        assert self._executor is not None
        slug, times = attempt.task.briefing.slug, ""
        if isinstance(lost, WorkerDiedError):
            if attempt.number < TRIES:
                self._submit(replace(attempt, number=attempt.number + 1))
                return
            times = f", {TRIES} times"
        message = f"`{slug}` could not be made: {lost}{times}"
        found = Finding(lost.code, message, None, self._executor.advice[lost.code])
        self._fail(slug, [found], attempt.taken)

    @ctrl_c_waits()
    def _publish(self, attempt: _Attempt, made: Made[Edition], steps: tuple[Step, ...]) -> None:
        """Put an edition into the output folder, if it is not there as it is; remember and tell."""
        from briefgen.engine.reasons import told
        from briefgen.publish.writer import publish

        edition = made.value
        assert edition is not None
        assert edition.slug == attempt.task.briefing.slug
        outputs = {
            name: hashlib.sha256(content).hexdigest() for name, content in edition.files.items()
        }
        is_there = self._past.lies_there(edition.slug, outputs)
        if not is_there:
            published = publish(edition, self.options.output)
            if published.value is None:
                found = (*made.findings, *published.findings)
                self._fail(edition.slug, found, attempt.taken)
                return
        kept = attempt.task, attempt.key, self._kit, self._memory
        self._past.remember(*kept, made, outputs)
        self._conclude(
            Outcome(
                edition.slug,
                "unchanged" if is_there and not steps else "built",
                made.findings,
                attempt.taken,
                counts(edition),
                self.options.output / edition.slug,
                outputs,
                (*attempt.why, *(told(steps) or ("all of it came from the cache",))),
            )
        )

    def _fail(self, slug: str, findings: Iterable[Finding], seconds: float) -> None:
        found = tuple(findings)
        assert has_errors(found)
        self._conclude(Outcome(slug, "failed", found, seconds))

    @ctrl_c_waits()
    def _conclude(self, outcome: Outcome) -> None:
        self._outcomes[outcome.slug] = outcome
        self.watch(outcome)

    @ctrl_c_waits()
    def _end(self) -> None:
        """End the workers, and leave the cache in order."""
        if self._executor is not None:
            self._executor.close(is_stopped=self.is_stopped)
            self.findings += self._executor.findings
        if "_memory" in self.__dict__:
            limit = self._workspace.shared.data.settings.cache_mb
            self.findings += self._past.tidy(self._memory, limit)


def _unlike(slug: str, differences: Iterable[str]) -> Finding:
    """The finding for a task that came to a worker of another version."""
    message = f"`{slug}` was not made: its worker has {'; '.join(differences)}"
    help_line = "briefgen, a library or a font was changed meanwhile: start once more"
    return Finding("ENG105", message, None, help_line)
