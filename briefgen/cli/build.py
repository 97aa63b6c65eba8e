"""`briefgen build`: briefings into editions, with a progress bar and a closing table."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass
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
from briefgen.diagnostics.finding import Made
from briefgen.diagnostics.show import tally
from briefgen.model.edition import FORMATS
from briefgen.pipeline import DEFAULT_FORMATS, Built
from briefgen.pipeline import build as build_one
from briefgen.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one briefing, and how long it took."""

    slug: str
    made: Made[Built]
    seconds: float


class Formats(click.ParamType[tuple[str, ...]]):
    """A list such as `html,pdf`."""

    name = "html,pdf,plain"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats, in the order of the pipeline."""
        wanted = {part.strip() for part in value.split(",")}
        if unknown := sorted(wanted - set(FORMATS)):
            self.fail(f"unknown format {unknown[0]!r}; known: {', '.join(FORMATS)}", param, ctx)
        return tuple(name for name in FORMATS if name in wanted)


@click.command()
@slugs_argument
@all_option
@click.option(
    "--format",
    "formats",
    type=Formats(),
    default=",".join(DEFAULT_FORMATS),
    show_default=True,
    help="What to make; `plain` is a smaller PDF without tags and attachments.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where editions go; without it, output/ of the workspace.",
)
@workspace_option
def build(
    slugs: tuple[str, ...],
    everything: bool,
    formats: tuple[str, ...],
    output: Path | None,
    folder: Path | None,
) -> None:
    """Build briefings into output/SLUG/: one HTML file, one PDF, a manifest.

    An edition holds what this build made: `--format pdf` leaves no older HTML beside a newer PDF.
    A briefing with errors is not written; its last good edition stays. The others are built all
    the same, and the exit code is 1.

    \b
    Examples:
      briefgen build tfzq-kimi-2024-03-25
      briefgen build --all --format pdf
      briefgen build --all --output /tmp/editions
    """
    workspace = opened(folder)
    wanted = chosen(workspace, slugs, everything=everything)
    outcomes = _build_all(workspace, wanted, formats, output)
    for outcome in outcomes:
        print_findings(outcome.made.findings, workspace.root)
    _print_table(outcomes)
    if any(outcome.made.failed for outcome in outcomes):
        sys.exit(FAILED)


def _build_all(
    workspace: Workspace, slugs: list[str], formats: tuple[str, ...], output: Path | None
) -> list[Outcome]:
    outcomes = []
    with click.progressbar(
        slugs,
        label="Building",
        item_show_func=lambda slug: slug,
        file=sys.stderr,
        hidden=not sys.stderr.isatty(),
    ) as bar:
        for slug in bar:
            started = time.perf_counter()
            made = build_one(workspace, slug, formats, output)
            outcomes.append(Outcome(slug, made, time.perf_counter() - started))
    return outcomes


def _print_table(outcomes: list[Outcome]) -> None:
    """Briefing, pages, figures, tables, findings, seconds, path."""
    head = ("briefing", "pages", "figures", "tables", "findings", "seconds", "path")
    rows = [head]
    for outcome in outcomes:
        built = outcome.made.value
        edition = built.edition if built else None
        rows.append(
            (
                outcome.slug,
                str(edition.pages or "–") if edition else "–",
                str(edition.figures) if edition else "–",
                str(edition.tables) if edition else "–",
                tally(outcome.made.findings),
                f"{outcome.seconds:.1f}",
                _near(built.folder) if built else "not written",
            )
        )
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    to_the_right = {1, 2, 3, 5}
    for number, row in enumerate(rows):
        cells = [
            cell.rjust(width) if i in to_the_right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        line = "  ".join(cells).rstrip()
        click.echo(click.style(line, dim=True) if number == 0 else line)


def _near(folder: Path) -> str:
    """A path as seen from here, where it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)
