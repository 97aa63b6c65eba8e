"""What an executor adds to a task: prints milliseconds a task, as JSON.

The task is a real one, of the generated family, that stops after the rules on its values. It is
made in turn in this process, which needs no encoding, and by a worker; the difference is what the
engine takes.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from desks import FAMILY

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.engine.executor import Executor
from briefgen.engine.processes import Processes
from briefgen.engine.serial import Serial
from briefgen.engine.work import Equipment
from briefgen.model.task import Task
from briefgen.pipeline import prepare, toolchain
from briefgen.workspace import open_workspace

WARM = 5
STOP = Finding("ENG103", "stops here, for measurement", None, None, Severity.ERROR)


def main() -> None:
    """Measure in the workspace that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("--tasks", type=int, default=200)
    parser.add_argument("--cluster", help="the address of a Dask scheduler")
    given = parser.parse_args()
    workspace = open_workspace(given.root).value
    assert workspace is not None
    prepared = prepare(workspace, f"{FAMILY}.model-001", ("html", "pdf")).value
    assert prepared is not None
    task = prepared.model_copy(update={"findings": (STOP,)})
    equipment = Equipment(kit=workspace.kit, toolchain=toolchain(workspace.kit), cache=None)
    executor: Executor
    if given.cluster:
        from briefgen.engine.cluster import Cluster

        executor = Cluster(equipment, given.cluster)
    else:
        executor = Processes(equipment, jobs=1)
    try:
        values = _differences(executor, Serial(equipment), task, given.tasks)
    finally:
        executor.close()
    print(json.dumps({"milliseconds": values}))


def _differences(executor: Executor, here: Executor, task: Task, count: int) -> list[float]:
    """Milliseconds that each task took longer by the executor, less the first ones."""
    pairs = [(_seconds(executor, task), _seconds(here, task)) for _ in range(count + WARM)]
    return [1000 * (there - own) for there, own in pairs[WARM:]]


def _seconds(executor: Executor, task: Task) -> float:
    started = time.perf_counter()
    result = executor.submit(task).result()
    taken = time.perf_counter() - started
    assert STOP in result.findings, result.bug
    return taken


if __name__ == "__main__":
    main()
