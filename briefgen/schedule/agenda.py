"""When a job is due: its times in its zone, less the days on which its exchange is closed.

Clocks are changed as Debian's cron expects it. A time that the clock jumps over is due at the end
of the jump; a time that comes twice is due the first time. An expression whose minute or hour
begins with `*` follows the time that passes: in a jump it leaves out, in a repeated hour it comes
again. No moment is due twice.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cronsim import CronSim

from briefgen.model.job import Job, length

if TYPE_CHECKING:
    from briefgen.schedule.trading_days import TradingDays

HORIZON = timedelta(days=731)
"""How far a search for the next due time looks."""
LOOKS_BACK = timedelta(days=31)
"""How far a search for missed due times looks."""
MOST_MISSED = 100
"""How many missed due times are told one by one: the latest."""
_MARGIN = timedelta(hours=3)
"""Local clocks go back by less: searches begin that much earlier."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of a job."""

    at: datetime
    """In the job's zone."""
    is_due: bool
    """Whether the job runs; its exchange may be closed."""
    why: str = ""
    """Why it does not run, or by whose word it does."""
    is_assumed: bool = False
    """Whether nobody knows if it is a trading day."""


@dataclass(frozen=True, slots=True)
class Outstanding:
    """What a job has not done yet: what to run now, and what is too late."""

    due: datetime | None
    missed: tuple[datetime, ...]


@dataclass(frozen=True, slots=True)
class Agenda:
    """A job with the trading days that it follows; times that it gives are in its zone."""

    job: Job
    days: TradingDays | None = None

    @property
    def zone(self) -> ZoneInfo:
        """The zone of the job's times."""
        return ZoneInfo(self.job.timezone)

    def moments(self, after: datetime) -> Iterator[Moment]:
        """All times later than `after`, in order, for as long as a search looks."""
        last = after.astimezone(UTC)
        end = last + HORIZON
        start = (last - _MARGIN).astimezone(self.zone)
        for at in heapq.merge(*(_ticks(text, start) for text in self.job.expressions)):
            if at > end:
                return
            if at > last:
                last = at
                yield self._moment(at.astimezone(self.zone))

    def due(self, after: datetime) -> Iterator[Moment]:
        """The times later than `after` at which the job runs."""
        return (moment for moment in self.moments(after) if moment.is_due)

    def next(self, after: datetime) -> datetime | None:
        """The first time later than `after` at which the job runs."""
        return next((moment.at for moment in self.due(after)), None)

    def outstanding(self, since: datetime, now: datetime) -> Outstanding:
        """Of what became due after `since`, up to `now`: the latest, unless it is too late.

        Whatever was due before the latest is missed: a run makes briefings as they are today.
        """
        since, now = since.astimezone(UTC), now.astimezone(UTC)
        found: deque[datetime] = deque(maxlen=MOST_MISSED + 1)
        for moment in self.due(max(since, now - LOOKS_BACK)):
            if moment.at.astimezone(UTC) > now:
                break
            found.append(moment.at)
        if found and now - found[-1].astimezone(UTC) <= length(self.job.grace):
            return Outstanding(found.pop(), tuple(found))
        return Outstanding(None, tuple(found)[-MOST_MISSED:])

    def _moment(self, at: datetime) -> Moment:
        if self.days is None:
            return Moment(at, is_due=True)
        day = self.days.at(at)
        return Moment(at, day.is_open, day.why, day.is_assumed)


def _ticks(expression: str, start: datetime) -> Iterator[datetime]:
    """The times of an expression in UTC, in which they can be compared."""
    return (at.astimezone(UTC) for at in CronSim(expression, start))
