"""One scheduler for a workspace, and one run of a job at a time."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefgen.diagnostics.finding import Finding

LOCK = Path(".cache/briefgen/scheduler.lock")


@contextmanager
def alone(root: Path) -> Iterator[Finding | None]:
    """Hold the workspace's lock; a finding when another scheduler holds it.

    Reports: SCH105, SCH108.
    """
    with _held(root, LOCK, "SCH105", "a scheduler runs on this workspace already") as taken:
        yield taken


@contextmanager
def alone_with(root: Path, job: str) -> Iterator[Finding | None]:
    """Hold the lock of a job; a finding when another run of it holds it.

    Reports: SCH107, SCH108.
    """
    file = LOCK.with_name(f"job-{job}.lock")
    with _held(root, file, "SCH107", f"a run of `{job}` is still going") as taken:
        yield taken


@contextmanager
def _held(root: Path, name: Path, code: str, message: str) -> Iterator[Finding | None]:
    file = root / name
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        lock = file.open("a+", encoding="utf-8")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        yield Finding("SCH108", f"the lock `{name}` cannot be made: {reason}")
        return
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            number = lock.read().strip() or "unknown"
            yield Finding(code, f"{message}: process {number}", help=f"kill {number}")
            return
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield None
