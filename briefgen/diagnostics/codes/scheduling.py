"""Problems of jobs and of the calendars that they follow: SCH."""

from __future__ import annotations

from briefgen.diagnostics.codes.code import Code
from briefgen.diagnostics.finding import Severity

SCHEDULING: tuple[Code, ...] = (
    Code(
        "SCH101",
        "unknown-exchange",
        Severity.ERROR,
        """An exchange that the library of trading calendars does not know.

        Why: its trading days would be guessed, and briefings be made on holidays or not on trading
        days. Exchanges are named by their codes (ISO 10383): XSHG, XHKG, XNYS.

        Bad:  calendar: SSE
        Good: calendar: XSHG
        """,
    ),
    Code(
        "SCH102",
        "calendar-ends",
        Severity.WARNING,
        """A calendar of trading days that ends within 45 days, or has ended.

        Why: exchanges announce their holidays a year ahead, and the library learns of them in a
        later version. Beyond its end every day from Monday to Friday is taken for a trading day,
        unless `data/holidays.yaml` says otherwise; such days are marked as assumed. A newer
        version of the library knows more.

        Bad:  in December, a library that knows XSHG to the end of the year
        Good: pip install --upgrade exchange_calendars
              XSHG: {closed: [{day: 2027-02-05, until: 2027-02-11, reason: 春节}]}
        """,
    ),
    Code(
        "SCH103",
        "unknown-job",
        Severity.ERROR,
        """A job that `data/workspace.yaml` does not have.

        Why: what the scheduler does stands under `jobs:` in that file, each job with a name.

        Bad:  briefgen schedule once mornign
        Good: briefgen schedule once morning
        """,
    ),
    Code(
        "SCH104",
        "no-jobs",
        Severity.ERROR,
        """A scheduler in a workspace without jobs.

        Why: it would wait forever.

        Bad:  briefgen schedule run, and no `jobs:` in data/workspace.yaml
        Good: jobs: {morning: {at: "07:30", timezone: Asia/Shanghai, calendar: XSHG, all: true}}
        """,
    ),
    Code(
        "SCH105",
        "scheduler-running",
        Severity.ERROR,
        """A second scheduler on one workspace.

        Why: each job would run twice. The first one is named by the number of its process; when
        that ends, however it does, the next one may start.

        Bad:  briefgen schedule run, while another terminal has it running
        Good: one of the two
        """,
    ),
    Code(
        "SCH106",
        "never-due",
        Severity.WARNING,
        """A job that is not due once in two years.

        Why: its times and its trading days exclude each other.

        Bad:  {cron: "0 9 * * 6", calendar: XSHG, …}, on Saturdays that are trading days
        Good: {cron: "0 9 * * 5", calendar: XSHG, …}
        """,
    ),
    Code(
        "SCH107",
        "job-running",
        Severity.ERROR,
        """A job that is started by hand while a run of it goes on.

        Why: both would build and publish the same. The run that goes on is named by the number of
        its process. One that is started by a schedule is recorded as `skipped` instead.

        Bad:  briefgen schedule once morning, while the scheduler runs `morning`
        Good: briefgen schedule once morning, when that is done
        """,
    ),
    Code(
        "SCH108",
        "no-lock",
        Severity.ERROR,
        """A workspace in which no lock can be made.

        Why: without a lock two schedulers, or two runs of a job, would not know of each other. The
        locks are files in `.cache/briefgen` of the workspace.

        Bad:  `.cache` is a file, or may not be written to
        Good: rm .cache
        """,
    ),
    Code(
        "SCH109",
        "too-many-cron-lines",
        Severity.ERROR,
        """A job whose times take more cron lines than a workflow should have.

        Why: GitHub knows neither zones nor times of day, so each time is a line, and lines are
        joined only where the same minutes come at several hours.

        Bad:  at: ["07:01", "07:58", "08:13", …], 30 of them
        Good: cron: "0,20,40 7-16 * * 1-5"
        """,
    ),
)
"""In the order of the codes."""
