"""`briefgen new`: a workspace of one's own, a briefing or a brokerage in it."""

from __future__ import annotations

import shlex
import sys
from functools import partial
from pathlib import Path

import click

from briefgen.cli.answers import COLOUR, FOLDER, LANGUAGES, asked, checked
from briefgen.cli.console import STOPPED, opened, print_findings, stop, workspace_option
from briefgen.diagnostics.finding import Made
from briefgen.load.files import Folder
from briefgen.workspace import Workspace, find_root


class _New(click.Group):
    """A word that is no command is the folder of a new workspace, and options are its options."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a command, a workspace is made."""
        is_named = args[:1] and args[0] in {*self.commands, *self.get_help_option_names(ctx)}
        return super().parse_args(ctx, args if is_named else ["workspace", *args])

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The options of a new workspace stand here too."""
        own = (one for one in self.commands["workspace"].params if isinstance(one, click.Option))
        options = [found for one in own if (found := one.get_help_record(ctx))]
        with formatter.section("Options of a new workspace"):
            formatter.write_dl(options)
        super().format_options(ctx, formatter)


@click.group(
    cls=_New,
    no_args_is_help=False,
    subcommand_metavar="[FOLDER] | COMMAND …",
)
def new() -> None:
    """Make a workspace in FOLDER, with one small briefing that builds.

    On a terminal, what is not given is asked for; Enter takes the default. In a workspace,
    `briefing` and `brokerage` make a starting point to be filled in.

    \b
    Examples:
      briefgen new
      briefgen new desk --yes
      briefgen new desk --house "Example Research" --colour 1f4e79 --language en
      cd desk && briefgen preview
      briefgen new brokerage my-house
      briefgen new briefing coffee-2026-03-02 --brokerage my-house
    """


_language_option = partial(
    click.option,
    "--language",
    type=click.Choice(LANGUAGES, case_sensitive=False),
    metavar=f"[{'|'.join(LANGUAGES)}]",
)


@new.command()
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--house", metavar="NAME", help="The house's name; without it, an invented one.")
@click.option("--colour", metavar="RRGGBB", help=f"Its colour; without it, {COLOUR[1:]}.")
@_language_option(help="The language of texts; without it, zh-CN.")
@click.option("--yes", is_flag=True, help="Ask nothing; take the defaults.")
def workspace(
    folder: Path | None, house: str | None, colour: str | None, language: str | None, yes: bool
) -> None:
    """Make a workspace in FOLDER, whatever its name.

    \b
    Examples:
      briefgen new workspace briefing
      briefgen new workspace desk --yes
    """
    from briefgen.cli.starters import new_workspace

    is_asked = not yes and is_terminal()
    if folder is None and not is_asked and not yes:
        raise click.UsageError("Missing argument 'FOLDER'. With --yes it is `desk`.")
    given = checked(folder if folder or is_asked else Path(FOLDER), language, house, colour)
    if given.value is None:
        stop(given.findings, Path.cwd())
    assert given.value is not None
    try:
        answers = asked(folder, language, house, colour) if is_asked else given.value
        made = new_workspace(answers)
    except (click.Abort, KeyboardInterrupt):
        click.echo("\nstopped; nothing was made", err=True)
        sys.exit(STOPPED)
    if made.value is None:
        stop(made.findings, Path.cwd())
    (front,) = answers.folder.glob("data/briefings/*/briefing.yaml")
    click.echo(f"made {answers.folder} with the briefing {front.parent.name}")
    click.echo(f"next: cd {shlex.quote(str(answers.folder))} && briefgen preview")
    click.echo("then: briefgen build --all")


def is_terminal() -> bool:
    """Whether somebody is there to answer."""
    return sys.stdin.isatty()


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
@_language_option(help="The language of texts; without it, one that the house has a name in.")
@workspace_option
def briefing(slug: str, brokerage: str, language: str | None, folder: Path | None) -> None:
    """Make the briefing SLUG, which builds at once, with example numbers to be replaced.

    \b
    Example:
      briefgen new briefing coffee-2026-03-02 --brokerage my-house
    """
    from briefgen.cli.starters import new_briefing

    space = opened(folder)
    _tell(new_briefing(space, slug, brokerage, language), space, f"briefgen build {slug}")


@new.command()
@click.argument("brokerage", metavar="ID")
@_language_option(default=LANGUAGES[0], show_default=True, help="The language of texts.")
@workspace_option
def brokerage(brokerage: str, language: str, folder: Path | None) -> None:
    """Make the brokerage ID: names, colour, rating schemes and disclosures to be filled in.

    \b
    Example:
      briefgen new brokerage my-house
    """
    from briefgen.cli.starters import new_brokerage

    space = opened(folder)
    following = f"briefgen new briefing SLUG --brokerage {brokerage}"
    _tell(new_brokerage(space, brokerage, language), space, following)


def _tell(made: Made[list[Path]], space: Workspace, following: str) -> None:
    """Say what was written, or why nothing was."""
    if made.value is None:
        stop(made.findings, space.root)
    print_findings(made.findings, space.root)
    for name in dict.fromkeys(_shown(file.relative_to(space.root)) for file in made.value or ()):
        click.echo(f"wrote {name}")
    click.echo(f"next: {following}")


def _shown(file: Path) -> str:
    """A file; of those that editors read, their folder."""
    return f"{file.parts[0]}/" if file.parts[0].startswith(".") else file.as_posix()
