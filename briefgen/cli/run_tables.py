"""Runs and their editions in the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import click

from briefgen.cli.console import coloured
from briefgen.diagnostics.finding import Severity
from briefgen.diagnostics.show import cells, show, tally
from briefgen.ledger.records import Entry, Run

NOTHING = "–"
NO_SOURCES = Path(os.devnull)
"""Findings of the past are shown without source lines: the files may have changed since."""
_COLOURS = {
    "failed": "red",
    "interrupted": "yellow",
    "stopped": "yellow",
    "missed": "yellow",
    "running": "cyan",
}
_TO_THE_RIGHT = {"took", "seconds"}


def listed(runs: Sequence[Run], *, everywhere: bool = False) -> Iterator[str]:
    """A table of runs; a job has its column when one of them has a job.

    Workspaces have theirs when runs are from everywhere.
    """
    head = ["run", "started", "took", "outcome", "kind", "job", "editions", "findings"]
    rows = [
        [
            run.id,
            _local(run.started)[:16],
            _took(run),
            run.outcome,
            run.kind,
            run.job or NOTHING,
            _counted(run.editions),
            _findings(run.findings),
        ]
        for run in runs
    ]
    if not any(run.job for run in runs):
        at = head.index("job")
        head, rows = _without(head, at), [_without(row, at) for row in rows]
    if everywhere:
        head.insert(1, "workspace")
        for run, row in zip(runs, rows, strict=True):
            row.insert(1, run.workspace or NOTHING)
    return _table(head, rows)


def shown(run: Run, entries: Sequence[Entry]) -> Iterator[str]:
    """A run: what is known of it, its editions, and their findings but notes."""
    ended = f"{_local(run.ended)}, after {_took(run)}" if run.ended else NOTHING
    facts = {
        "kind": run.kind,
        "why": run.why,
        "who": run.who,
        "where": f"{run.host}, process {run.pid}",
        "workspace": run.workspace,
        "job": run.job,
        "due": _local(run.due) if run.due else None,
        "started": _local(run.started),
        "ended": ended,
        "toolchain": run.toolchain,
    }
    yield f"{click.style(run.id, bold=True)}  {_styled(run.outcome, run.outcome)}"
    for name, fact in facts.items():
        if fact is not None:
            yield f"  {click.style(f'{name:<9}', dim=True)}  {fact}"
    if entries:
        yield ""
        head = ["edition", "outcome", "seconds", "findings", "why"]
        yield from _table(head, [_row(entry) for entry in entries])
    for entry in entries:
        findings = [one for one in entry.findings if one.severity is not Severity.NOTE]
        if findings:
            yield f"\n{click.style(entry.slug, bold=True)}"
            yield show(findings, NO_SOURCES, coloured).rstrip("\n")


def digest_lines(entries: Sequence[Entry]) -> Iterator[str]:
    """The files of the editions as `sha256sum` lists them, from the folder of the editions."""
    for entry in entries:
        for name, digest in sorted(entry.digests.items()):
            yield f"{digest}  {entry.slug}/{name}"


def _row(entry: Entry) -> list[str]:
    seconds = f"{entry.seconds:.1f}" if entry.started else NOTHING
    return [entry.slug, entry.outcome, seconds, tally(entry.findings), entry.why or NOTHING]


def _table(head: list[str], rows: list[list[str]]) -> Iterator[str]:
    """Columns under a dim head; an outcome that needs somebody's eye has a colour."""
    widths = [max(map(cells, column)) for column in zip(head, *rows, strict=True)]
    for number, row in enumerate((head, *rows)):
        parts = []
        for name, text, width in zip(head, row, widths, strict=True):
            room = " " * (width - cells(text))
            styled = _styled(text, text) if number and name == "outcome" else text
            parts.append(room + styled if name in _TO_THE_RIGHT else styled + room)
        line = "  ".join(parts).rstrip()
        yield line if number else click.style(line, dim=True)


def _styled(text: str, outcome: str) -> str:
    colour = _COLOURS.get(outcome)
    return click.style(text, fg=colour) if colour else text


def _without(row: list[str], at: int) -> list[str]:
    return row[:at] + row[at + 1 :]


def _local(moment: datetime | None) -> str:
    """A time of this machine's zone, to the second."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M:%S") if moment else NOTHING


def _took(run: Run) -> str:
    """How long a run took: `0.3 s`, `4:05 min`, `1:00:00 h`."""
    if run.ended is None or run.outcome in {"missed", "skipped"}:
        return NOTHING
    seconds = (run.ended - run.started) / timedelta(seconds=1)
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02} h" if hours else f"{minutes}:{rest:02} min"


def _counted(editions: Mapping[str, int]) -> str:
    """`3 built, 197 unchanged, 1 failed`."""
    order = ("built", "unchanged", "failed", "not-run")
    said = [f"{editions[outcome]} {outcome}" for outcome in order if editions.get(outcome)]
    return ", ".join(said) or NOTHING


def _findings(counts: Mapping[str, int]) -> str:
    """`2 errors, 1 warning`."""
    said = [
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts.get(severity)
    ]
    return ", ".join(said) or NOTHING
