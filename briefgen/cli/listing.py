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
    from briefgen.load.fronts import read_fronts

    workspace = opened(folder)
    shared, templates = workspace.shared.data, workspace.templates
    found = dict(read_fronts(workspace.data, shared, templates))
    width = max(map(len, found), default=0)
    for slug, headed in found.items():
        if headed is None:
            click.echo(f"{slug:<{width}}  has errors; see `briefgen check {slug}`")
            continue
        front, house = headed
        name = house.name_in(front.language)
        click.echo(f"{slug:<{width}}  {front.date:<10}  {name}  {front.title}")
    if not found:
        click.echo("no briefings yet: `briefgen new briefing SLUG --brokerage ID` writes one")
