"""Whether a job that cron, systemd or a workflow starts is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from briefgen.model.holidays import Exceptions
from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.due import due_now
from briefgen.schedule.history import History
from briefgen.schedule.trading_days import TradingDays

SHANGHAI = Agenda(
    Job(all=True, at=("07:30",), timezone="Asia/Shanghai", calendar="XSHG"),
    TradingDays("XSHG", Exceptions()),
)
NEW_YORK = Agenda(Job(all=True, at=("07:30",), timezone="America/New_York"))
NOTHING = History(datetime(2000, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("now", "said"),
    [
        ("2026-09-30T07:30+08:00", "due"),
        ("2026-09-30T09:30+08:00", "due"),
        ("2026-09-30T09:31+08:00", "none of its times lies in the last 2h"),
        ("2026-09-30T07:29+08:00", "none of its times lies in the last 2h"),
        ("2026-10-01T07:30+08:00", "closed on XSHG"),
        ("2026-10-03T07:30+08:00", "weekend"),
    ],
)
def test_what_cron_or_systemd_starts(now: str, said: str) -> None:
    moment, why = due_now(SHANGHAI, NOTHING, datetime.fromisoformat(now))
    assert (moment is not None) == (said == "due")
    assert why == ("" if said == "due" else said)


def test_what_was_run_is_not_run_again() -> None:
    now = datetime.fromisoformat("2026-09-30T07:31+08:00")
    history = History(NOTHING.floor)
    history.add(now - timedelta(minutes=1))
    assert due_now(SHANGHAI, history, now) == (None, "it was run already")


@pytest.mark.parametrize(
    ("line", "now", "is_due"),
    [
        ("30 11 * * *", "2026-07-01T11:30+00:00", True),  # summer
        ("30 11 * * *", "2026-07-01T13:20+00:00", True),  # late
        ("30 12 * * *", "2026-07-01T12:30+00:00", False),
        ("30 11 * * *", "2026-01-05T11:30+00:00", False),
        ("30 12 * * *", "2026-01-05T12:41+00:00", True),  # winter
        ("30 12 * * *", "2026-01-05T14:41+00:00", False),  # too late
    ],
)
def test_of_two_cron_lines_one_is_meant(line: str, now: str, is_due: bool) -> None:
    moment, why = due_now(NEW_YORK, NOTHING, datetime.fromisoformat(now), line)
    assert (moment is not None) == is_due
    assert bool(why) != is_due


def test_a_line_that_is_none() -> None:
    with pytest.raises(ValueError, match="'30 25' is no cron line: wrong number of fields"):
        due_now(NEW_YORK, NOTHING, datetime(2026, 1, 5, tzinfo=UTC), "30 25")
