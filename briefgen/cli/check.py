"""`briefgen check`: everything that is known of a briefing without building it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

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
from briefgen.cli.formats import FORMATS, written
from briefgen.cli.selection import codes_option
from briefgen.diagnostics.finding import Severity, has_errors
from briefgen.diagnostics.show import tally
from briefgen.mend import mend
from briefgen.workspace import Workspace

if TYPE_CHECKING:
    from briefgen.pipeline import Checked


@click.command()
@slugs_argument
@all_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", *FORMATS]),
    default="text",
    show_default=True,
    help="How findings and verdicts are written.",
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
@click.option("--notes", is_flag=True, help="Show notes too: what is explained or waived.")
@click.option("--fix", "is_fixing", is_flag=True, help="Mend in the data files what is safe.")
@workspace_option
def check(
    slugs: tuple[str, ...],
    everything: bool,
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    notes: bool,
    is_fixing: bool,
    folder: Path | None,
) -> None:
    """Check briefings: files, names, numbers, units, ratings, exhibits.

    Findings go to standard output. The exit code is 1 when one of them is an error. What keeps a
    briefing from being loaded is shown whatever is selected or ignored. With --fix, what can
    safely be mended is, and the rest is shown.

    \b
    Examples:
      briefgen check --all
      briefgen check tfzq-kimi-2024-03-25 --format json
      briefgen check --all --select CHK6 --fix
    """
    workspace = opened(folder)
    wanted = chosen(workspace.root, slugs, everything=everything)
    results = _checked(workspace, wanted, select, ignore)
    if is_fixing:
        _mend(workspace, results)
        workspace = opened(folder)
        results = _checked(workspace, wanted, select, ignore)
    if form in FORMATS:
        is_short = form == "github" and not notes
        click.echo(written(form, _without_notes(results) if is_short else results))
    else:
        for slug, checked in results.items():
            print_findings(checked.findings, workspace.root, err=False, notes=notes)
            click.echo(f"{slug}: {'; '.join(_summary(checked))}")
    if any(has_errors(checked.findings) for checked in results.values()):
        sys.exit(FAILED)


def _checked(
    workspace: Workspace, slugs: list[str], select: tuple[str, ...], ignore: tuple[str, ...]
) -> dict[str, Checked]:
    """The findings and verdicts that were asked for, by briefing.

    Errors that kept a briefing from being loaded are always among them: nothing else was checked.
    """

    from briefgen.pipeline import check as check_one

    def is_wanted(code: str) -> bool:
        return code.startswith(select or "") and not (ignore and code.startswith(ignore))

    results = {}
    for slug in slugs:
        checked = check_one(workspace, slug)
        report = checked.report
        if report is not None:
            verdicts = tuple(v for v in report.verdicts if is_wanted(v.code))
            report = report.model_copy(update={"verdicts": verdicts})
        findings = tuple(
            f
            for f in checked.findings
            if is_wanted(f.code) or (report is None and f.severity is Severity.ERROR)
        )
        results[slug] = replace(checked, report=report, findings=findings)
    return results


def _without_notes(results: dict[str, Checked]) -> dict[str, Checked]:
    """The results without what is explained or waived."""
    return {
        slug: replace(
            checked,
            findings=tuple(f for f in checked.findings if f.severity is not Severity.NOTE),
        )
        for slug, checked in results.items()
    }


def _summary(checked: Checked) -> Iterator[str]:
    """`1 error`, and `61 rules: 57 pass, 1 fail, 3 not evaluable`."""
    from briefgen.check.inspection import listed

    yield tally(checked.findings)
    if checked.report is None:
        yield "not checked: it cannot be loaded"
    if checked.report and checked.report.verdicts:
        counts = ", ".join(f"{n} {outcome}" for outcome, n in listed(checked.report) if n)
        yield f"{len(checked.report.verdicts)} rules: {counts}"


def _mend(workspace: Workspace, results: dict[str, Checked]) -> None:
    """Mend what is safe, and say on standard error how much in which file."""
    found = [finding for checked in results.values() for finding in checked.findings]
    made = mend(found, workspace.data.path, workspace.root)
    print_findings(made.findings, workspace.root)
    for file, count in (made.value or {}).items():
        click.echo(f"{file}: {count} mended", err=True)
    if made.failed:
        sys.exit(FAILED)
