"""What became of an edition in a batch."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from briefgen.diagnostics.finding import Finding

State = Literal["built", "unchanged", "failed", "not-run"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One edition of a batch.

    Units: `seconds` from the moment its turn came.
    """

    slug: str
    state: State
    """`not-run`: the batch ended before its turn."""
    findings: tuple[Finding, ...] = ()
    seconds: float = 0.0
    counts: Mapping[str, int | None] = field(default_factory=dict)
    """How many `pages`, `figures` and `tables` it has."""
    folder: Path | None = None
    """Where it lies; None if this batch has no good edition there."""
    outputs: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of its files, by name."""
    why: tuple[str, ...] = ()
    """Why it was built, then what was made for it and what came from the cache."""
