"""Whether a job that cron, systemd or a workflow starts is due."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from briefgen.ledger.records import Run, RunOutcome
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


def test_what_was_skipped_was_not_run() -> None:
    now = datetime.fromisoformat("2026-09-30T07:31+08:00")
    history = History(NOTHING.floor)
    history.add(now - timedelta(minutes=1), now)
    assert due_now(SHANGHAI, history, now) == (None, "it is recorded as missed or skipped")


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("running", "it is going on: process 42 on pod-7, since 2026-09-30 07:32"),
        ("interrupted", ""),
        ("done", "it was run already"),
    ],
)
def test_what_goes_on_was_not_run_yet(outcome: RunOutcome, said: str) -> None:
    now = datetime.fromisoformat("2026-09-30T07:40+08:00")
    due, begun = now - timedelta(minutes=10), now.astimezone(UTC) - timedelta(minutes=8)
    run = Run("1", "schedule", "schedule", "a@b", "pod-7", 42, begun, outcome, "morning", due)
    grace = timedelta(hours=2)
    ledger: Any = SimpleNamespace(runs=lambda **_: [run])
    history = History.read(ledger, "morning", grace, now, now)
    moment, why = due_now(SHANGHAI, history, now)
    assert (moment and moment.at, why) == (None if said else due, said)


@pytest.mark.parametrize(
    ("now", "due", "why"),
    [
        ("2026-09-19T09:00+08:00", "2026-09-18T07:30+08:00", ""),  # a Saturday
        ("2026-09-20T07:31+08:00", None, "weekend"),
        ("2026-09-21T07:31+08:00", "2026-09-21T07:30+08:00", ""),
    ],
)
def test_closed_days_are_part_of_grace_as_to_the_scheduler(
    now: str, due: str | None, why: str
) -> None:
    agenda = Agenda(SHANGHAI.job.model_copy(update={"grace": "2d"}), SHANGHAI.days)
    at, expected = datetime.fromisoformat(now), due and datetime.fromisoformat(due)
    moment, said = due_now(agenda, NOTHING, at)
    assert (moment and moment.at, said) == (expected, why)
    assert agenda.outstanding(at - timedelta(days=9), at).due == expected


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
