"""When jobs are due: times, cron expressions, changes of clocks, days that are skipped."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice

import pytest

from briefgen.model.holidays import Exceptions, SpecialDays
from briefgen.model.job import Job
from briefgen.schedule.agenda import MOST_MISSED, Agenda
from briefgen.schedule.trading_days import TradingDays


def agenda(calendar: str | None = None, **job: object) -> Agenda:
    made = Job.model_validate({"all": True, "timezone": "Asia/Shanghai", **job})
    return Agenda(made, TradingDays(calendar, Exceptions()) if calendar else None)


def times(jobs: Agenda, after: str, count: int) -> list[str]:
    found = islice(jobs.due(datetime.fromisoformat(after)), count)
    return [moment.at.isoformat(timespec="minutes") for moment in found]


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def test_times_of_day_and_no_moment_twice() -> None:
    found = times(agenda(at=["16:05", "07:30", "07:30"]), "2026-03-02T07:30+08:00", 3)
    assert found == [
        "2026-03-02T16:05+08:00",
        "2026-03-03T07:30+08:00",
        "2026-03-03T16:05+08:00",
    ]


@pytest.mark.parametrize(
    ("cron", "days"),
    [
        ("30 7 * * 1-5", ["Mon 02", "Tue 03", "Wed 04"]),
        ("30 7 * * 0", ["Sun 08", "Sun 15", "Sun 22"]),
        ("30 7 * * 7", ["Sun 08", "Sun 15", "Sun 22"]),
        ("30 7 * * mon", ["Mon 02", "Mon 09", "Mon 16"]),
        ("30 7 5 * 1", ["Mon 02", "Thu 05", "Mon 09"]),  # either of both
    ],
)
def test_cron_expressions_are_those_of_cron(cron: str, days: list[str]) -> None:
    found = islice(agenda(cron=cron).due(moment("2026-03-01T12:00+08:00")), 3)
    assert [f"{one.at:%a %d}" for one in found] == days


@pytest.mark.parametrize(
    ("zone", "job", "after", "due"),
    [
        # 02:00 to 03:00 on 8 March does not exist: due when the gap is over
        (
            "America/New_York",
            {"at": "02:30"},
            "2026-03-07T03:00-05:00",
            ["2026-03-08T03:00-04:00", "2026-03-09T02:30-04:00"],
        ),
        # several times in one gap are one moment
        (
            "America/New_York",
            {"at": ["02:00", "02:30", "03:00"]},
            "2026-03-08T00:00-05:00",
            ["2026-03-08T03:00-04:00", "2026-03-09T02:00-04:00"],
        ),
        # 01:00 to 02:00 on 1 November comes twice: due the first time
        (
            "America/New_York",
            {"at": "01:30"},
            "2026-10-31T02:00-04:00",
            ["2026-11-01T01:30-04:00", "2026-11-02T01:30-05:00"],
        ),
        # asked between the two
        (
            "America/New_York",
            {"at": "01:30"},
            "2026-11-01T01:10-05:00",
            ["2026-11-02T01:30-05:00"],
        ),
        # what begins with `*` goes by the time that passes
        (
            "America/New_York",
            {"cron": "*/30 * * * *"},
            "2026-03-08T01:00-05:00",
            ["2026-03-08T01:30-05:00", "2026-03-08T03:00-04:00", "2026-03-08T03:30-04:00"],
        ),
        (
            "Europe/London",
            {"cron": "*/30 * * * *"},
            "2026-10-25T01:00+01:00",
            ["2026-10-25T01:30+01:00", "2026-10-25T01:00+00:00", "2026-10-25T01:30+00:00"],
        ),
        (
            "Europe/London",
            {"at": "01:15"},
            "2026-03-28T12:00+00:00",
            ["2026-03-29T02:00+01:00", "2026-03-30T01:15+01:00"],
        ),
        # half an hour only
        (
            "Australia/Lord_Howe",
            {"at": "02:15"},
            "2026-10-03T12:00+10:30",
            ["2026-10-04T02:30+11:00", "2026-10-05T02:15+11:00"],
        ),
        # a day that was left out
        (
            "Pacific/Apia",
            {"at": "07:30"},
            "2011-12-29T08:00-10:00",
            ["2011-12-31T00:00+14:00", "2011-12-31T07:30+14:00"],
        ),
    ],
)
def test_changes_of_clocks(zone: str, job: dict[str, str], after: str, due: list[str]) -> None:
    assert times(agenda(timezone=zone, **job), after, len(due)) == due


def test_days_are_skipped_with_their_reason() -> None:
    days = TradingDays(
        "XSHG",
        Exceptions(
            closed=(SpecialDays(day="2026-10-09", reason="台风"),),
            open=(SpecialDays(day="2026-10-10", reason="补市"),),
        ),
    )
    job = agenda(at="07:30").job
    found = islice(Agenda(job, days).moments(moment("2026-09-30T00:00+08:00")), 12)
    assert [(f"{one.at:%m-%d}", one.is_due, one.why) for one in found] == [
        ("09-30", True, ""),
        ("10-01", False, "closed on XSHG"),
        ("10-02", False, "closed on XSHG"),
        ("10-03", False, "weekend"),
        ("10-04", False, "weekend"),
        ("10-05", False, "closed on XSHG"),
        ("10-06", False, "closed on XSHG"),
        ("10-07", False, "closed on XSHG"),
        ("10-08", True, ""),
        ("10-09", False, "closed by data/holidays.yaml: 台风"),
        ("10-10", True, "open by data/holidays.yaml: 补市"),
        ("10-11", False, "weekend"),
    ]


def test_the_day_is_that_of_the_exchange() -> None:
    """Sunday evening in New York is Monday morning in Shanghai."""
    jobs = agenda("XSHG", at="18:30", timezone="America/New_York")
    found = times(jobs, "2026-03-05T20:00-05:00", 2)
    assert found == ["2026-03-08T18:30-04:00", "2026-03-09T18:30-04:00"]


def test_a_job_whose_days_and_times_exclude_each_other_is_never_due() -> None:
    assert agenda("XSHG", cron="0 9 * * 6").next(moment("2025-01-01T00:00+08:00")) is None


def test_of_what_is_outstanding_the_latest_is_due() -> None:
    jobs = agenda(at="07:30", grace="2h")
    since = moment("2026-03-02T07:30+08:00")
    found = jobs.outstanding(since, moment("2026-03-05T09:30+08:00"))
    assert found.due == moment("2026-03-05T07:30+08:00")
    assert [due.day for due in found.missed] == [3, 4]


def test_what_is_later_than_its_grace_is_missed() -> None:
    jobs = agenda(at="07:30", grace="2h")
    since = moment("2026-03-04T07:30+08:00")
    found = jobs.outstanding(since, moment("2026-03-05T09:30:01+08:00"))
    assert found.due is None
    assert [due.day for due in found.missed] == [5]
    assert jobs.outstanding(since, moment("2026-03-05T07:29:59+08:00")).missed == ()


def test_a_long_absence_is_bounded() -> None:
    jobs = agenda(cron="0 * * * *", grace="30m")
    found = jobs.outstanding(
        moment("2020-01-01T00:00+08:00"), datetime(2026, 1, 1, 0, 45, tzinfo=UTC)
    )
    assert len(found.missed) == MOST_MISSED
    assert found.missed[-1].astimezone(UTC) == datetime(2026, 1, 1, tzinfo=UTC)
