"""What a worker of a Dask cluster does; it imports nothing heavy before it has something to do."""

from __future__ import annotations

import asyncio
import os
import threading
from functools import lru_cache

MAKE = "briefgen.engine.remote:make"
"""The import path of what makes tasks."""
TURNS = "briefgen-turns"
"""The topic of events: the key of a task, and whether its worker begins it or has ended it."""

_ALONE = threading.Lock()
"""Drawing is for one task at a time in a process, however many threads Dask gives it."""


async def unlike(equipment: bytes) -> list[str]:
    """In what this worker's toolchain differs, in words; meanwhile the worker answers."""
    return await asyncio.to_thread(_unlike, equipment)


def make(equipment: bytes, task: bytes, key: str) -> bytes:
    """The result of a task; arguments and result are JSON."""
    from distributed import get_worker

    from briefgen.engine.work import run_encoded

    with _ALONE:
        get_worker().log_event(TURNS, [key, True])
        made = run_encoded(_own(equipment), task)
        get_worker().log_event(TURNS, [key, False])
        return made


def _unlike(equipment: bytes) -> list[str]:
    import briefgen.engine.warm  # noqa: F401
    from briefgen.engine.collecting import collect_seldom
    from briefgen.engine.work import Equipment, differences
    from briefgen.pipeline import toolchain

    collect_seldom()
    wanted = Equipment.model_validate_json(equipment)
    return list(differences(wanted.toolchain, toolchain(wanted.kit)))


@lru_cache(maxsize=2)
def _own(equipment: bytes) -> bytes:
    """The equipment with the cache of this machine, if it has one and the batch uses caches."""
    from briefgen.engine.work import Equipment

    decoded = Equipment.model_validate_json(equipment)
    here = os.environ.get("BRIEFGEN_CACHE") if decoded.cache else None
    return decoded.model_copy(update={"cache": here or None}).model_dump_json().encode()
