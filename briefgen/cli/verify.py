"""`briefgen verify`: makes an edition again and compares."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from briefgen.cli.console import FAILED, opened, print_findings, stop, workspace_option
from briefgen.diagnostics.finding import has_errors
from briefgen.diagnostics.show import tally
from briefgen.workspace import find_root


@click.command()
@click.argument("path", type=click.Path(path_type=Path, exists=True))
@workspace_option
def verify(path: Path, folder: Path | None) -> None:
    """Make an edition again and say whether it is the same, byte by byte, or what differs.

    PATH is an edition's folder, or its PDF alone: the PDF of a reconstruction carries the data that
    it was made from, that of another briefing only their digests. With `--workspace` the edition is
    made from the data there; without, from those that it carries, else from the workspace that it
    stands in. What was used is compared too: inputs, briefgen, fonts, libraries.

    \b
    Examples:
      briefgen verify output/tfzq-kimi-2024-03-25
      briefgen verify ~/Downloads/tfzq-kimi-2024-03-25.pdf
      briefgen verify old/q3.pdf --workspace .
    """
    from briefgen.verify import read_published
    from briefgen.verify import verify as compare

    read = read_published(path)
    if read.value is None:
        stop(read.findings, Path.cwd())
    assert read.value is not None
    published = read.value
    around = find_root(path.resolve()) if published.sources is None else None
    workspace = opened(folder or around) if folder or around else None
    found = [*read.findings, *compare(published, workspace).findings]
    print_findings(found, Path.cwd())
    if has_errors(found):
        click.echo(tally(found), err=True)
        sys.exit(FAILED)
    made_from = f"the data of {workspace.root}" if workspace else "the data that it carries"
    click.echo(f"identical: {', '.join(published.files)}; made again from {made_from}")
