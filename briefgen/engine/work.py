"""What a worker does: a task in, an edition out; as values, and as bytes for other processes."""

from __future__ import annotations

import time
import traceback
from functools import lru_cache

from briefgen.cache.remember import Memory, Step
from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding
from briefgen.draw.charts import CHARTS
from briefgen.model.edition import Edition
from briefgen.model.task import Kit, Task
from briefgen.model.value import Value
from briefgen.pipeline import make, toolchain


class Equipment(Value):
    """What all tasks of a batch share."""

    kit: Kit
    toolchain: dict[str, str]
    """That of the process which hands out the tasks."""
    cache: str | None
    """The folder of the cache, as workers see it; None where they have none."""


class Result(Value):
    """What became of a task."""

    edition: Edition | None = None
    findings: tuple[Finding, ...] = ()
    steps: tuple[Step, ...] = ()
    seconds: float = 0.0
    """How long the worker took."""
    bug: str | None = None
    """The traceback of an exception that nobody expected."""
    unlike: tuple[str, ...] = ()
    """In what the worker's toolchain differs; then nothing was made."""


def run(equipment: Equipment, task: Task) -> Result:
    """Make the edition of a task."""
    started = time.perf_counter()
    memory = Memory(Store.at(equipment.cache), equipment.toolchain)
    try:
        checked = make(task, equipment.kit, memory)
    except Exception:  # noqa: BLE001 one edition must not stop the others
        return Result(steps=tuple(memory.steps), bug=traceback.format_exc())
    return Result(
        edition=checked.edition,
        findings=checked.findings,
        steps=tuple(memory.steps),
        seconds=time.perf_counter() - started,
    )


def run_encoded(equipment: bytes, task: bytes) -> bytes:
    """The same in a worker process: arguments and result are JSON.

    A worker whose toolchain differs makes nothing and says in what.
    """
    try:
        decoded, unlike = _decoded(equipment)
        if unlike:
            result = Result(unlike=unlike)
        else:
            result = run(decoded, Task.model_validate_json(task, context={"charts": CHARTS}))
        return result.model_dump_json().encode()
    except Exception:  # noqa: BLE001 the worker goes on
        return Result(bug=traceback.format_exc()).model_dump_json().encode()


@lru_cache(maxsize=2)
def _decoded(equipment: bytes) -> tuple[Equipment, tuple[str, ...]]:
    decoded = Equipment.model_validate_json(equipment)
    return decoded, differences(decoded.toolchain, toolchain(decoded.kit))


def differences(wanted: dict[str, str], found: dict[str, str]) -> tuple[str, ...]:
    """In what two toolchains differ, in words: `weasyprint 70.0, not 70.1`."""
    return tuple(
        f"{name} {_short(found.get(name))}, not {_short(wanted.get(name))}"
        for name in dict.fromkeys((*wanted, *found))
        if wanted.get(name) != found.get(name)
    )


def _short(version: str | None) -> str:
    """A version as it is; the beginning of a digest."""
    if version is None:
        return "missing"
    return version if len(version) < 40 else version[:8]
