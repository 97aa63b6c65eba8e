"""`briefgen publish`: editions that are good onto a static site."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from briefgen.cli.console import (
    FAILED,
    STOPPED,
    chosen,
    opened,
    print_findings,
    root_of,
    slugs_argument,
    stop,
    workspace_option,
)

if TYPE_CHECKING:
    from briefgen.engine.outcome import Outcome
    from briefgen.engine.recorded import Recording
    from briefgen.workspace import Workspace


@click.command()
@slugs_argument
@click.option(
    "--to",
    "to",
    type=click.Path(path_type=Path, file_okay=False),
    required=True,
    help="The folder of the site; a new one, or one that this command made.",
)
@click.option(
    "--jobs", "-j", type=click.IntRange(min=1), help="How many workers, as `briefgen build` has it."
)
@click.option(
    "--withdraw",
    metavar="SLUG[@VERSION]",
    help="Take an edition, or one version of it, off the site; a note of it stays.",
)
@click.option("--reason", metavar="TEXT", help="Why it is withdrawn, for readers of the site.")
@workspace_option
def publish(
    slugs: tuple[str, ...],
    to: Path,
    jobs: int | None,
    withdraw: str | None,
    reason: str | None,
    folder: Path | None,
) -> None:
    """Build briefings, and put the good editions on the static site in a folder.

    Without SLUG, all briefings. The site has a list with search and filters, a page for each
    edition, a feed and the digests of all files. What was published stays there and is linked.
    A draft, and an edition with errors, with altered files or a PDF that is not valid, is not
    published: the output says why, the exit code is 1, and the others are published.

    With --withdraw nothing is built: the files of that edition are removed, its page says that it
    was withdrawn and when. That version does not come back; another one of it may.

    \b
    Examples:
      briefgen publish --to site
      briefgen publish tfzq-kimi-2024-03-25 --to site
      briefgen publish --to site --withdraw tfzq-kimi-2024-03-25
    """
    if withdraw is not None:
        if slugs:
            raise click.UsageError("--withdraw builds nothing: name no briefings beside it")
        sys.exit(take_off_site(opened(folder), withdraw, to, reason))
    if reason is not None:
        raise click.UsageError("--reason goes with --withdraw")
    from briefgen.cli.batch_view import BatchView
    from briefgen.engine.batch import Batch
    from briefgen.engine.executor import ExecutorError
    from briefgen.engine.options import Options
    from briefgen.engine.recorded import recorded
    from briefgen.workspace import cache_folder, ledger_of

    root = root_of(folder)
    wanted = chosen(root, slugs, everything=not slugs)
    ledger = ledger_of(root)
    if ledger.value is None:
        stop(ledger.findings, root)
    assert ledger.value is not None
    workspace = opened(folder)
    options = Options(output=root / "output", cache=cache_folder(root), jobs=jobs)
    view = BatchView(root, len(wanted))
    batch = Batch(root, options, lambda: workspace, view.show)
    try:
        with (
            ledger.value,
            recorded(batch, ledger.value, kind="publish", why="command line") as run,
        ):
            with view:
                outcomes = run.build(wanted)
            code = STOPPED if batch.is_stopped else put_on_site(workspace, outcomes, to, run)
    except ExecutorError as error:
        stop([error.finding], root)
    except KeyboardInterrupt:
        code = STOPPED
    print_findings(batch.findings, root)
    if code == STOPPED:
        click.echo("stopped; nothing was published", err=True)
    sys.exit(code)


def put_on_site(workspace: Workspace, outcomes: list[Outcome], to: Path, run: Recording) -> int:
    """Publish what a batch built, say and record what became of it; the exit code."""
    from briefgen.engine.publishing import publish_outcomes

    made = publish_outcomes(workspace, outcomes, to)
    print_findings(made.findings, workspace.root)
    run.add(made.findings)
    if made.value is None:
        return FAILED
    told = made.value
    counts = f"{len(told.added)} new, {len(told.unchanged)} unchanged, {len(told.refused)} refused"
    place = to / "index.html" if (to / "index.html").exists() else "no site"
    click.echo(f"{place}: {counts}; {told.editions} in all")
    return FAILED if made.failed else 0


def take_off_site(workspace: Workspace, wanted: str, to: Path, reason: str | None) -> int:
    """Withdraw an edition, or a version of it, and say so; the exit code."""
    from briefgen.engine.publishing import withdraw_from

    at = datetime.now(UTC).replace(microsecond=0)
    made = withdraw_from(workspace, wanted, to, at, reason)
    print_findings(made.findings, workspace.root)
    if made.value is None:
        return FAILED
    for one in made.value:
        click.echo(f"{to / one.slug / one.id}: withdrawn")
    if not made.value:
        click.echo(f"`{wanted}` was withdrawn before")
    return 0
