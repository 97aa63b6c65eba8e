"""`briefgen gallery`: every kind of chart, table and section and every theme, as a page."""

from __future__ import annotations

from pathlib import Path

import click

from briefgen.cli.console import opened, print_findings, stop, workspace_option
from briefgen.workspace import cache_folder, find_root


@click.command()
@click.option(
    "--to",
    "to",
    type=click.Path(path_type=Path, file_okay=False),
    show_default="output/gallery",
    help="The folder of the page.",
)
@workspace_option
def gallery(to: Path | None, folder: Path | None) -> None:
    """Write a page that shows every kind of chart, table and section and every theme.

    Each with what it is for, its keys, and the YAML, CSV and Markdown that made it, to copy from.
    All data are invented. In a workspace its own themes are shown too; without one, those that come
    with briefgen.

    \b
    Examples:
      briefgen gallery
      briefgen gallery --to site-of-kinds
    """
    from briefgen.cli.write_whole import write_whole
    from briefgen.diagnostics.finding import Collector
    from briefgen.gallery.make import gallery as made_gallery

    root = find_root((folder or Path.cwd()).resolve())
    desk = opened(folder) if root or folder else None
    made = made_gallery(desk, root and cache_folder(root))
    home = root or Path.cwd()
    print_findings(made.findings, home)
    if made.value is None:
        stop((), home)
    assert made.value is not None
    to = to or home / "output" / "gallery"
    files = {to / name: html for name, html in made.value.pages.items()}
    written = write_whole(files, home, Collector())
    if written.value is None:
        stop(written.findings, home)
    click.echo(f"{to / 'index.html'}: {len(made.value.entries)} entries")
