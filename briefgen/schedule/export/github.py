"""The part of a GitHub workflow that starts a job."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda

_YEAR = timedelta(days=366)


def workflow(name: str, job: Job, now: datetime) -> str:
    """A workflow for a job; its steps expect briefgen to be installed."""
    crons = "\n".join(f'    - cron: "{line}"' for line in utc_lines(job, now))
    return f"""\
# {name}: {job.cron or ", ".join(job.at)} {job.timezone}. GitHub knows UTC only, and may begin late.
{_about_zone(job, now)}\
on:
  schedule:
{crons}
  workflow_dispatch:
jobs:
  {name}:
    runs-on: ubuntu-latest
    steps:
      - run: briefgen schedule once {name} --if-due --fired-by "${{{{ github.event.schedule }}}}"
"""


def _about_zone(job: Job, now: datetime) -> str:
    zone = ZoneInfo(job.timezone)
    days = (now + timedelta(days=count) for count in range(0, _YEAR.days, 7))
    if len({day.astimezone(zone).utcoffset() for day in days}) == 1:
        return ""
    return f"""\
# Clocks change in {job.timezone}: there is a line for summer and one for winter.
# The one that is an hour off finds that nothing is due.
"""


def utc_lines(job: Job, now: datetime) -> list[str]:
    """Cron lines in UTC that fire, in the year to come, at all times of a job and few others.

    Where clocks change, each time of day has a line for summer and one for winter.
    """
    weekdays: dict[tuple[int, int], set[int]] = defaultdict(set)
    plain = Agenda(job.model_copy(update={"calendar": None}))
    for moment in plain.moments(now):
        at = moment.at.astimezone(UTC)
        if at > now + _YEAR:
            break
        weekdays[at.hour, at.minute].add(at.isoweekday() % 7)
    return [
        f"{minute} {hour} * * {'*' if len(days) == 7 else ','.join(map(str, sorted(days)))}"
        for (hour, minute), days in sorted(weekdays.items())
    ]
