"""`briefgen list`: the briefings of the workspace."""

from __future__ import annotations

from pathlib import Path

import click

from briefgen.cli.console import opened, workspace_option


@click.command("list")
@workspace_option
def list_briefings(folder: Path | None) -> None:
    """List the briefings: name, date, brokerage, title.

    \b
    Example:
      briefgen list
    """
    from briefgen.pipeline import load

    workspace = opened(folder)
    slugs = workspace.slugs()
    width = max(map(len, slugs), default=0)
    for slug in slugs:
        briefing = load(workspace, slug).made.value
        if briefing is None:
            click.echo(f"{slug:<{width}}  has errors; see `briefgen check {slug}`")
            continue
        front = briefing.front
        house = briefing.brokerage.names[front.language]
        click.echo(f"{slug:<{width}}  {front.date:<10}  {house}  {front.title}")
    if not slugs:
        click.echo("no briefings yet: `briefgen new briefing SLUG --brokerage ID` writes one")
