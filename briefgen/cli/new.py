"""`briefgen new`: a workspace of one's own, a briefing or a brokerage in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import click

from briefgen.cli.console import opened, stop, workspace_option
from briefgen.diagnostics.finding import Finding, Made
from briefgen.load.files import Folder
from briefgen.workspace import Workspace, bundled_templates, find_root


class _New(click.Group):
    """A word that is no command is the folder of a new workspace."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a word, the folder is what is missing."""
        return super().parse_args(ctx, args or ["workspace"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, its name and its arguments."""
        if args[0] in self.commands or args[0].startswith("-"):
            return super().resolve_command(ctx, args)
        return super().resolve_command(ctx, ["workspace", *args])


@click.group(
    cls=_New,
    no_args_is_help=False,
    subcommand_metavar="FOLDER | COMMAND …",
)
def new() -> None:
    """Make a workspace in FOLDER, with one small briefing that builds.

    In a workspace, `briefing` and `brokerage` make a starting point to be filled in.

    \b
    Examples:
      briefgen new desk
      cd desk && briefgen build --all
      briefgen new brokerage my-house
      briefgen new briefing coffee-2026-03-02 --brokerage my-house
    """


@new.command()
@click.argument("folder", type=click.Path(path_type=Path))
def workspace(folder: Path) -> None:
    """Make a workspace in FOLDER, whatever its name.

    \b
    Example:
      briefgen new workspace briefing
    """
    from briefgen.load.templates import STARTER

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        stop(
            [Finding("WSP104", f"`{folder}` is not an empty folder", help="name a new folder")],
            Path.cwd(),
        )
    shutil.copytree(bundled_templates() / STARTER, folder, dirs_exist_ok=True)
    slugs = sorted(path.parent.name for path in folder.glob("data/briefings/*/briefing.yaml"))
    click.echo(f"made {folder} with the briefing {slugs[0]}")
    click.echo(f"next: cd {folder} && briefgen build --all")


def _complete_brokerage(
    context: click.Context,  # noqa: ARG001
    parameter: click.Parameter,  # noqa: ARG001
    start: str,
) -> list[str]:
    from briefgen.load.shared import brokerage_ids

    root = find_root(Path.cwd())
    ids = brokerage_ids(Folder(root, root / "data")) if root else []
    return [name for name in ids if name.startswith(start)]


@new.command()
@click.argument("slug")
@click.option(
    "--brokerage",
    required=True,
    metavar="ID",
    shell_complete=_complete_brokerage,
    help="The house that issues it: a file of data/brokerages/, without `.yaml`.",
)
@workspace_option
def briefing(slug: str, brokerage: str, folder: Path | None) -> None:
    """Make the briefing SLUG, which builds at once, with example numbers to be replaced.

    \b
    Example:
      briefgen new briefing coffee-2026-03-02 --brokerage my-house
    """
    from briefgen.cli.starters import new_briefing

    space = opened(folder)
    _tell(new_briefing(space, slug, brokerage), space, f"briefgen build {slug}")


@new.command()
@click.argument("brokerage", metavar="ID")
@workspace_option
def brokerage(brokerage: str, folder: Path | None) -> None:
    """Make the brokerage ID: names, colour, rating schemes and disclosures to be filled in.

    \b
    Example:
      briefgen new brokerage my-house
    """
    from briefgen.cli.starters import new_brokerage

    space = opened(folder)
    following = f"briefgen new briefing SLUG --brokerage {brokerage}"
    _tell(new_brokerage(space, brokerage), space, following)


def _tell(made: Made[list[Path]], space: Workspace, following: str) -> None:
    """Say what was written, or why nothing was."""
    if made.value is None:
        stop(made.findings, space.root)
    for file in made.value or ():
        click.echo(f"wrote {file.relative_to(space.root)}")
    click.echo(f"next: {following}")
