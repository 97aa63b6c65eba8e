"""Ends of quarters, and which of them a report must not fall behind."""

from __future__ import annotations

from datetime import date, timedelta

GRACE_DAYS = 15
"""So many calendar days after the end of a quarter, the quarter before will do."""


def quarter_end_before(day: date) -> date:
    """The last end of a quarter before a day."""
    first_month = (day.month - 1) // 3 * 3 + 1
    return date(day.year, first_month, 1) - timedelta(days=1)


def allowed_quarter_ends(released: date) -> tuple[date, ...]:
    """The ends of quarters, newest first, that a report released on a day may be current to."""
    last = quarter_end_before(released)
    if (released - last).days < GRACE_DAYS:
        return last, quarter_end_before(last)
    return (last,)
