"""`briefgen build`: briefings into editions, what has not changed being left as it is."""

from __future__ import annotations

import json
import sys
from math import isfinite
from pathlib import Path

import click

from briefgen.cli.batch_view import BatchView, as_json, print_table, print_why
from briefgen.cli.console import (
    BUG,
    FAILED,
    STOPPED,
    all_option,
    chosen,
    opened,
    print_findings,
    root_of,
    slugs_argument,
    stop,
    workspace_option,
)
from briefgen.engine.batch import Batch
from briefgen.engine.bugs import CODE as BUG_CODE
from briefgen.engine.executor import MEMORY_MB, TIMEOUT_S, ExecutorError
from briefgen.engine.options import Options
from briefgen.engine.recorded import run_recorded
from briefgen.workspace import cache_folder, ledger_of

_FORMATS = ("html", "pdf", "plain")


class Formats(click.ParamType[tuple[str, ...]]):
    """A list such as `html,pdf`."""

    name = "html,pdf,plain"

    def convert(
        self, value: str, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[str, ...]:
        """The formats, in the order of the pipeline."""
        wanted = {part.strip() for part in value.split(",")}
        if unknown := sorted(wanted - set(_FORMATS)):
            self.fail(f"unknown format {unknown[0]!r}; known: {', '.join(_FORMATS)}", param, ctx)
        return tuple(name for name in _FORMATS if name in wanted)


@click.command()
@slugs_argument
@all_option
@click.option(
    "--format",
    "formats",
    type=Formats(),
    default="html,pdf",
    show_default=True,
    help="What to make; `plain` is a smaller PDF without tags and attachments.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where editions go; without it, output/ of the workspace.",
)
@click.option(
    "--jobs",
    "-j",
    type=click.IntRange(min=1),
    help="How many workers; without it, one for each processor, and none for one briefing. Not "
    "with --cluster.",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    help=f"Seconds that a worker may take for a briefing (else {TIMEOUT_S:g}); one that is built "
    "alone has a worker if this or --memory is given.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=50),
    help=f"Megabytes that a worker may take (else {MEMORY_MB}); not with --cluster.",
)
@click.option(
    "--cluster",
    metavar="ADDRESS",
    help="Have the workers of a Dask scheduler do it, such as tcp://10.0.0.9:8786.",
)
@click.option(
    "--cache",
    "cache",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of the cache; without it, $BRIEFGEN_CACHE or one in the workspace.",
)
@click.option("--no-cache", "is_fresh", is_flag=True, help="Make everything anew.")
@click.option("--why", "tells_why", is_flag=True, help="Say why each was built, and what was made.")
@click.option("--json", "is_json", is_flag=True, help="The summary as JSON.")
@workspace_option
def build(
    slugs: tuple[str, ...],
    everything: bool,
    formats: tuple[str, ...],
    output: Path | None,
    jobs: int | None,
    timeout: float | None,
    memory: int | None,
    cluster: str | None,
    cache: Path | None,
    is_fresh: bool,
    tells_why: bool,
    is_json: bool,
    folder: Path | None,
) -> None:
    """Build briefings into output/SLUG/: one HTML file, one PDF, a manifest.

    What has not changed is left as it is, and what is made again takes from the cache what it can.
    An edition holds what this build made: `--format pdf` leaves no older HTML beside a newer PDF.
    A briefing with errors is not written; its last good edition stays. The others are built all
    the same, and the exit code is 1. Ctrl-C ends the batch; the next one does what is missing.

    \b
    Examples:
      briefgen build tfzq-kimi-2024-03-25
      briefgen build price-watch --jobs 2 --why
      briefgen build --all --format pdf
      briefgen build --all --output /tmp/editions
    """
    _refuse_contradictions(
        cluster, jobs, memory, timeout, is_without_cache=is_fresh, has_cache=cache is not None
    )
    root = root_of(folder)
    wanted = chosen(root, slugs, everything=everything)
    options = Options(
        output=output or root / "output",
        formats=formats,
        cache=None if is_fresh else cache or cache_folder(root),
        jobs=jobs,
        timeout=timeout,
        memory_mb=memory,
        cluster=cluster,
    )
    ledger = ledger_of(root)
    if ledger.value is None:
        stop(ledger.findings, root)
    assert ledger.value is not None
    view = BatchView(root, len(wanted))
    batch = Batch(root, options, lambda: opened(folder), view.show)
    try:
        with view, ledger.value:
            outcomes = run_recorded(batch, wanted, ledger.value, kind="build", why="command line")
    except ExecutorError as error:
        stop([error.finding], root)
    print_findings(batch.findings, root)
    if is_json:
        click.echo(json.dumps(as_json(outcomes), ensure_ascii=False, indent=1))
    else:
        print_table(outcomes)
    if tells_why:
        print_why(outcomes)
    if batch.is_stopped:
        click.echo("stopped; `briefgen build` again does what is missing", err=True)
        sys.exit(STOPPED)
    if any(finding.code == BUG_CODE for outcome in outcomes for finding in outcome.findings):
        sys.exit(BUG)
    if any(outcome.state != "built" and outcome.state != "unchanged" for outcome in outcomes):
        sys.exit(FAILED)


def _refuse_contradictions(
    cluster: str | None,
    jobs: int | None,
    memory: int | None,
    timeout: float | None,
    *,
    is_without_cache: bool,
    has_cache: bool,
) -> None:
    """Refuse what would silently mean something else. Raises: UsageError."""
    if is_without_cache and has_cache:
        raise click.UsageError("--no-cache and --cache exclude each other")
    if timeout is not None and not isfinite(timeout):
        raise click.UsageError("--timeout is a number of seconds")
    if cluster is None:
        return
    if not cluster.strip():
        raise click.UsageError("--cluster needs the address of a scheduler, and got an empty one")
    if jobs is not None:
        raise click.UsageError("--jobs is not for --cluster: it has the workers that it has")
    if memory is not None:
        raise click.UsageError("--memory is not for --cluster: `dask worker --memory-limit` is")
