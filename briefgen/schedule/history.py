"""Which due times of a job are dealt with, as the ledger tells."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Protocol

from briefgen.ledger.records import Run, RunOutcome

_UNDONE = {"stopped", "interrupted"}
"""How a run ends that is made up after a restart."""
_NOT_RUN = {"missed", "skipped"}
_LATEST = 500
"""How many runs of a job are looked at."""
_NEVER = datetime.min.replace(tzinfo=UTC)


class Ledger(Protocol):
    """What the scheduler asks of the ledger."""

    def start(self, *, kind: str, why: str, job: str | None, due: datetime | None) -> str:
        """Record that a run begins."""

    def finish(self, run: str, outcome: RunOutcome) -> None:
        """Record how it ended."""

    def runs(self, *, job: str | None, limit: int | None) -> list[Run]:
        """The latest runs of a job."""


def record(ledger: Ledger, job: str, due: datetime, outcome: RunOutcome, why: str) -> None:
    """Record a due time at which nothing was run."""
    ledger.finish(ledger.start(kind="schedule", why=why, job=job, due=due), outcome)


@dataclass(slots=True)
class History:
    """The due times of a job that are dealt with.

    One that was run stays so. One that was missed or skipped counts only if that was written in
    the past: a clock that was ahead for a while has missed nothing.
    """

    floor: datetime
    """What was due up to here does not concern the job: it was not there, or had other times."""
    written: dict[datetime, datetime | None] = field(default_factory=dict)
    """For each due time when it was written that nothing was run; None where it was run."""
    running: dict[datetime, Run] = field(default_factory=dict)
    """The due times, of those that were run, whose run goes on."""

    @classmethod
    def read(
        cls, ledger: Ledger, job: str, grace: timedelta, seen: datetime, now: datetime
    ) -> History:
        """What the ledger tells; for a job that it does not know all begins at `seen`.

        A run that was stopped, or whose process died, is made up while it is not too late.
        """
        history = cls(_NEVER)
        runs = [(run, run.due) for run in ledger.runs(job=job, limit=_LATEST) if run.due]
        undone = {due for run, due in runs if run.outcome in _UNDONE and now - due <= grace}
        for run, due in runs:
            if run.outcome not in _NOT_RUN:
                if run.outcome not in _UNDONE or due not in undone:
                    history.add(due)
                if run.outcome == "running":
                    history.running[due] = run
            elif due not in undone:  # else it was skipped for the sake of the run that did not end
                history.add(due, run.started)
        if history.since(now) == _NEVER:
            history.floor = min(undone) - timedelta(seconds=1) if undone else seen
        return history

    def add(self, due: datetime, written: datetime | None = None) -> None:
        """A due time was run, or it was written down that it was not."""
        due = due.astimezone(UTC)
        if self.written.get(due, _NEVER) is not None:
            self.written[due] = written
        if len(self.written) > 2 * _LATEST:
            del self.written[min(self.written)]

    def since(self, now: datetime) -> datetime:
        """The latest due time up to now that is dealt with."""
        done = (due for due in list(self.written) if due <= now and self._counts(due, now))
        return max(self.floor, max(done, default=_NEVER))

    def holds(self, due: datetime, now: datetime) -> bool:
        """Whether a due time is dealt with."""
        due = due.astimezone(UTC)
        return due in self.written and self._counts(due, now)

    def was_run(self, due: datetime) -> bool:
        """Whether a due time that is dealt with was run."""
        return self.written[due.astimezone(UTC)] is None

    def _counts(self, due: datetime, now: datetime) -> bool:
        written = self.written[due]
        return written is None or written <= now
