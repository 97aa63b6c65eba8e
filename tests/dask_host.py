"""Forks schedulers and workers of Dask from one process that has everything loaded.

Each line of its input is an order as JSON; it answers with the number of the new process.
"""

import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any, NoReturn

import distributed.cli.dask_scheduler
import distributed.cli.dask_worker

import briefgen.engine.warm  # noqa: F401

PROGRAMS = {
    "scheduler": distributed.cli.dask_scheduler.main,
    "worker": distributed.cli.dask_worker.main,
}


def main() -> None:
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the system forgets who has ended
    forked = []
    for line in sys.stdin:
        order = json.loads(line)
        pid = os.fork()
        if not pid:
            become(order)
        forked.append(pid)
        print(pid, flush=True)
    for pid in forked:  # the tests have ended, or were killed
        with suppress(ProcessLookupError):
            os.killpg(pid, signal.SIGKILL)


def become(order: dict[str, Any]) -> NoReturn:
    """Be the program of an order."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setsid()
    log = os.open(order["log"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    null = os.open(os.devnull, os.O_RDONLY)
    for source, target in (null, 0), (log, 1), (log, 2):
        os.dup2(source, target)
    os.chdir(Path(order["log"]).parent)
    os.environ |= order["settings"]
    if "SABOTAGE_ABSENT" in os.environ:
        for name in [name for name in sys.modules if name.partition(".")[0] == "briefgen"]:
            del sys.modules[name]
    try:
        PROGRAMS[order["program"]](order["arguments"])
    finally:
        os._exit(0)


if __name__ == "__main__":
    main()
