"""`briefgen new`: a workspace of one's own."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from briefgen.cli.console import stop
from briefgen.diagnostics.finding import Finding
from briefgen.load.templates import STARTER
from briefgen.workspace import bundled_templates


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
def new(folder: Path) -> None:
    """Make a workspace in FOLDER, with one small briefing that builds.

    \b
    Examples:
      briefgen new desk
      cd desk && briefgen build --all
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(
            [Finding("WSP104", f"`{folder}` is not an empty folder", help="name a new folder")],
            Path.cwd(),
        )
    shutil.copytree(bundled_templates() / STARTER, folder, dirs_exist_ok=True)
    slugs = sorted(path.parent.name for path in folder.glob("data/briefings/*/briefing.yaml"))
    click.echo(f"made {folder} with the briefing {slugs[0]}")
    click.echo(f"next: cd {folder} && briefgen build --all")
