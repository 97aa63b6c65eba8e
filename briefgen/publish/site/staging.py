"""Files for a folder that readers look at: all are written beside, then renamed in order."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

STAGE = ".publishing"
"""The folder inside the site in which files wait; one that a kill left is removed."""


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """While this goes on, nobody else publishes to the folder. Raises: BlockingIOError."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


class LinkError(Exception):
    """A file of the site would come to stand elsewhere: something of it is a symbolic link."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A file that waits: where it is, where it goes, and what stood there.

    One that is to be removed is nowhere yet; `before` is where it comes to lie.
    """

    beside: Path | None
    target: Path
    before: Path | None


class Staging:
    """Gathers files for a site; nothing of the site changes before `commit`."""

    def __init__(self, site: Path) -> None:
        self._site, self._stage = site, site / STAGE
        self._waiting: list[_Waiting] = []
        self._beside: dict[Path, Path] = {}

    def __enter__(self) -> Staging:
        shutil.rmtree(self._stage, ignore_errors=True)
        self._stage.mkdir()
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self._stage, ignore_errors=True)

    def add(self, name: str, content: bytes) -> None:
        """A file for the site, unless it stands there with this content. Raises: LinkError."""
        target, number = self._target(name), len(self._waiting)
        before = None
        if target.is_file():
            there = target.read_bytes()
            if there == content:
                return
            before = self._write(f"{number}.before", there)
        self._beside[target] = self._write(f"{number}.new", content)
        self._waiting.append(_Waiting(self._beside[target], target, before))

    def remove(self, name: str) -> None:
        """Take a file off the site, if it stands there. Raises: LinkError."""
        target = self._target(name)
        if target.is_file():
            before = self._stage / f"{len(self._waiting)}.before"
            self._waiting.append(_Waiting(None, target, before))

    def read(self, name: str) -> bytes:
        """A file as it will be. Raises: OSError when there is none."""
        target = self._site / name
        return self._beside.get(target, target).read_bytes()

    def commit(self) -> None:
        """Put the files into their places in the order in which they were added.

        Each folder is on the disk before the next one is touched. When that fails, what stood there
        is put back.
        """
        moved: list[_Waiting] = []
        made: list[Path] = []
        try:
            for folder, files in groupby(self._waiting, key=lambda one: one.target.parent):
                _make(folder, made)
                for one in files:
                    moved.append(one)
                    if one.beside is not None:
                        one.beside.replace(one.target)
                    elif one.before is not None:
                        one.target.replace(one.before)
                for changed in (folder, *folder.parents):
                    _sync(changed)
                    if changed == self._site:
                        break
        except BaseException:
            self._put_back(moved, made)
            raise
        for one in moved:
            if one.beside is None:
                with suppress(OSError):
                    one.target.parent.rmdir()

    def _put_back(self, moved: list[_Waiting], made: list[Path]) -> None:
        for one in reversed(moved):
            with suppress(OSError):
                if one.before is not None:
                    one.before.replace(one.target)
                elif one.beside is not None and not one.beside.exists():
                    one.target.unlink(missing_ok=True)
        for folder in reversed(made):
            with suppress(OSError):
                folder.rmdir()

    def _target(self, name: str) -> Path:
        target = self._site / name
        for path in (target, *target.parents):
            if path == self._site:
                break
            if path.is_symlink():
                raise LinkError(f"`{path}` is a symbolic link")
        return target

    def _write(self, name: str, content: bytes) -> Path:
        path = self._stage / name
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        return path


def _make(folder: Path, made: list[Path]) -> None:
    """Make a folder and what is missing above it; `made` gets those that were made."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir()
        made.append(one)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
