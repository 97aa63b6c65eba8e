"""Where tasks are made: the contract of all executors."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from concurrent.futures import Future
from typing import TYPE_CHECKING, ClassVar

from briefgen.diagnostics.finding import Finding

if TYPE_CHECKING:
    from briefgen.engine.work import Result
    from briefgen.model.task import Task


TIMEOUT_S = 600.0
MEMORY_MB = 1500
"""What a worker may take for a task, where nothing else is said."""


class TaskLostError(Exception):
    """A task has no result; the text says why."""

    code: ClassVar[str]
    """That of the finding about it."""
    seconds = 0.0
    """How long a worker had it."""


class TimeIsUpError(TaskLostError):
    """A task took longer than it may; its worker was stopped."""

    code = "ENG101"


class WorkerDiedError(TaskLostError):
    """The worker of a task was killed, or ran out of memory."""

    code = "ENG102"


class NoWorkerError(TaskLostError):
    """There is nobody who could make a task."""

    code = "ENG107"


class ExecutorError(Exception):
    """An executor can take no tasks at all; `finding` says why."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


class Executor(ABC):
    """Takes tasks and gives their results later.

    A future gives a `Result`, or raises a TaskLostError; after WorkerDiedError the task may be
    submitted once more. One task that fails in any way leaves the others alone.
    """

    name: ClassVar[str]
    advice: ClassVar[Mapping[str, str]] = {
        TimeIsUpError.code: "give it more: `--timeout`",
        WorkerDiedError.code: "give it more with `--memory`, or make the briefing smaller",
        NoWorkerError.code: "free memory, or allow more processes; fewer workers: `--jobs 1`",
    }
    """What helps when tasks are lost, by the code of their error."""

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        """How many tasks are made at once."""
        self.findings: list[Finding] = []
        """What is wrong with workers; it stops nothing."""

    @abstractmethod
    def submit(self, task: Task) -> Future[Result]:
        """Have a task made. Raises: ExecutorError."""

    @abstractmethod
    def close(self, *, is_stopped: bool = False) -> None:
        """End the workers; if the batch is stopped, in the middle of their tasks."""
