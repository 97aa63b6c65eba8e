"""`briefgen completion`: the script that makes a shell complete commands and names."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command()
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@click.pass_context
def completion(context: click.Context, shell: str) -> None:
    """Print the completion script of a shell.

    \b
    Examples:
      briefgen completion bash >> ~/.bashrc
      briefgen completion zsh > ~/.zfunc/_briefgen
      briefgen completion fish > ~/.config/fish/completions/briefgen.fish
    """
    kind = get_completion_class(shell)
    assert kind is not None
    root = context.find_root()
    click.echo(kind(root.command, {}, "briefgen", "_BRIEFGEN_COMPLETE").source())
