"""One run of a job: its briefings are built, and those that are good are published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from briefgen.cli.batch_view import BatchView, print_table
from briefgen.cli.console import BUG, FAILED, STOPPED, print_findings
from briefgen.cli.publish import put_on_site
from briefgen.engine.batch import Batch
from briefgen.engine.bugs import CODE as BUG_CODE
from briefgen.engine.executor import ExecutorError
from briefgen.engine.options import Options
from briefgen.engine.recorded import recorded
from briefgen.model.job import length
from briefgen.schedule.jobs import chosen
from briefgen.workspace import cache_folder

if TYPE_CHECKING:
    from briefgen.engine.outcome import Outcome
    from briefgen.ledger.ledger import Ledger
    from briefgen.model.job import Job
    from briefgen.workspace import Workspace


def run_once(
    workspace: Workspace, name: str, job: Job, ledger: Ledger, due: datetime | None, why: str
) -> int:
    """Run a job, and give the exit code, which is that of `briefgen build`."""
    slugs = chosen(workspace, job)
    options = Options(
        output=workspace.output,
        cache=cache_folder(workspace.root),
        jobs=job.jobs,
        timeout=length(job.timeout).total_seconds() if job.timeout else None,
    )
    if job.formats:
        options = replace(options, formats=job.formats)
    view = BatchView(workspace.root, len(slugs))
    batch = Batch(workspace.root, options, lambda: workspace, view.show)
    try:
        with recorded(batch, ledger, kind="schedule", why=why, job=name, due=due) as run:
            with view:
                outcomes = run.build(slugs)
            print_table(outcomes)
            code = STOPPED if batch.is_stopped else _exit_code(outcomes)
            if job.publish is not None and not batch.is_stopped:
                code = max(
                    code, put_on_site(workspace, outcomes, workspace.root / job.publish, run)
                )
    except KeyboardInterrupt:
        code = STOPPED
    except ExecutorError as error:
        print_findings([error.finding], workspace.root)
        return FAILED
    print_findings(batch.findings, workspace.root)
    return code


def _exit_code(outcomes: list[Outcome]) -> int:
    if any(finding.code == BUG_CODE for outcome in outcomes for finding in outcome.findings):
        return BUG
    return FAILED if any(outcome.state == "failed" for outcome in outcomes) else 0
