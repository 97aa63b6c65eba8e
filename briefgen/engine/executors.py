"""Who makes the tasks of a batch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from briefgen.engine.executor import MEMORY_MB, TIMEOUT_S, Executor
from briefgen.engine.options import Options
from briefgen.engine.starting import processors

if TYPE_CHECKING:
    from briefgen.model.task import Kit


def executor_for(
    options: Options, kit: Kit, toolchain: Mapping[str, str], waiting: int
) -> Executor:
    """A cluster if one is named, this process for one edition without limits, else workers of it.

    `waiting` is how many editions there are to make at most. Raises: ExecutorError.
    """
    from briefgen.engine.work import Equipment

    cache = str(options.cache.resolve()) if options.cache else None
    equipment = Equipment(kit=kit, toolchain=dict(toolchain), cache=cache)
    timeout = options.timeout or TIMEOUT_S
    if options.cluster:
        from briefgen.engine.cluster import Cluster

        return Cluster(equipment, options.cluster, timeout)
    if waiting == 1 and not options.is_by_workers:
        from briefgen.engine.serial import Serial

        return Serial(equipment)
    from briefgen.engine.processes import Processes

    jobs = min(options.jobs or processors(), waiting)
    return Processes(equipment, jobs, timeout, options.memory_mb or MEMORY_MB)
