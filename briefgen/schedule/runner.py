"""Runs jobs when they are due, and records what was missed; the clock and the ledger are given.

A restart, a machine that slept and a clock that was set are one case: there are due times that are
not dealt with. The latest is run, unless it is too late; the others are missed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Literal

from briefgen.model.job import Job, length
from briefgen.schedule.agenda import Agenda, Outstanding
from briefgen.schedule.history import History, Ledger, record


@dataclass(slots=True)
class Runner:
    """The jobs of one scheduler."""

    ledger: Ledger
    run: Callable[[str, datetime], int]
    """Runs a job for a due time, records that, and gives the exit code."""
    now: Callable[[], datetime]
    say: Callable[[str], None]
    agendas: dict[str, Agenda] = field(default_factory=dict)
    histories: dict[str, History] = field(default_factory=dict)
    running: str | None = None
    """The job that is run right now; jobs are run one after another."""

    def take(self, agendas: Mapping[str, Agenda], seen: datetime) -> None:
        """Go by these jobs from now on.

        A new job, or one whose times have changed, counts from `seen`, the moment at which the
        jobs were looked at before.
        """
        for name, agenda in agendas.items():
            old = self.agendas.get(name)
            if name not in self.histories:
                grace = length(agenda.job.grace)
                self.histories[name] = History.read(self.ledger, name, grace, seen, self.now())
            elif old is None or _times(old.job) != _times(agenda.job):
                self.histories[name].floor = seen
        self.agendas = dict(agendas)

    def set_back(self, now: datetime) -> None:
        """The clock was ahead until `now`: what no job concerned itself with begins here."""
        for history in self.histories.values():
            history.floor = min(history.floor, now)

    def next(self, name: str, after: datetime) -> datetime | None:
        """The first due time of a job later than `after` and than now."""
        if name not in self.agendas:
            return None
        now = self.now()
        due = (moment.at for moment in self.agendas[name].due(max(after, now)))
        return next((at for at in due if not self.histories[name].holds(at, now)), None)

    def is_overdue(self, name: str) -> bool:
        """Whether a due time of a job waits to be dealt with."""
        found = self._outstanding(name)
        return found.due is not None or bool(found.missed)

    def attend(self, name: str) -> None:
        """Run a job if it is due, and record what it missed."""
        found = self._outstanding(name)
        for due in found.missed:
            late = self.now().astimezone(UTC) - due.astimezone(UTC)
            self._not_run(name, due, "missed", f"nobody was there, seen {_rounded(late)} later")
        if found.due is not None:
            self.histories[name].add(found.due)
            self.say(f"{name}: begins, due {shown(found.due)}")
            self.running = name
            try:
                code = self.run(name, found.due)
            finally:
                self.running = None
            self.say(f"{name}: ended with exit code {code}, due {shown(found.due)}")

    def overlap(self, name: str) -> None:
        """Record the due times that came while the job's earlier run was still going.

        While that run waits for another job, nothing is recorded: it will be for the latest.
        """
        if self.running != name:
            return
        found = self._outstanding(name)
        for due in (*found.missed, *([found.due] if found.due else [])):
            self._not_run(name, due, "skipped", "its earlier run was still going")

    def _outstanding(self, name: str) -> Outstanding:
        if name not in self.agendas:
            return Outstanding(None, ())
        now = self.now()
        return self.agendas[name].outstanding(self.histories[name].since(now), now)

    def _not_run(
        self, name: str, due: datetime, outcome: Literal["missed", "skipped"], why: str
    ) -> None:
        self.histories[name].add(due, self.now())
        record(self.ledger, name, due, outcome, why)
        self.say(f"{name}: {outcome}, due {shown(due)}: {why}")


def shown(moment: datetime) -> str:
    """A moment as people read it: `2026-09-30 07:30 Asia/Shanghai`."""
    return f"{moment:%Y-%m-%d %H:%M} {moment.tzinfo}"


def _times(job: Job) -> tuple[object, ...]:
    return job.at, job.cron, job.timezone, job.calendar


def _rounded(late: timedelta) -> str:
    """A length of time in its largest unit."""
    seconds = int(late.total_seconds())
    for unit, name in ((86400, "days"), (3600, "hours"), (60, "minutes")):
        if seconds >= 2 * unit:
            return f"{seconds // unit} {name}"
    return f"{seconds} seconds"
