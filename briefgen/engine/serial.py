"""Makes tasks one after another in this process: no limits can be set on them."""

from __future__ import annotations

from concurrent.futures import Future

from briefgen.engine.executor import Executor
from briefgen.engine.work import Equipment, Result, run
from briefgen.model.task import Task


class Serial(Executor):
    """One task at a time, at once."""

    name = "serial"

    def __init__(self, equipment: Equipment) -> None:
        super().__init__(capacity=1)
        self._equipment = equipment

    def submit(self, task: Task) -> Future[Result]:
        """Make the task now."""
        future: Future[Result] = Future()
        future.set_result(run(self._equipment, task))
        return future

    def close(self, *, is_stopped: bool = False) -> None:
        """There is nothing to end."""
