"""A small workspace whose preview goes on step by step, with a printer that prints nothing."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from briefgen.engine.work import Result
from briefgen.model.task import Kit, Task
from briefgen.preview.session import Session

SMALL = Path(__file__).parents[1] / "small_desk"


@dataclass
class FakePrinter:
    """Takes tasks; a test says when one is done."""

    tasks: list[tuple[Task, Future[Result]]] = field(default_factory=list)
    stopped: int = 0

    def warm(self) -> None:
        pass

    def begin(self, task: Task, kit: Kit) -> Future[Result]:
        self.tasks.append((task, Future()))
        return self.tasks[-1][1]

    def stop(self) -> None:
        self.stopped += 1


@dataclass
class Writing:
    """A workspace that is written, and its session; names of files count from the briefing."""

    root: Path
    session: Session
    printer: FakePrinter
    told: list[str | None]
    slug: str = "note"

    def file(self, name: str) -> Path:
        return self.root / "data/briefings" / self.slug / name

    def save(self, name: str, old: str, new: str) -> None:
        """Replace the one occurrence of `old`, and have it noticed."""
        text = self.file(name).read_text("utf-8")
        assert text.count(old) == 1
        self.file(name).write_text(text.replace(old, new), "utf-8")
        self.session.disturb()

    def settle(self) -> int:
        """Do all there is to do; how many steps that took."""
        steps = 0
        while self.session.step():
            steps += 1
            assert steps < 100
        return steps

    def html(self) -> str:
        page = self.session.shown(self.slug).page
        return page.content.decode() if page else ""

    def codes(self) -> list[str]:
        return [found.code for found in self.session.shown(self.slug).findings or ()]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "a desk"))


@pytest.fixture
def begin(root: Path) -> Callable[[], Writing]:
    """Begins the session of the workspace, as it is then."""

    def begun() -> Writing:
        told: list[str | None] = []
        printer = FakePrinter()
        return Writing(root, Session(root, printer, told.append), printer, told)

    return begun


@pytest.fixture
def writing(begin: Callable[[], Writing]) -> Writing:
    return begin()
