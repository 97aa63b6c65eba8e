"""What the house said of the securities of a briefing in the year before its release."""

from __future__ import annotations

from datetime import date

from briefgen.model.briefing import Briefing
from briefgen.model.disclosure_facts import RatingChange
from briefgen.model.value import period_end, year_before


def release_day(briefing: Briefing) -> date:
    """The day of release; that of the briefing, where no time is given."""
    publication = briefing.front.publication
    if publication is None or publication.released_at is None:
        return period_end(briefing.front.date)
    return publication.released_at.date()


def last_year(briefing: Briefing) -> tuple[RatingChange, ...]:
    """The ratings and targets of the twelve months before the release, the newest first.

    Those of the day of release are left out: they are the ones that the briefing gives.
    """
    listing, last = briefing.disclosure_facts.rating_history, release_day(briefing)
    rows = listing.rows if listing else ()
    within = (row for row in rows if year_before(last) <= row.date < last)
    return tuple(sorted(within, key=lambda row: row.date, reverse=True))
