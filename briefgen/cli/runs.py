"""`briefgen runs`: what was done, when and with what outcome."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from briefgen.cli.console import FAILED, root_of, stop, workspace_option
from briefgen.cli.moment import Moment
from briefgen.cli.run_tables import digest_lines, listed, shown
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.ledger.ledger import Ledger
from briefgen.ledger.records import Run, RunOutcome
from briefgen.ledger.rows import as_record
from briefgen.workspace import ledger_of


@click.command()
@click.argument("name", metavar="[RUN]", required=False)
@click.option("--slug", help="Runs of this edition; with RUN, of its editions only this one.")
@click.option("--job", help="Runs of this job of the schedule.")
@click.option("--outcome", type=click.Choice(get_args(RunOutcome)), help="Runs that ended so.")
@click.option("--since", type=Moment(), help="Runs from this day on, such as 2024-03-25.")
@click.option(
    "--limit",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="How many runs, the latest first.",
)
@click.option("--all-workspaces", "everywhere", is_flag=True, help="Of all that share this ledger.")
@click.option("--digests", is_flag=True, help="With RUN: its files, as `sha256sum` lists them.")
@click.option("--json", "is_json", is_flag=True, help="For other programs; times are in UTC.")
@workspace_option
def runs(
    name: str | None,
    slug: str | None,
    job: str | None,
    outcome: RunOutcome | None,
    since: datetime | None,
    limit: int,
    everywhere: bool,
    digests: bool,
    is_json: bool,
    folder: Path | None,
) -> None:
    """List the latest runs, or show RUN with its editions and findings.

    RUN is an id from the list, or as much of its beginning or end as no other has. Times are those
    of this machine's zone. A run that is `interrupted` was killed, or its machine stopped. Runs are
    those of this workspace, also where it shares the ledger with others.

    \b
    Examples:
      briefgen runs
      briefgen runs --outcome failed --since 2024-03-25
      briefgen runs x4k2 --digests
    """
    if name is not None and (job or outcome or since):
        raise click.UsageError("--job, --outcome and --since choose runs: leave out RUN")
    if name is None and digests:
        raise click.UsageError("--digests needs a RUN")
    since = since and since.astimezone()
    root = root_of(folder)
    made = ledger_of(root)
    if made.value is None:
        stop(made.findings, root)
    assert made.value is not None
    with made.value as ledger:
        if name is None:
            found = ledger.runs(
                slug=slug,
                job=job,
                outcome=outcome,
                since=since,
                limit=limit + 1,
                everywhere=everywhere,
            )
            _stop_on(ledger.out.findings, root)
            is_filtered = any((slug, job, outcome, since))
            if is_json:
                _print_json([as_record(run) for run in found[:limit]])
            else:
                _print_list(found, limit, is_filtered=is_filtered, everywhere=everywhere)
            return
        asked = ledger.run(name, everywhere=everywhere)
        _stop_on(asked.findings, root)
        assert asked.value is not None
        _print_run(ledger, asked.value, slug, root, digests=digests, is_json=is_json)


def _stop_on(findings: Sequence[Finding], root: Path) -> None:
    """End the command if there are findings: what is asked for cannot be answered."""
    if findings:
        stop([replace(finding, severity=Severity.ERROR) for finding in findings], root)


def _print_list(found: list[Run], limit: int, *, is_filtered: bool, everywhere: bool) -> None:
    if not found:
        nothing = "no runs yet: `briefgen build --all` makes the first"
        click.echo("no run is like this" if is_filtered else nothing)
    else:
        _print_lines(listed(found[:limit], everywhere=everywhere))
        if len(found) > limit:
            more = f"\nolder runs: briefgen runs --limit {limit * 5}"
            click.echo(click.style(more, dim=True), err=True)


def _print_run(
    ledger: Ledger, run: Run, slug: str | None, root: Path, *, digests: bool, is_json: bool
) -> None:
    entries = [entry for entry in ledger.entries(run.id) if slug in {None, entry.slug}]
    _stop_on(ledger.out.findings, root)
    if is_json:
        _print_json({**as_record(run), "entries": [as_record(entry) for entry in entries]})
    elif digests:
        _print_lines(digest_lines(entries))
    else:
        _print_lines(shown(run, entries))
    if slug is not None and not entries:
        click.echo(f"{run.id} has no edition `{slug}`", err=True)
        sys.exit(FAILED)


def _print_lines(lines: Iterable[str]) -> None:
    click.echo("\n".join(lines))


def _print_json(record: object) -> None:
    click.echo(json.dumps(record, ensure_ascii=False, indent=1))
