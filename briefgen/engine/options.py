"""How a batch is built."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Options:
    """How a batch is built.

    Units: `timeout` in seconds and `memory_mb` in megabytes, for each edition. Without `jobs` there
    are as many workers as processors; without any of the three, one edition needs no worker.
    """

    output: Path
    formats: tuple[str, ...] = ("html", "pdf")
    cache: Path | None = None
    """The folder of the cache; None to make everything anew."""
    jobs: int | None = None
    timeout: float | None = None
    memory_mb: int | None = None
    cluster: str | None = None
    """The address of a Dask scheduler, whose workers make the editions."""

    @property
    def is_by_workers(self) -> bool:
        """Whether one edition is made by a worker as well."""
        return any(given is not None for given in (self.jobs, self.timeout, self.memory_mb))
