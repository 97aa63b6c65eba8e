"""Whether a job that somebody else starts is due: cron, systemd, a workflow."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import takewhile

from cronsim import CronSim, CronSimError

from briefgen.model.job import length
from briefgen.schedule.agenda import Agenda, Moment
from briefgen.schedule.history import History

_LATEST = timedelta(days=1)
"""How late somebody may start what a cron line asked for."""


def due_now(
    agenda: Agenda, history: History, now: datetime, fired_by: str | None = None
) -> tuple[Moment | None, str]:
    """The time of the job to run for, or None and why there is none.

    `fired_by` is a cron line in UTC, which may have fired late: its last time up to now is meant.
    Raises: ValueError, when it is no cron line.
    """
    grace = length(agenda.job.grace)
    begin = now.astimezone(UTC) - grace - timedelta(seconds=1)
    times = list(takewhile(lambda moment: moment.at <= now, agenda.moments(begin)))
    if fired_by:
        fired = _last_time(fired_by, now)
        if fired is None or now - fired > _LATEST:
            return None, f"`{fired_by}` has not fired since yesterday"
        times = [moment for moment in times if moment.at.astimezone(UTC) == fired]
    if not times:
        return None, f"none of its times lies in the last {agenda.job.grace}"
    latest = next((moment for moment in reversed(times) if moment.is_due), None)
    if latest is None:
        return None, times[-1].why
    if run := history.running.get(latest.at.astimezone(UTC)):
        since = f"{run.started.astimezone(agenda.zone):%Y-%m-%d %H:%M}"
        return None, f"it is going on: process {run.pid} on {run.host}, since {since}"
    if history.holds(latest.at, now):
        was_run = history.was_run(latest.at)
        return None, "it was run already" if was_run else "it is recorded as missed or skipped"
    return latest, ""


def _last_time(line: str, now: datetime) -> datetime | None:
    after = now.astimezone(UTC).replace(microsecond=0) + timedelta(seconds=1)
    try:
        return next(CronSim(line, after, reverse=True), None)
    except CronSimError as error:
        raise ValueError(f"{line!r} is no cron line: {str(error).lower()}") from None
