"""A GitHub workflow that starts jobs."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda

MOST_LINES = 20
"""How many cron lines a job may have."""
_YEAR = timedelta(days=366)
_CHECKOUT = "actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1"
_LIBRARIES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fontconfig fonts-noto-cjk"


class TooManyLinesError(Exception):
    """The times of a job take too many cron lines."""

    def __init__(self, job: str, count: int) -> None:
        super().__init__(f"the times of `{job}` take {count} cron lines, more than {MOST_LINES}")
        self.job = job


def workflow(jobs: Mapping[str, Job], now: datetime, variables: Sequence[str] = ()) -> str:
    """A workflow for jobs: each cron line starts those that it may mean, by hand all are started.

    `variables` of the environment are those that the ledger needs: secrets of the repository.

    Raises: TooManyLinesError.
    """
    lines = {name: utc_lines(job, now) for name, job in jobs.items()}
    for name, found in lines.items():
        if len(found) > MOST_LINES:
            raise TooManyLinesError(name, len(found))
    crons = dict.fromkeys(line for found in lines.values() for line in found)
    return f"""\
{"".join(_about(name, job, now) for name, job in jobs.items())}\
# GitHub knows UTC only, and may begin late: later than `grace`, nothing is made.
name: briefgen
on:
  schedule:
{"".join(f'    - cron: "{line}"{chr(10)}' for line in crons)}\
  workflow_dispatch:
permissions:
  contents: read
jobs:
{"".join(_job(name, found, variables) for name, found in lines.items())}"""


def _job(name: str, lines: list[str], variables: Sequence[str]) -> str:
    secrets = "".join(f"          {one}: ${{{{ secrets.{one} }}}}\n" for one in variables)
    is_meant = f"contains(fromJSON('{json.dumps(lines)}'), github.event.schedule)"
    return f"""\
  {_id(name)}:
    name: "{name}"
    if: ${{{{ github.event_name != 'schedule' || {is_meant} }}}}
    runs-on: ubuntu-latest
    timeout-minutes: 120
    # One run at a time, and none is cut short.
    concurrency:
      group: briefgen-{name}
      cancel-in-progress: false
    steps:
      - uses: {_CHECKOUT}
      - run: sudo apt-get update && sudo apt-get install -y {_LIBRARIES}
      - run: python3 -m venv .venv
      - run: .venv/bin/pip install 'briefgen[schedule]' # or a wheel of your own
      # Started by hand, it runs the job at any time.
      - env:
          CRON: ${{{{ github.event.schedule }}}}
{secrets}\
        run: |
          if [ -n "$CRON" ]; then
            .venv/bin/briefgen schedule once {name} --if-due --fired-by "$CRON"
          else
            .venv/bin/briefgen schedule once {name}
          fi
      # The machine is thrown away: what is to stay, another step takes from here.
"""


def _id(name: str) -> str:
    """A name that GitHub and YAML take for nothing else; no other job's, as none holds a `_`."""
    return f"job-{name.replace('.', '_')}"


def _about(name: str, job: Job, now: datetime) -> str:
    return f"# {name}: {job.cron or ', '.join(job.at)} {job.timezone}\n{_about_zone(job, now)}"


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
    """Cron lines in UTC that fire at all times of a job, and at others.

    Where clocks change, each time of day has a line for summer and one for winter. Where days of
    the month or months count, lines are for every day: in UTC it may be another day of the month.
    """
    weekdays: dict[tuple[int, int], set[int]] = defaultdict(set)
    cron = job.cron and _of_weeks(job.cron)
    plain = Agenda(job.model_copy(update={"calendar": None, "cron": cron}))
    for start, end in _stretches(job, now):
        for moment in plain.moments(start):
            at = moment.at.astimezone(UTC)
            if at > end:
                break
            weekdays[at.hour, at.minute].add(at.isoweekday() % 7)
    plain_lines = [
        _line([minute], [hour], days) for (hour, minute), days in sorted(weekdays.items())
    ]
    return plain_lines if len(plain_lines) <= MOST_LINES else list(_joined(weekdays))


def _of_weeks(expression: str) -> str:
    """An expression of which all weeks are alike."""
    minutes, hours, *days = expression.split()
    return expression if days[:2] == ["*", "*"] else f"{minutes} {hours} * * *"


def _stretches(job: Job, now: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Beginnings and ends, in the year to come, between which a job has all its times of a week.

    Weeks are alike until clocks change.
    """
    zone, week = ZoneInfo(job.timezone), timedelta(days=7)
    days = [now + timedelta(days=count) for count in range(_YEAR.days + 1)]
    yield now, now + week
    for before, after in pairwise(days):
        if before.astimezone(zone).utcoffset() != after.astimezone(zone).utcoffset():
            yield before, after + week


def _joined(weekdays: Mapping[tuple[int, int], set[int]]) -> Iterator[str]:
    """Cron lines for these weekdays of times: minutes are joined first, then hours."""
    minutes: dict[tuple[int, frozenset[int]], list[int]] = defaultdict(list)
    for (hour, minute), days in sorted(weekdays.items()):
        minutes[hour, frozenset(days)].append(minute)
    hours: dict[tuple[tuple[int, ...], frozenset[int]], list[int]] = defaultdict(list)
    for (hour, on), found in minutes.items():
        hours[tuple(found), on].append(hour)
    for (joined, on), at in hours.items():
        yield _line(joined, at, on)


def _line(minutes: Iterable[int], hours: Iterable[int], days: Iterable[int]) -> str:
    return f"{_listed(minutes, 60)} {_listed(hours, 24)} * * {_listed(days, 7)}"


def _listed(values: Iterable[int], count: int) -> str:
    found = sorted(values)
    return "*" if len(found) == count else ",".join(map(str, found))
