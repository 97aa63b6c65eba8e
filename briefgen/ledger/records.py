"""What the ledger holds: runs, and an entry for each edition of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal, TypeAlias

from briefgen.diagnostics.finding import Finding

RunOutcome: TypeAlias = Literal[
    "running", "done", "failed", "stopped", "missed", "skipped", "interrupted"
]
"""`missed`: nobody was there when it was due; `skipped`: its earlier run went on;
`stopped`: somebody ended it. `interrupted` is never written: a run reads so whose process died, or
that gave no sign for long on another host."""
EntryOutcome: TypeAlias = Literal["built", "unchanged", "failed", "not-run"]


@dataclass(frozen=True, slots=True)
class Run:
    """One call that built or published, or that should have.

    Units: times are in UTC.
    """

    id: str
    kind: str
    """`build`, `publish`, `schedule`."""
    why: str
    """`command line`, `schedule`, or what somebody said."""
    who: str
    host: str
    pid: int
    started: datetime
    outcome: RunOutcome
    job: str | None = None
    due: datetime | None = None
    """When the job was to run."""
    ended: datetime | None = None
    toolchain: str | None = None
    """The digest of code, libraries and fonts."""
    workspace: str | None = None
    """The name of its workspace; None in a ledger that belongs to one."""
    editions: Mapping[str, int] = field(default_factory=dict)
    """How many entries have which outcome."""
    findings: Mapping[str, int] = field(default_factory=dict)
    """How many findings of all entries have which severity."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What became of one edition in a run.

    Units: times are in UTC.
    """

    slug: str
    outcome: EntryOutcome
    started: datetime | None = None
    """None for an edition whose turn never came."""
    ended: datetime | None = None
    seconds: float = 0.0
    """What making it took, without waiting for its turn."""
    why: str = ""
    """Why it was made again."""
    findings: tuple[Finding, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    """SHA-256 of the files that were written, by name in the edition's folder."""
    run: str = ""
    """The run it belongs to; filled in when it is read."""
