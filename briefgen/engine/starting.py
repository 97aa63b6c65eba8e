"""How worker processes are started: as copies of a process that has everything loaded.

Nothing heavy is imported here: that process may load its libraries while this one loads its own.
"""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from typing import Any


def context() -> Any:
    """What workers are started by."""
    import multiprocessing

    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload(["briefgen.engine.warm"])
    return found


def begin() -> None:
    """Have the process that workers are copied from load its libraries already."""
    if context().get_start_method() != "forkserver":
        return
    from multiprocessing import forkserver

    before = leave_ctrl_c_to_the_main_thread()
    with suppress(OSError):  # the first worker tries once more, and tells
        forkserver.ensure_running()
    signal.pthread_sigmask(signal.SIG_SETMASK, before)


def leave_ctrl_c_to_the_main_thread() -> set[Any]:
    """Have processes that this thread starts never see Ctrl-C, from their first moment on.

    Gives the signals that this thread has left aside so far.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # started later, it would let the signal through again
    return signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})


def processors() -> int:
    """How many processors this process may use."""
    can_tell = hasattr(os, "sched_getaffinity")
    return len(os.sched_getaffinity(0)) if can_tell else os.cpu_count() or 1
