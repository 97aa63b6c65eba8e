"""The price chart of securities that have been rated for a year or more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from briefgen.check.compliance.declared import MONTH, current, named, released_on
from briefgen.check.compliance.quarters import allowed_quarter_ends
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Unknown
from briefgen.check.rules.us.ratings import calls
from briefgen.diagnostics.place import ValuePath
from briefgen.model.disclosure_facts import RatingChange
from briefgen.model.table import Table
from briefgen.model.value import period_end, year_before

YEARS = 3
SLACK = timedelta(days=7)
"""A rating may begin on a day without trading."""


def us_price_chart(dossier: Dossier) -> Iterator[Answer]:
    """A security rated for a year or more has no price chart, or one with other ratings.

    Why: FINRA Rule 2241(c)(3) wants a chart of daily closing prices for the rated time, three
    years at most, with the day and value of each rating and target, current to the last end of a
    quarter. The citation is from memory and runs as a warning until a lawyer confirms it. The
    chart's `events` are compared with `rating_history`, row by row; whether a price of any day is
    missing is not.

    Bad:  {label: 持有, rated_since: 2024-05-20, …}, without `price_chart`
    Good: price_chart: cloud-prices, a `line` chart whose `events` hold each rating and target
    """
    released = released_on(dossier)
    found = [one for one in calls(dossier) if one[2].kind == "stock"]
    if found:
        yield from current(dossier, "rating_history", MONTH)
    for path, pick, call in found:
        first = _first_rating(dossier, pick.security)
        since = min(filter(None, (call.rated_since, first)), default=None)
        name = named(dossier, pick.security)
        if since is None:
            reason = f"since when {name} is rated is not known"
            yield Unknown(reason, "give `rated_since` below its `call`", path, pick.security)
        elif call.rated_since and since < call.rated_since:
            message = (
                f"{name} is rated since {call.rated_since}, and `rating_history` begins {since}"
            )
            help_line = "mend `rated_since`, or the history"
            yield Problem((*path, "rated_since"), message, help_line, subject=pick.security)
        elif since <= year_before(released):
            begins = max(since, _years_before(released))
            yield from _chart(dossier, path, pick.security, call.price_chart, begins)


def _first_rating(dossier: Dossier, security: str) -> date | None:
    return min((row.date for row in _history(dossier, security)), default=None)


def _history(dossier: Dossier, security: str) -> list[RatingChange]:
    listing = dossier.briefing.disclosure_facts.rating_history
    return [row for row in listing.rows if row.security == security] if listing else []


def _years_before(day: date) -> date:
    for _ in range(YEARS):
        day = year_before(day)
    return day


def _chart(
    dossier: Dossier, path: ValuePath, security: str, exhibit_id: str | None, begins: date
) -> Iterator[Problem]:
    """What a price chart lacks of prices and ratings from a day on."""
    name = named(dossier, security)
    if exhibit_id is None:
        message = f"{name} is rated for a year or more, and has no price chart from {begins} on"
        help_line = (
            "draw prices, ratings and targets as a `line` chart, and name it: `price_chart: …`"
        )
        yield Problem(path, message, help_line, subject=security)
        return
    at, exhibit = ("exhibits", exhibit_id), dossier.briefing.exhibits[exhibit_id]
    chart = exhibit.chart.model_dump() if exhibit.chart else {}
    tables = dossier.briefing.tables
    if chart.get("kind") != "line" or chart.get("events") not in tables:
        message = f"the price chart of {name}, `{exhibit_id}`, is no `line` chart with `events`"
        yield Problem(at, message, "give `chart: {kind: line, events: …}`", subject=security)
        return
    days = [period_end(cell) for _, cell in tables[chart["table"]].cells(chart["date"]) if cell]
    ends = allowed_quarter_ends(released_on(dossier))[-1]
    if not days or min(days) > begins + SLACK or max(days) < ends - SLACK:
        span = f"from {min(days)} to {max(days)}" if days else "no prices"
        message = f"the price chart of {name} has {span}; it is to run from {begins} to {ends}"
        yield Problem(at, message, "complete its table", subject=security)
    yield from _events(dossier, security, exhibit_id, tables[chart["events"]], begins)


def _events(
    dossier: Dossier, security: str, exhibit_id: str, table: Table, begins: date
) -> Iterator[Problem]:
    """Rows of the chart's events that are not those of the rating history."""
    name, at = named(dossier, security), ("exhibits", exhibit_id)
    cells = zip(table.cells("date"), table.cells("event"), strict=True)
    drawn = [(period_end(day), event or "") for (_, day), (_, event) in cells if day]
    wanted = [row for row in _history(dossier, security) if row.date >= begins]
    for row in wanted:
        said = [event for day, event in drawn if day == row.date]
        target = f"{row.target.normalize():f}" if row.target is not None else ""
        if not any(row.label in event and target in event for event in said):
            meant = f"{row.label}, {target}" if target else row.label
            found = f"has `{said[0]}`" if said else "has nothing"
            message = f"{name} on {row.date}: the history has `{meant}`, `{exhibit_id}` {found}"
            help_line = f"write label and target into the row of {row.date} of `{table.name}`"
            yield Problem(at, message, help_line, subject=f"{security} {row.date}")
    for day, event in drawn:
        if day not in {row.date for row in wanted}:
            message = (
                f"{name} on {day}: `{exhibit_id}` has `{event}`, the history has no such change"
            )
            help_line = f"take the row out of `{table.name}`, or add it to `rating_history`"
            yield Problem(at, message, help_line, subject=f"{security} {day}")
