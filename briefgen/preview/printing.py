"""PDFs, made one at a time by a process of its own; a newer one supersedes the one under way."""

from __future__ import annotations

import threading
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from briefgen.diagnostics.finding import Finding
from briefgen.engine.bugs import bug
from briefgen.engine.executor import TIMEOUT_S, TaskLostError
from briefgen.engine.processes import Processes
from briefgen.engine.starting import begin
from briefgen.engine.work import Equipment, Result
from briefgen.model.edition import file_name
from briefgen.model.task import Kit, Task
from briefgen.pipeline import toolchain


@dataclass(frozen=True, slots=True)
class Printed:
    """What became of a PDF: the file, None after errors, and what was found on the way."""

    content: bytes | None
    findings: tuple[Finding, ...]


class Printer(Protocol):
    """Makes PDFs; the session knows no more of it."""

    def warm(self) -> None:
        """Prepare for a first PDF."""

    def begin(self, task: Task, kit: Kit) -> Future[Result]:
        """Have a PDF made, instead of any that is under way."""

    def stop(self) -> None:
        """Leave what is under way."""


@dataclass
class WorkerPrinter:
    """A printer with a worker process, which stays while the templates stay; `cache` is its."""

    cache: Path | None
    _kit: Kit | None = None
    _executor: Processes | None = None
    _under_way: Future[Result] | None = field(default=None)

    def warm(self) -> None:
        """Have the libraries of workers loaded."""
        begin()

    def begin(self, task: Task, kit: Kit) -> Future[Result]:
        """Have the PDF of a task made."""
        is_busy = self._under_way is not None and not self._under_way.done()
        if is_busy or kit is not self._kit:
            self.stop()
        if self._executor is None:
            cache = str(self.cache.resolve()) if self.cache else None
            equipment = Equipment(kit=kit, toolchain=toolchain(kit), cache=cache)
            self._executor, self._kit = Processes(equipment, 1, TIMEOUT_S), kit
        self._under_way = self._executor.submit(task)
        return self._under_way

    def stop(self) -> None:
        """End the worker in the middle of what it does; nobody waits for its end."""
        if self._executor is not None:
            ending = {"is_stopped": True}
            threading.Thread(target=self._executor.close, kwargs=ending, daemon=True).start()
        self._executor = self._under_way = None


def printed(slug: str, made: Future[Result]) -> Printed:
    """What a future that is done gave."""
    try:
        result = made.result()
    except TaskLostError as lost:
        message = f"the PDF of `{slug}` could not be made: {lost}"
        return Printed(None, (Finding(lost.code, message, None, "save once more to try again"),))
    found = tuple(_helped(finding) for finding in result.findings)
    if result.bug:
        found = (*found, bug(slug, result.bug))
    if result.edition is None:
        return Printed(None, found)
    return Printed(result.edition.files[file_name(slug, "pdf")], found)


def _helped(finding: Finding) -> Finding:
    """A finding; where code or libraries are others now, with what helps here."""
    return replace(finding, help="start the preview anew") if finding.code == "ENG105" else finding
