"""`briefgen`: the commands and what a failure looks like."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefgen import __version__
from briefgen.cli.commands import COMMANDS, Commands
from briefgen.engine.collecting import collect_seldom

BUG = 3
"""Exit code of an error that is ours: 0 is clean, 1 findings of error level, 2 wrong usage."""


@click.group(
    cls=Commands,
    commands=COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 96},
)
@click.version_option(__version__, prog_name="briefgen")
def cli() -> None:
    """Sector briefings from curated data: HTML and PDF, every number bound to its source.

    \b
    Examples:
      briefgen new desk && cd desk        a workspace of your own, with a small briefing
      briefgen build --all                build every briefing into output/
      briefgen check tfzq-kimi-2024-03-25
      briefgen explain LOD402             what a finding means and how to mend it

    Exit codes: 0 clean, 1 findings of error level, 2 wrong usage, 3 a bug in briefgen,
    130 stopped by Ctrl-C.
    """


def main() -> None:
    """Run the command line; an error that nobody expected is saved and shown in two lines."""
    collect_seldom()
    try:
        cli(prog_name="briefgen")
    except OSError as error:
        click.echo(f"briefgen: {error.strerror or error}: {error.filename or 'output'}", err=True)
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 the last resort
        import tempfile
        import traceback

        with tempfile.NamedTemporaryFile(
            "w", prefix="briefgen-bug-", suffix=".txt", delete=False, encoding="utf-8"
        ) as file:
            file.write(f"briefgen {__version__}\n{' '.join(sys.argv[1:])}\n\n")
            file.write(traceback.format_exc())
        click.echo(f"briefgen: a bug in briefgen: {type(error).__name__}: {error}", err=True)
        click.echo(
            f"the traceback is in {Path(file.name)}; please report it with that file", err=True
        )
        sys.exit(BUG)
