"""Runs that are written to the ledger as they go."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Finding, has_errors
from briefgen.engine.batch import Batch
from briefgen.engine.outcome import Outcome

if TYPE_CHECKING:
    from briefgen.ledger.ledger import Ledger
    from briefgen.ledger.records import Entry, RunOutcome


@dataclass(slots=True)
class Recording:
    """A run of the ledger that goes on."""

    ledger: Ledger
    batch: Batch
    id: str
    outcome: RunOutcome = "done"
    """How it ends if nothing comes between."""
    entries: dict[str, Entry] = field(default_factory=dict)

    def build(self, slugs: Iterable[str]) -> list[Outcome]:
        """Run the batch; the outcomes, in the order of the slugs.

        Raises: ExecutorError.
        """
        self.batch.watch = _both(self.batch.watch, self._record)
        outcomes = self.batch.run(slugs)
        for outcome in outcomes:
            if outcome.state == "not-run":
                self._record(outcome)
        has_failed = any(outcome.state == "failed" for outcome in outcomes)
        self.outcome = "stopped" if self.batch.is_stopped else "failed" if has_failed else "done"
        return outcomes

    def add(self, findings: Sequence[Finding]) -> None:
        """What was found when editions were published: with errors, the run has failed.

        It goes to the editions that it names, and to the first where it names none.
        """
        if has_errors(findings):
            self.outcome = "failed"
        found: dict[str, list[Finding]] = {}
        for finding in findings:
            name = finding.message.partition("`")[2].partition("`")[0].partition("/")[0]
            slug = name if name in self.entries else next(iter(self.entries), "")
            found.setdefault(slug, []).append(finding)
        for slug, more in found.items():
            if slug in self.entries:
                entry = self.entries[slug]
                self.ledger.record(self.id, replace(entry, findings=(*entry.findings, *more)))

    def _record(self, outcome: Outcome) -> None:
        from briefgen.ledger.records import Entry

        ended = None if outcome.state == "not-run" else self.ledger.now()
        entry = Entry(
            slug=outcome.slug,
            outcome=outcome.state,
            started=ended and ended - timedelta(seconds=outcome.seconds),
            ended=ended,
            seconds=outcome.seconds,
            why="; ".join(outcome.why),
            findings=outcome.findings,
            digests=outcome.outputs,
        )
        self.entries[entry.slug] = entry
        self.ledger.record(self.id, entry)


@contextmanager
def recorded(
    batch: Batch,
    ledger: Ledger,
    *,
    kind: str,
    why: str,
    job: str | None = None,
    due: datetime | None = None,
) -> Iterator[Recording]:
    """A run of the ledger, which ends with the block: by Ctrl-C stopped, by an error failed.

    What is wrong with the ledger is among the findings of the batch then.
    """
    toolchain = json.dumps(batch.toolchain, sort_keys=True).encode()
    digest = hashlib.sha256(toolchain).hexdigest()
    run = ledger.start(kind=kind, why=why, job=job, due=due, toolchain=digest)
    recording = Recording(ledger, batch, run)
    outcome: RunOutcome = "failed"
    try:
        yield recording
        outcome = recording.outcome
    except KeyboardInterrupt:
        outcome = "stopped"
        raise
    finally:
        ledger.finish(run, outcome)
        batch.findings += ledger.out.findings


def run_recorded(
    batch: Batch, slugs: Iterable[str], ledger: Ledger, *, kind: str, why: str
) -> list[Outcome]:
    """Run a batch as a run of the ledger; the outcomes, in the order of the slugs.

    Raises: ExecutorError; the run is recorded as failed.
    """
    with recorded(batch, ledger, kind=kind, why=why) as run:
        return run.build(slugs)


def _both(
    one: Callable[[Outcome], None], other: Callable[[Outcome], None]
) -> Callable[[Outcome], None]:
    def told(outcome: Outcome) -> None:
        other(outcome)
        one(outcome)

    return told
