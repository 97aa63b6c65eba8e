"""A batch whose outcomes are written to the ledger as they come."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from briefgen.engine.batch import Batch
from briefgen.engine.outcome import Outcome

if TYPE_CHECKING:
    from briefgen.ledger.ledger import Ledger


def run_recorded(
    batch: Batch,
    slugs: Iterable[str],
    ledger: Ledger,
    *,
    kind: str,
    why: str,
    job: str | None = None,
    due: datetime | None = None,
) -> list[Outcome]:
    """Run a batch as a run of the ledger; the outcomes, in the order of the slugs.

    Raises: ExecutorError; the run is recorded as failed.
    """
    run = ledger.start(kind=kind, why=why, job=job, due=due)
    batch.watch = _both(batch.watch, lambda outcome: _record(ledger, run, outcome))
    ended = False
    try:
        outcomes = batch.run(slugs)
        ended = True
    finally:
        if not ended:
            ledger.finish(run, "failed")
    for outcome in outcomes:
        if outcome.state == "not-run":
            _record(ledger, run, outcome)
    has_failed = any(outcome.state == "failed" for outcome in outcomes)
    ledger.finish(run, "stopped" if batch.is_stopped else "failed" if has_failed else "done")
    batch.findings += ledger.out.findings
    return outcomes


def _record(ledger: Ledger, run: str, outcome: Outcome) -> None:
    from briefgen.ledger.records import Entry

    ended = None if outcome.state == "not-run" else ledger.now()
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
    ledger.record(run, entry)


def _both(
    one: Callable[[Outcome], None], other: Callable[[Outcome], None]
) -> Callable[[Outcome], None]:
    def told(outcome: Outcome) -> None:
        other(outcome)
        one(outcome)

    return told
