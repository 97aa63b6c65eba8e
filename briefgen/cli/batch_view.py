"""What a terminal shows of a batch: how far it is, and in the end what became of each edition."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Self

import click

from briefgen.cli.console import print_findings
from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.show import tally
from briefgen.engine.outcome import Outcome

_WHY = {
    "failed": "it has errors",
    "not-run": "the batch ended before its turn",
    "unchanged": "nothing has changed",
}
_COLOURS = {"built": "green", "unchanged": "bright_black", "failed": "red", "not-run": "yellow"}


class BatchView:
    """On a terminal a bar with rate and time left; elsewhere a line for each edition."""

    def __init__(self, root: Path, count: int) -> None:
        self._root, self._count = root, count
        self._done, self._started = 0, time.perf_counter()
        self._is_bar = sys.stderr.isatty() and count > 1
        self._bar: Any = None

    def __enter__(self) -> Self:
        if self._is_bar:
            self._bar = click.progressbar(
                length=self._count,
                label="Building",
                item_show_func=self._rate,
                file=sys.stderr,
                show_pos=True,
            )
            self._bar.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.__exit__(None, None, None)

    def show(self, outcome: Outcome) -> None:
        """Count an outcome, and tell its findings."""
        self._done += 1
        if self._bar is not None:
            self._bar.update(1, outcome.slug)
            if any(f.severity != "note" for f in outcome.findings):
                click.echo("\r\033[K", nl=False, err=True)
        elif self._count > 1:
            width = len(str(self._count))
            state = f"{outcome.state} in {outcome.seconds:.1f} s"
            click.echo(f"[{self._done:>{width}}/{self._count}] {outcome.slug}: {state}", err=True)
        print_findings(outcome.findings, self._root)

    def _rate(self, slug: str | None) -> str | None:
        if slug is None:
            return None
        rate = self._done / max(time.perf_counter() - self._started, 1e-9)
        return f"{rate:.1f}/s  {slug}" if rate >= 1 else f"{60 * rate:.0f}/min  {slug}"


def print_table(outcomes: Sequence[Outcome]) -> None:
    """Briefing, state, pages, figures, tables, findings, seconds, path; then how many of each."""
    head = ("briefing", "state", "pages", "figures", "tables", "findings", "seconds", "path")
    rows = [head, *map(_row, outcomes)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    to_the_right = {2, 3, 4, 6}
    for number, row in enumerate(rows):
        cells = [
            cell.rjust(width) if i in to_the_right else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        if number:
            cells[1] = click.style(cells[1], fg=_COLOURS[row[1]])
        line = "  ".join(cells).rstrip()
        click.echo(line if number else click.style(line, dim=True))
    if len(outcomes) > 1:
        click.echo(", ".join(f"{count} {state}" for state, count in _counted(outcomes).items()))


def print_why(outcomes: Iterable[Outcome]) -> None:
    """Why each edition was built, and what was made for it."""
    for outcome in outcomes:
        told = _WHY.get(outcome.state) or "; ".join(outcome.why)
        click.echo(f"{outcome.slug}: {told}")


def as_json(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """The summary: how many of each state, and every edition."""
    editions = [
        {
            "slug": outcome.slug,
            "state": outcome.state,
            **outcome.counts,
            "seconds": round(outcome.seconds, 3),
            "path": str(outcome.folder) if outcome.folder else None,
            "why": list(outcome.why),
            "findings": as_records(outcome.findings),
            "outputs": dict(outcome.outputs),
        }
        for outcome in outcomes
    ]
    return {"states": _counted(outcomes), "editions": editions}


def _counted(outcomes: Iterable[Outcome]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for outcome in outcomes:
        counts[outcome.state] = counts.get(outcome.state, 0) + 1
    return counts


def _row(outcome: Outcome) -> tuple[str, ...]:
    counts = (outcome.counts.get(name) for name in ("pages", "figures", "tables"))
    return (
        outcome.slug,
        outcome.state,
        *("–" if count is None else str(count) for count in counts),
        tally(outcome.findings),
        f"{outcome.seconds:.1f}",
        _near(outcome.folder) if outcome.folder else "not written",
    )


def _near(folder: Path) -> str:
    """A path as seen from here, where it is below."""
    here = Path.cwd()
    return str(folder.relative_to(here) if folder.is_relative_to(here) else folder)
