"""`briefgen check`: everything that is known of a briefing without building it."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from briefgen.cli.console import (
    FAILED,
    all_option,
    chosen,
    opened,
    print_findings,
    slugs_argument,
    workspace_option,
)
from briefgen.cli.selection import codes_option
from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import Finding, has_errors
from briefgen.diagnostics.show import tally
from briefgen.mend import mend
from briefgen.pipeline import check as check_one
from briefgen.workspace import Workspace


@click.command()
@slugs_argument
@all_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How findings are written.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    callback=codes_option,
    help="Only these findings: codes or their beginnings, such as CHK3,LOD402.",
)
@click.option(
    "--ignore",
    multiple=True,
    metavar="CODES",
    callback=codes_option,
    help="Not these findings, by the same rule.",
)
@click.option("--fix", "is_fixing", is_flag=True, help="Mend in the data files what is safe.")
@workspace_option
def check(
    slugs: tuple[str, ...],
    everything: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    is_fixing: bool,
    folder: Path | None,
) -> None:
    """Check briefings: files, names, numbers, units, ratings, exhibits.

    Findings go to standard output. The exit code is 1 when one of them is an error. With --fix,
    what can safely be mended is, and the rest is shown.

    \b
    Examples:
      briefgen check --all
      briefgen check tfzq-kimi-2024-03-25 --format json
      briefgen check --all --select CHK6 --fix
    """
    workspace = opened(folder)
    wanted = chosen(workspace, slugs, everything=everything)
    results = _findings(workspace, wanted, select, ignore)
    if is_fixing:
        _mend(workspace, results)
        workspace = opened(folder)
        results = _findings(workspace, wanted, select, ignore)
    if form == "json":
        records = {slug: as_records(findings) for slug, findings in results.items()}
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for slug, findings in results.items():
            print_findings(findings, workspace.root, err=False)
            click.echo(f"{slug}: {tally(findings)}")
    if any(has_errors(findings) for findings in results.values()):
        sys.exit(FAILED)


def _findings(
    workspace: Workspace, slugs: list[str], select: tuple[str, ...], ignore: tuple[str, ...]
) -> dict[str, tuple[Finding, ...]]:
    """The findings that were asked for, by briefing."""
    return {
        slug: tuple(
            finding
            for finding in check_one(workspace, slug).findings
            if finding.code.startswith(select or "")
            and not (ignore and finding.code.startswith(ignore))
        )
        for slug in slugs
    }


def _mend(workspace: Workspace, results: dict[str, tuple[Finding, ...]]) -> None:
    """Mend what is safe, and say on standard error how much in which file."""
    found = [finding for findings in results.values() for finding in findings]
    made = mend(found, workspace.data.path, workspace.root)
    print_findings(made.findings, workspace.root)
    for file, count in (made.value or {}).items():
        click.echo(f"{file}: {count} mended", err=True)
    if made.failed:
        sys.exit(FAILED)
