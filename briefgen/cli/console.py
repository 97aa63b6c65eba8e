"""What several commands share: opening the workspace, choosing briefings, printing findings."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

import click

from briefgen.diagnostics.finding import Finding, Severity, has_errors
from briefgen.diagnostics.show import show, tally
from briefgen.load.editions import briefing_slugs, known_names
from briefgen.workspace import Workspace, data_folder, find_root, open_workspace, select

FAILED, BUG, STOPPED = 1, 3, 130
"""Exit codes; `BUG` is an error of our own, `STOPPED` the end by Ctrl-C."""

_COLOURS = {
    "error": "red",
    "warning": "yellow",
    "note": "blue",
    "help": "cyan",
    "dim": "bright_black",
}

workspace_option = click.option(
    "--workspace",
    "-w",
    "folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The workspace; without it, the nearest folder upwards that holds data/workspace.yaml.",
)


def coloured(text: str, role: str) -> str:
    """Text in the colour of its role; click drops the colour where there is no terminal."""
    return click.style(text, fg=_COLOURS[role], bold=role == "error")


def print_findings(
    findings: Iterable[Finding], root: Path, *, err: bool = True, notes: bool = False
) -> None:
    """Findings with their places, on standard error; notes only when they are asked for."""
    shown = [f for f in findings if notes or f.severity is not Severity.NOTE]
    if text := show(shown, root, coloured):
        click.echo(text, err=err)


def stop(findings: Iterable[Finding], root: Path) -> None:
    """Print findings and end with exit code 1."""
    found = list(findings)
    print_findings(found, root)
    click.echo(tally(found), err=True)
    sys.exit(FAILED)


def root_of(folder: Path | None) -> Path:
    """The folder of the workspace; ends the command when there is none."""
    root = find_root((folder or Path.cwd()).resolve())
    if root is None:
        where = folder or Path.cwd()
        stop(
            [
                Finding(
                    "WSP103",
                    f"there is no workspace in `{where}` or above",
                    help="`briefgen new desk` makes one; `--workspace DIR` names another",
                )
            ],
            where,
        )
    assert root is not None
    return root


def opened(folder: Path | None) -> Workspace:
    """The workspace; ends the command when there is none or its shared files have errors."""
    root = root_of(folder)
    made = open_workspace(root)
    if made.value is None or has_errors(made.findings):
        stop(made.findings, root)
    assert made.value is not None
    return made.value


def chosen(root: Path, slugs: tuple[str, ...], *, everything: bool) -> list[str]:
    """The briefings that a command is to work on; ends the command when some do not exist."""
    if everything == bool(slugs):
        raise click.UsageError("give names of briefings, or --all")
    if everything:
        return briefing_slugs(data_folder(root))
    made = select(root, slugs)
    if made.value is None:
        stop(made.findings, root)
    return made.value or []


def complete_slug(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    """Shell completion for names of briefings and families."""
    root = find_root(Path.cwd())
    if root is None:
        return []
    return sorted(name for name in known_names(data_folder(root)) if name.startswith(start))


slugs_argument = click.argument("slugs", nargs=-1, metavar="[SLUG]…", shell_complete=complete_slug)
all_option = click.option("--all", "everything", is_flag=True, help="All briefings.")
