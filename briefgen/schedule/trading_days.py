"""The trading days of an exchange: a library's calendar, corrected by `data/holidays.yaml`."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from functools import cached_property
from typing import Any

from briefgen.model.holidays import Exceptions

WARNED_BEFORE = timedelta(days=45)
"""How long before its end a calendar is warned of."""
_SATURDAY = 5
_YEAR = (date(2025, 1, 1), date(2025, 12, 31))
"""A year that all calendars know."""


@dataclass(frozen=True, slots=True)
class TradingDay:
    """Whether an exchange trades on a day, and what there is to say of it."""

    is_open: bool
    why: str = ""
    """Why it does not; or who says that it does, where that is not the library."""
    is_assumed: bool = False
    """Whether neither the library nor the exceptions know the day."""


class TradingDays:
    """Asks the library year by year, and the exceptions first."""

    def __init__(self, exchange: str, exceptions: Exceptions) -> None:
        self.exchange = exchange
        self._special = {
            day: TradingDay(is_open, f"{state} by data/holidays.yaml: {entry.reason}")
            for is_open, state, entries in (
                (False, "closed", exceptions.closed),
                (True, "open", exceptions.open),
            )
            for entry in entries
            for day in entry.days()
        }
        self._years: dict[int, frozenset[date] | None] = {}

    @cached_property
    def _sample(self) -> Any | None:
        return _calendar(self.exchange, *_YEAR)

    @property
    def is_broken(self) -> bool:
        """Whether the library fails at this exchange."""
        return self._sample is None

    @cached_property
    def first(self) -> date | None:
        """The first day that the library knows; None when it knows all."""
        bound = self._sample and self._sample.bound_min()
        return None if bound is None else bound.date()

    @cached_property
    def last(self) -> date | None:
        """The last day that the library knows; None when it knows all."""
        bound = self._sample and self._sample.bound_max()
        return None if bound is None else bound.date()

    def at(self, moment: datetime) -> TradingDay:
        """Whether the exchange trades on the day that it has at this moment."""
        return self.on(self._day(moment))

    def on(self, day: date) -> TradingDay:
        """Whether the exchange trades on a day."""
        if day in self._special:
            return self._special[day]
        sessions = None if (unknown := self._unknown(day)) else self._sessions(day.year)
        is_weekend = day.weekday() >= _SATURDAY
        if sessions is None and not is_weekend:
            why = unknown or f"there is no calendar of {self.exchange}"
            return TradingDay(True, f"assumed: {why}", is_assumed=True)
        if sessions is not None and day in sessions:
            return TradingDay(is_open=True)
        return TradingDay(False, "weekend" if is_weekend else f"closed on {self.exchange}")

    def warning(self, now: datetime) -> str | None:
        """What is wrong with the library's calendar: it ends soon, has ended, or fails."""
        today = self._day(now)
        if self.is_broken:
            return f"the library `exchange_calendars` fails at {self.exchange}"
        if self.last is None or self.last - today > WARNED_BEFORE:
            return None
        has_ended = self.last < today
        return f"the calendar of {self.exchange} {'ended' if has_ended else 'ends'} on {self.last}"

    def _day(self, moment: datetime) -> date:
        zone: tzinfo | None = self._sample and self._sample.tz
        return (moment.astimezone(zone) if zone else moment).date()

    def _unknown(self, day: date) -> str | None:
        """Why the library does not know a day; None when it should."""
        if self.last is not None and day > self.last:
            return f"the calendar of {self.exchange} ends on {self.last}"
        if self.first is not None and day < self.first:
            return f"the calendar of {self.exchange} begins on {self.first}"
        return None

    def _sessions(self, year: int) -> frozenset[date] | None:
        """The trading days of a year; None when the library fails."""
        if year not in self._years:
            start = max(date(year, 1, 1), self.first or date.min)
            end = min(date(year, 12, 31), self.last or date.max)
            found = None if self.is_broken else _calendar(self.exchange, start, end)
            self._years[year] = found and frozenset(one.date() for one in found.sessions)
        return self._years[year]


def exchanges() -> list[str]:
    """The names that the library knows."""
    import exchange_calendars

    names: list[str] = exchange_calendars.get_calendar_names()
    return names


def _calendar(exchange: str, start: date, end: date) -> Any | None:
    """The library's calendar; None where the library fails, as it does with some pandas."""
    import exchange_calendars

    with warnings.catch_warnings():  # it uses what pandas calls out of date
        warnings.simplefilter("ignore")
        try:
            return exchange_calendars.get_calendar(exchange, str(start), str(end))
        except Exception:  # noqa: BLE001 whatever it is, jobs go on without it
            return None
