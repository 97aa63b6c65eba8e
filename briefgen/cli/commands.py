"""The table of commands; the module of a command is imported when the command is called.

To add one: a line in `COMMANDS`. Nothing heavy may be imported when its module is: what a command
works with is imported in the function.
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

import click


class Waiting(click.Command):
    """Stands for a command that is not imported yet; enough to be listed and completed."""

    def __init__(self, name: str, where: str, help: str) -> None:
        super().__init__(name, help=help)
        self.where = where

    def loaded(self) -> click.Command:
        """The command itself."""
        module, _, attribute = self.where.partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


class Commands(click.Group):
    """A group whose commands are imported when they are called."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, its name and its arguments."""
        name, command, rest = super().resolve_command(ctx, args)
        return name, command.loaded() if isinstance(command, Waiting) else command, rest

    def invoke(self, ctx: click.Context) -> Any:
        """Call the command; where it does not meet Ctrl-C itself, that ends it."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            from briefgen.cli.console import STOPPED

            click.echo("stopped", err=True)
            ctx.exit(STOPPED)


COMMANDS = (
    Waiting(
        "attest",
        "briefgen.cli.attest:attest",
        "Vouch that a briefing meets RULE, where the rule asks for a human.",
    ),
    Waiting(
        "build",
        "briefgen.cli.build:build",
        "Build briefings into output/SLUG/: one HTML file, one PDF, a manifest.",
    ),
    Waiting(
        "cache",
        "briefgen.cli.cache:cache",
        "Look at the cache of drawings, pages, PDFs and editions, check it, make it smaller.",
    ),
    Waiting(
        "check",
        "briefgen.cli.check:check",
        "Check briefings: files, names, numbers, units, ratings, exhibits.",
    ),
    Waiting(
        "completion",
        "briefgen.cli.completion:completion",
        "Print the completion script of a shell.",
    ),
    Waiting(
        "doctor",
        "briefgen.cli.doctor:doctor",
        "Look over Python, libraries, Pango, fonts and the workspace; say how to mend what is "
        "missing.",
    ),
    Waiting(
        "explain",
        "briefgen.cli.explain:explain",
        "Say what a finding means: what, why, a bad and a good example.",
    ),
    Waiting(
        "gallery",
        "briefgen.cli.gallery:gallery",
        "Write a page that shows every kind of chart, table and section and every theme.",
    ),
    Waiting(
        "list",
        "briefgen.cli.listing:list_briefings",
        "List the briefings: name, date, brokerage, title.",
    ),
    Waiting(
        "new",
        "briefgen.cli.new:new",
        "Make a workspace in FOLDER, with one small briefing that builds.",
    ),
    Waiting(
        "preview",
        "briefgen.cli.preview:preview",
        "Show briefings in the browser, made again whenever a file is saved.",
    ),
    Waiting(
        "publish",
        "briefgen.cli.publish:publish",
        "Build briefings, and put the good editions on the static site in a folder.",
    ),
    Waiting(
        "ratings",
        "briefgen.cli.ratings:ratings",
        "Show the rating schemes of a brokerage: what each rating means, and what is wrong with "
        "it.",
    ),
    Waiting(
        "runs",
        "briefgen.cli.runs:runs",
        "List the latest runs, or show RUN with its editions and findings.",
    ),
    Waiting(
        "schedule",
        "briefgen.cli.schedule:schedule",
        "Run the jobs of data/workspace.yaml, or show when they are due.",
    ),
    Waiting(
        "schema",
        "briefgen.cli.schema:schema",
        "Print the JSON Schema of a kind of data file; without NAME, all in one object.",
    ),
    Waiting(
        "verify",
        "briefgen.cli.verify:verify",
        "Make an edition again and say whether it is the same, byte by byte, or what differs.",
    ),
)
"""Name, where the command stands, and the first sentence of its docstring."""
