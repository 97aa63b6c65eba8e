"""What a terminal shows of jobs: what each does, when it runs, why days are skipped."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda, Moment


@dataclass(frozen=True, slots=True)
class Coming:
    """The next due times of a job, with the times in between at which it does not run."""

    name: str
    agenda: Agenda
    moments: tuple[Moment, ...]

    @classmethod
    def of(cls, name: str, agenda: Agenda, after: datetime, count: int) -> Coming:
        """So many due times later than `after`."""
        found: list[Moment] = []
        due = 0
        for moment in agenda.moments(after):
            found.append(moment)
            due += moment.is_due
            if due == count:
                break
        return cls(name, agenda, tuple(found) if due else ())

    def lines(self) -> Iterator[str]:
        """A line for the job, one for each due time, one for each row of skipped days."""
        yield f"{self.name}: {told(self.agenda.job)}"
        for (is_due, why), group in groupby(self.moments, lambda m: (m.is_due, m.why)):
            moments = list(group)
            if is_due:
                remark = f"  {why}" if why else ""
                yield from (f"  {m.at:%a %Y-%m-%d %H:%M}{remark}" for m in moments)
                continue
            first, last = moments[0].at.date(), moments[-1].at.date()
            days = f"{first}" if first == last else f"{first} to {last}"
            yield f"  skipped {days}: {why}"

    def record(self) -> dict[str, Any]:
        """The same for other programs."""
        return {
            "job": self.name,
            "timezone": self.agenda.job.timezone,
            "calendar": self.agenda.job.calendar,
            "due": [
                {"at": m.at.isoformat(), "assumed": m.is_assumed, "why": m.why or None}
                for m in self.moments
                if m.is_due
            ],
            "skipped": [
                {"at": m.at.isoformat(), "why": m.why} for m in self.moments if not m.is_due
            ],
        }


def told(job: Job) -> str:
    """What a job does, in words."""
    times = f"cron {job.cron}" if job.cron else f"at {', '.join(job.at)}"
    days = f", trading days of {job.calendar}" if job.calendar else ""
    what = "all briefings" if job.all else ", ".join(job.slugs or (f"#{tag}" for tag in job.tags))
    after = f", published to {job.publish}" if job.publish else ""
    return f"{times} {job.timezone}{days}; {what}{after}"
