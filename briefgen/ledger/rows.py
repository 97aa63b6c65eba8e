"""Records as rows of the database, and back."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import SEVERITIES, Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.ledger.database import LedgerError
from briefgen.ledger.process import born, host
from briefgen.ledger.records import Entry, Run

MEND = "move it away, and a new one is begun"
SILENCE = timedelta(hours=1)
"""How long a run on another host, which cannot be looked at, may give no sign before it counts as
interrupted. Each edition that ends is one, and an edition may take ten minutes, and be tried again.
"""


def text(moment: datetime | None) -> str | None:
    """A time as ISO 8601 in UTC with microseconds: `2024-03-25T00:30:00.000000Z`."""
    if moment is None:
        return None
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def moment(text: str) -> datetime:
    """The time that a text says. Raises: ValueError."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return found


@contextmanager
def readable() -> Iterator[None]:
    """What another program has made of rows, as the one kind of error."""
    try:
        yield
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        raise LedgerError(f"a record in it is damaged: {error}", MEND) from error


def of_run(run: Run) -> tuple[object, ...]:
    """The values of `statements.RUN`."""
    who = (run.id, run.kind, run.why, run.who, run.host, run.pid)
    when = (text(run.started), run.outcome, run.job, text(run.due), text(run.ended))
    return (*who, *when, run.toolchain, run.workspace)


def of_entry(run: str, entry: Entry) -> tuple[object, ...]:
    """The values of `statements.RECORD`."""
    counts = Counter(finding.severity for finding in entry.findings)
    return (
        *(entry.slug, entry.outcome, text(entry.started), text(entry.ended)),
        *(entry.seconds, entry.why, json.dumps(as_records(entry.findings))),
        *(json.dumps(dict(entry.digests)), run),
        *(counts[severity] for severity in SEVERITIES),
    )


def to_runs(
    found: Sequence[Sequence[Any]], tallies: Sequence[Sequence[Any]], now: datetime
) -> list[Run]:
    """Runs from the values of `statements.runs`, with the tallies of their entries."""
    by_run: dict[str, list[Sequence[Any]]] = {row[0]: [] for row in found}
    for tally in tallies:
        by_run.get(tally[0], []).append(tally)
    return [_run(row, by_run[row[0]], now) for row in found]


def _run(row: Sequence[Any], mine: list[Sequence[Any]], now: datetime) -> Run:
    id_, kind, why, who, at, pid, started, outcome, job, due, ended, toolchain, *more = row
    workspace, mark, has_later = more
    if outcome == "running":
        sign = moment(max([started, *(tally[6] for tally in mine if tally[6])]))
        is_lost = born(pid) != mark if at == host() else has_later or now - sign > SILENCE
        outcome = "interrupted" if is_lost else outcome
    return Run(
        id=id_,
        kind=kind,
        why=why,
        who=who,
        host=at,
        pid=pid,
        started=moment(started),
        outcome=outcome,
        job=job,
        due=due and moment(due),
        ended=ended and moment(ended),
        toolchain=toolchain,
        workspace=workspace,
        editions={name: count for _, name, count, *_ in mine},
        findings={
            severity.value: sum(tally[3 + nth] for tally in mine)
            for nth, severity in enumerate(SEVERITIES)
        },
    )


def to_entry(row: Sequence[Any]) -> Entry:
    """An entry from the values of `statements.ENTRY`."""
    slug, outcome, started, ended, seconds, why, findings, digests, run = row
    return Entry(
        slug=slug,
        outcome=outcome,
        started=started and moment(started),
        ended=ended and moment(ended),
        seconds=float(seconds),
        why=why,
        findings=tuple(_finding(record) for record in json.loads(findings)),
        digests=dict(json.loads(digests)),
        run=run,
    )


def as_record(of: Run | Entry) -> dict[str, Any]:
    """A run or an entry as plain data that goes into JSON; times as texts."""
    values = {field.name: getattr(of, field.name) for field in fields(of)}
    if isinstance(of, Entry):
        values["findings"] = as_records(of.findings)
    return {name: text(one) if isinstance(one, datetime) else one for name, one in values.items()}


def _finding(record: dict[str, Any]) -> Finding:
    at = record["place"]
    kind = NamedPlace if at and "name" in at else Place
    place = kind(**at) if at else None
    return Finding(**{**record, "place": place, "severity": Severity(record["severity"])})
