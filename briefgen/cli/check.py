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
from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import has_errors
from briefgen.diagnostics.show import tally
from briefgen.pipeline import check as check_one


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
@workspace_option
def check(slugs: tuple[str, ...], everything: bool, form: str, folder: Path | None) -> None:
    """Check briefings: files, names, numbers, units, ratings, exhibits.

    Findings go to standard output. The exit code is 1 when one of them is an error.

    \b
    Examples:
      briefgen check --all
      briefgen check tfzq-kimi-2024-03-25 --format json
    """
    workspace = opened(folder)
    results = {
        slug: check_one(workspace, slug).findings
        for slug in chosen(workspace, slugs, everything=everything)
    }
    if form == "json":
        records = {slug: as_records(findings) for slug, findings in results.items()}
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
    else:
        for slug, findings in results.items():
            print_findings(findings, workspace.root, err=False)
            click.echo(f"{slug}: {tally(findings)}")
    if any(has_errors(findings) for findings in results.values()):
        sys.exit(FAILED)
