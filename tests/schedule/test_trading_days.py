"""Trading days: the library, its end, its failures, and the exceptions."""

from __future__ import annotations

from datetime import UTC, date, datetime

import exchange_calendars
import pytest

from briefgen.model.holidays import Exceptions, SpecialDays
from briefgen.schedule.trading_days import TradingDay, TradingDays

END = "assumed: the calendar of XSHG ends on 2026-12-31"


@pytest.fixture(scope="module")
def shanghai() -> TradingDays:
    return TradingDays(
        "XSHG",
        Exceptions(
            closed=(SpecialDays(day="2027-02-05", until="2027-02-11", reason="春节"),),
            open=(SpecialDays(day="2027-02-20", reason="补市"),),
        ),
    )


def test_after_the_end_of_the_calendar_what_is_assumed_is_said(shanghai: TradingDays) -> None:
    assert shanghai.last == date(2026, 12, 31)
    assert shanghai.on(date(2026, 12, 31)) == TradingDay(is_open=True)
    assert shanghai.on(date(2027, 1, 1)) == TradingDay(True, END, is_assumed=True)
    assert shanghai.on(date(2027, 1, 2)).why == "weekend"
    assert not shanghai.on(date(2027, 1, 2)).is_open
    assert shanghai.on(date(2099, 7, 1)) == TradingDay(True, END, is_assumed=True)


def test_exceptions_hold_beyond_the_end_and_are_not_assumed(shanghai: TradingDays) -> None:
    closed = TradingDay(False, "closed by data/holidays.yaml: 春节")
    assert {shanghai.on(date(2027, 2, day)) for day in range(5, 12)} == {closed}
    assert shanghai.on(date(2027, 2, 12)).is_assumed
    assert shanghai.on(date(2027, 2, 20)) == TradingDay(True, "open by data/holidays.yaml: 补市")


def test_before_the_beginning_of_the_calendar() -> None:
    known = TradingDays("XSHG", Exceptions())
    assert known.first is not None
    before = known.on(date(1950, 7, 3))
    assert before.why == f"assumed: the calendar of XSHG begins on {known.first}"


@pytest.mark.parametrize(
    ("today", "said"),
    [
        ("2026-11-15T23:59+08:00", None),
        ("2026-11-16T00:00+08:00", "the calendar of XSHG ends on 2026-12-31"),
        ("2026-12-31T15:59+00:00", "the calendar of XSHG ends on 2026-12-31"),
        ("2026-12-31T16:00+00:00", "the calendar of XSHG ended on 2026-12-31"),
    ],
)
def test_the_end_is_told_45_days_before(today: str, said: str | None) -> None:
    assert TradingDays("XSHG", Exceptions()).warning(datetime.fromisoformat(today)) == said


def test_a_calendar_without_end_is_not_warned_of() -> None:
    endless = TradingDays("XTKS", Exceptions())
    assert endless.last is None
    assert endless.warning(datetime(2090, 1, 1, tzinfo=UTC)) is None
    assert not endless.on(date(2032, 1, 1)).is_open


def test_a_library_that_fails_stops_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr(exchange_calendars, "get_calendar", fail)
    broken = TradingDays("XSHG", Exceptions())
    assert (
        broken.warning(datetime(2026, 1, 5, tzinfo=UTC))
        == "the library `exchange_calendars` fails at XSHG"
    )
    said = "assumed: there is no calendar of XSHG"
    assert broken.on(date(2026, 1, 5)) == TradingDay(True, said, is_assumed=True)
    assert broken.on(date(2026, 1, 4)).why == "weekend"
