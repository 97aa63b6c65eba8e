"""The jobs of a workspace, ready to be asked when they are due, and what they build."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.editions import known_names
from briefgen.load.extras import has_extra
from briefgen.load.holidays import load_holidays
from briefgen.load.references import check_references
from briefgen.load.reported import Reported
from briefgen.model.holidays import Exceptions, Holidays
from briefgen.model.job import Job
from briefgen.model.marks import marked
from briefgen.schedule.agenda import Agenda
from briefgen.workspace import Workspace

EXTRA = "schedule"


def agendas(
    workspace: Workspace, now: datetime, names: Collection[str] = ()
) -> Made[dict[str, Agenda]]:
    """The agendas of all jobs, or of those that are named.

    Reports: SCH101, SCH102, SCH103, LOD201, LOD308, and LOD1xx of `data/holidays.yaml`.
    """
    out = Collector()
    known = workspace.shared.data.settings.jobs
    for name in names:
        if name not in known:
            out.report("SCH103", f"there is no job `{name}`", help=did_you_mean(name, known))
    jobs = {name: job for name, job in known.items() if not names or name in names}
    _check_briefings(workspace, jobs, out)
    found = _with_calendars(workspace, jobs, now, out)
    return out.made(found)


def chosen(workspace: Workspace, job: Job) -> list[str]:
    """The editions that a job builds, in order."""
    if job.all:
        return workspace.slugs()
    if job.tags:
        return workspace.tagged(job.tags)
    return workspace.select(list(job.slugs)).value or []


def _check_briefings(workspace: Workspace, jobs: dict[str, Job], out: Collector) -> None:
    """Unknown briefings are errors; a tag that nobody carries today may be carried tomorrow."""
    places = workspace.shared.places
    if any(job.slugs for job in jobs.values()):
        known = known_names(workspace.data)
        names = marked(jobs, ("settings", "jobs"))
        check_references(names, {"briefing": known}, Reported(), places, out)
    for name, job in jobs.items():
        for position, tag in enumerate(job.tags):
            if not workspace.tagged([tag]):
                at = places.value(("settings", "jobs", name, "tags", position))
                out.report("LOD201", f"no briefing has the tag `{tag}`", at, None, Severity.WARNING)


def _with_calendars(
    workspace: Workspace, jobs: dict[str, Job], now: datetime, out: Collector
) -> dict[str, Agenda]:
    """The agendas; the library is imported when a job has a calendar."""
    places = SourceMap()
    places.include(workspace.shared.places)
    holidays = load_holidays(workspace.data, workspace.shared.data.sources, places, out)
    exchanges = {name: job.calendar for name, job in jobs.items() if job.calendar}
    if not exchanges:
        return {name: Agenda(job) for name, job in jobs.items()}
    first = places.value(("settings", "jobs", next(iter(exchanges)), "calendar"))
    if not has_extra(EXTRA, ("exchange_calendars", "pandas"), first, out):
        return {}
    return _followed(jobs, holidays, now, places, out)


def _followed(
    jobs: dict[str, Job], holidays: Holidays, now: datetime, places: SourceMap, out: Collector
) -> dict[str, Agenda]:
    from briefgen.schedule.trading_days import TradingDays, exchanges

    known = exchanges()
    for exchange in holidays:
        if exchange not in known:
            message = f"unknown exchange `{exchange}`"
            at = places.key(("holidays", exchange))
            out.report("SCH101", message, at, did_you_mean(exchange, known))
    days: dict[str, TradingDays] = {}
    found = {}
    for name, job in jobs.items():
        if job.calendar is None:
            found[name] = Agenda(job)
            continue
        at = places.value(("settings", "jobs", name, "calendar"))
        if job.calendar not in known:
            message = f"unknown exchange `{job.calendar}`"
            out.report("SCH101", message, at, did_you_mean(job.calendar, known))
            continue
        if job.calendar not in days:
            exceptions = holidays.get(job.calendar, Exceptions())
            days[job.calendar] = TradingDays(job.calendar, exceptions)
            if warning := days[job.calendar].warning(now):
                help_line = "pip install --upgrade exchange_calendars; beyond its end"
                help_line += " Monday to Friday is assumed, less data/holidays.yaml"
                out.report("SCH102", warning, at, help_line, Severity.WARNING)
        found[name] = Agenda(job, days[job.calendar])
    return found
