"""One scheduler for a workspace."""

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

    Reports: SCH105.
    """
    file = root / LOCK
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("a+", encoding="utf-8") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            number = lock.read().strip() or "unknown"
            yield Finding(
                "SCH105",
                f"a scheduler runs on this workspace already: process {number}",
                help=f"kill {number}",
            )
            return
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield None
