"""`briefgen schedule`: jobs, when they run, and the process that runs them."""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli.console import opened, print_findings, root_of, stop, workspace_option
from briefgen.cli.moment import Moment
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.workspace import ledger_of

if TYPE_CHECKING:
    from briefgen.cli.schedule_view import Coming
    from briefgen.ledger.ledger import Ledger
    from briefgen.schedule.agenda import Agenda
    from briefgen.workspace import Workspace


def _complete_job(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    from briefgen.workspace import find_root, open_workspace

    root = find_root(Path.cwd())
    made = open_workspace(root) if root else None
    jobs = made.value.shared.data.settings.jobs if made and made.value else {}
    return [name for name in jobs if name.startswith(start)]


job_argument = click.argument("job", metavar="JOB", shell_complete=_complete_job)
any_job_argument = click.argument(
    "job", metavar="[JOB]", required=False, shell_complete=_complete_job
)


@click.group()
def schedule() -> None:
    """Run the jobs of data/workspace.yaml, or show when they are due.

    \b
    Examples:
      briefgen schedule next               when each job runs, and why days are skipped
      briefgen schedule run                wait, and run each job when it is due
      briefgen schedule once morning       run a job now
      briefgen schedule export systemd     for a scheduler of your own
    """


@schedule.command("next")
@any_job_argument
@click.option("--count", type=click.IntRange(1, 1000), default=5, show_default=True)
@click.option(
    "--from", "after", type=Moment(), help="From this day or time on, instead of from now."
)
@click.option("--json", "is_json", is_flag=True, help="For other programs.")
@workspace_option
def next_times(
    job: str | None, count: int, after: datetime | None, is_json: bool, folder: Path | None
) -> None:
    """Show when each job, or JOB, runs next, and why days in between are skipped.

    \b
    Examples:
      briefgen schedule next
      briefgen schedule next morning --count 10 --from 2026-09-28
    """
    from briefgen.cli.schedule_view import Coming

    workspace, agendas = _agendas(folder, job)
    rows = [
        Coming.of(name, agenda, _placed(after, agenda), count) for name, agenda in agendas.items()
    ]
    print_findings(_never_due(rows, workspace), workspace.root)
    if is_json:
        click.echo(json.dumps([row.record() for row in rows], ensure_ascii=False, indent=1))
        return
    for row in rows:
        for line in row.lines():
            click.echo(line)
    if not rows:
        click.echo("no jobs: they stand under `jobs:` in data/workspace.yaml")


@schedule.command()
@job_argument
@click.option("--if-due", is_flag=True, help="Only if the job is due; else say why not, and end.")
@click.option(
    "--fired-by",
    metavar="CRON",
    help="With --if-due: the cron line in UTC that started this, perhaps late.",
)
@click.option("--due", type=Moment(), hidden=True)
@workspace_option
def once(
    job: str, if_due: bool, fired_by: str | None, due: datetime | None, folder: Path | None
) -> None:
    """Run JOB now: build its briefings, then publish.

    The exit code is that of `briefgen build`. With --if-due, a day without trading, a time that is
    not the job's, and one that was run already or is being run are told, and the exit code is 0.

    \b
    Examples:
      briefgen schedule once morning
      briefgen schedule once morning --if-due
    """
    from briefgen.cli.schedule_once import run_once
    from briefgen.schedule.alone import alone_with
    from briefgen.schedule.history import record

    workspace, agendas = _agendas(folder, job)
    agenda, why = agendas[job], "by hand"
    with _ledger(workspace.root) as ledger, alone_with(workspace.root, job) as taken:
        if taken and taken.code == "SCH108":
            stop([taken], workspace.root)
        if due is not None:
            signal.signal(signal.SIGINT, signal.default_int_handler)
            due, why = _placed(due, agenda), "schedule"
        elif if_due:
            due, why = _due_now(job, agenda, ledger, fired_by), "schedule"
            if due is None:
                return
        if due is not None and (taken or ledger.runs(job=job, outcome="running", limit=1)):
            reason = "its earlier run is still going"
            record(ledger, job, due, "skipped", reason)
            print_findings(ledger.out.findings, workspace.root)
            click.echo(f"{job}: skipped: {reason}")
            return
        if taken:
            stop([taken], workspace.root)
        code = run_once(workspace, job, agenda.job, ledger, due, why)
    if code:
        sys.exit(code)


@schedule.command()
@workspace_option
def run(folder: Path | None) -> None:
    """Wait, and run each job when it is due, until Ctrl-C or SIGTERM.

    Jobs run one after another. A run that is going on when the scheduler ends is stopped as by
    Ctrl-C, and made up after the next start, unless it is too late by then.

    \b
    Example:
      briefgen schedule run
    """
    from briefgen.cli.schedule_run import serve

    sys.exit(serve(root_of(folder)))


@schedule.command()
@click.argument("kind", type=click.Choice(["systemd", "cron", "github"]))
@any_job_argument
@workspace_option
def export(kind: str, job: str | None, folder: Path | None) -> None:
    """Print what a scheduler of your own needs to start the jobs, or JOB.

    What it starts looks at trading days by itself.

    \b
    Examples:
      briefgen schedule export systemd morning
      briefgen schedule export cron >> my-crontab
      briefgen schedule export github > .github/workflows/jobs.yml
    """
    from briefgen.ledger.location import variables
    from briefgen.schedule.export import crontab, github, systemd
    from briefgen.schedule.service import once_command

    workspace, agendas = _agendas(folder, job)
    root = workspace.root
    jobs = {name: agenda.job for name, agenda in agendas.items()}
    commands = {name: once_command(root, name, "--if-due") for name in jobs}
    needed = variables(workspace.shared.data.settings.ledger)
    if kind == "systemd":
        parts = [
            systemd.units(name, job, commands[name], str(root), needed)
            for name, job in jobs.items()
        ]
        click.echo("\n".join(parts), nl=False)
    elif kind == "cron":
        parts = [crontab.lines(name, job, commands[name]) for name, job in jobs.items()]
        click.echo(crontab.head(needed) + "".join(parts), nl=False)
    else:
        try:
            click.echo(github.workflow(jobs, datetime.now(UTC), needed), nl=False)
        except github.TooManyLinesError as error:
            at = workspace.shared.places.key(("settings", "jobs", error.job))
            stop([Finding("SCH109", str(error), at, "join its times in a `cron`")], root)


def _agendas(folder: Path | None, job: str | None) -> tuple[Workspace, dict[str, Agenda]]:
    """The jobs with what there is to say of them; ends the command after errors."""
    from briefgen.schedule.jobs import agendas

    workspace = opened(folder)
    made = agendas(workspace, datetime.now(UTC), [job] if job else [])
    if made.value is None:
        stop(made.findings, workspace.root)
    print_findings(made.findings, workspace.root)
    assert made.value is not None
    return workspace, made.value


def _ledger(root: Path) -> Ledger:
    made = ledger_of(root)
    if made.value is None:
        stop(made.findings, root)
    assert made.value is not None
    return made.value


def _placed(moment: datetime | None, agenda: Agenda) -> datetime:
    """A moment with its zone: without one, the job's; nothing said, now."""
    if moment is None:
        return datetime.now(UTC)
    return moment if moment.tzinfo else moment.replace(tzinfo=agenda.zone)


def _due_now(name: str, agenda: Agenda, ledger: Ledger, fired_by: str | None) -> datetime | None:
    """The time that a job is to be run for; None when it was said why there is none."""
    from briefgen.model.job import length
    from briefgen.schedule.due import due_now
    from briefgen.schedule.history import History

    now = datetime.now(UTC)
    history = History.read(ledger, name, length(agenda.job.grace), now, now)
    try:
        moment, why = due_now(agenda, history, now, fired_by)
    except ValueError as error:
        raise click.BadParameter(str(error)) from None
    if moment is None:
        click.echo(f"{name}: nothing to do: {why}")
        return None
    if moment.why:
        click.echo(f"{name}: {moment.why}")
    return moment.at


def _never_due(rows: list[Coming], workspace: Workspace) -> Iterator[Finding]:
    for row in rows:
        if not row.moments:
            at = workspace.shared.places.key(("settings", "jobs", row.name))
            message = f"`{row.name}` is not due in two years"
            yield Finding("SCH106", message, at, None, Severity.WARNING)
