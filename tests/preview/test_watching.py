"""The watch over real folders: what is saved is told, and folders may come and go."""

from __future__ import annotations

import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from briefgen.preview.watching import watch

SOON_S = 10.0


class Told:
    """Counts what is told, and waits for more."""

    def __init__(self) -> None:
        self.number = 0
        self._changed = threading.Condition()

    def __call__(self) -> None:
        with self._changed:
            self.number += 1
            self._changed.notify_all()

    def rest(self) -> int:
        """Wait until nothing was told for a moment; how often it was until then."""
        while True:
            before = self.number
            time.sleep(0.4)
            if before == self.number:
                return before

    def is_more(self, than: int) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self.number > than, SOON_S)


@pytest.fixture
def told(root: Path) -> Iterator[Told]:
    told, stop = Told(), threading.Event()
    thread = threading.Thread(target=watch, args=(root, told, stop))
    thread.start()
    assert told.is_more(0)
    yield told
    stop.set()
    thread.join(SOON_S)
    assert not thread.is_alive()


def by_rename(file: Path) -> None:
    beside = file.with_name(".beside")
    beside.write_text("other", "utf-8")
    beside.replace(file)


@pytest.mark.parametrize(
    "change",
    [
        lambda file: file.write_text("other", "utf-8"),
        lambda file: file.with_name("new.md").write_text("new", "utf-8"),
        lambda file: file.unlink(),
        lambda file: file.rename(file.with_name("renamed.md")),
        by_rename,
        lambda file: shutil.rmtree(file.parent),
    ],
    ids=["saved", "new", "deleted", "renamed", "saved by rename", "folder deleted"],
)
def test_what_happens_is_told(change: Callable[[Path], None], root: Path, told: Told) -> None:
    before = told.rest()
    change(root / "data/briefings/note/overview.md")
    assert told.is_more(before)


def test_a_burst_is_told_a_few_times(root: Path, told: Told) -> None:
    before = told.rest()
    for number in range(200):
        (root / "data/briefings/note" / f"{number}.md").write_text("new", "utf-8")
    assert told.is_more(before)
    assert told.rest() - before < 20


@pytest.mark.skipif(sys.platform == "darwin", reason="names of files are text there")
def test_a_name_that_is_no_text_ends_nothing(root: Path, told: Told) -> None:
    before = told.rest()
    Path(os.fsdecode(os.fsencode(root / "data") + b"/\xb2\xe2.csv")).touch()
    assert told.is_more(before)
    before = told.rest()
    (root / "data/units.yaml").write_text("other", "utf-8")
    assert told.is_more(before)


def test_folders_that_come_and_go_are_watched(root: Path, told: Told) -> None:
    before = told.rest()
    (root / "templates/blocks").mkdir(parents=True)
    assert told.is_more(before)
    shutil.move(root / "data", root / "away")
    assert told.is_more(told.rest() - 1)
    shutil.move(root / "away", root / "data")
    for name in ("templates/blocks/banner.html.j2", "data/units.yaml"):
        before = told.rest()
        (root / name).write_text("other", "utf-8")
        assert told.is_more(before), name
