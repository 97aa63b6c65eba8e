"""`briefgen explain`: what a finding means."""

from __future__ import annotations

import click

from briefgen.check.rules import RULES
from briefgen.diagnostics.codes import CODES
from briefgen.diagnostics.suggest import did_you_mean


def explanations() -> dict[str, tuple[str, str, str]]:
    """Every code with its name, severity and explanation, in the order of the codes."""
    known = {code.code: (code.name, str(code.severity), code.text) for code in CODES.values()}
    rules = {rule.code: (rule.name, str(rule.severity), rule.explanation) for rule in RULES}
    return dict(sorted({**known, **rules}.items()))


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    return [code for code in explanations() if code.startswith(start.upper())]


@click.command()
@click.argument("code", required=False, shell_complete=_complete)
def explain(code: str | None) -> None:
    """Say what a finding means: what, why, a bad and a good example.

    Without CODE, all codes are listed.

    \b
    Examples:
      briefgen explain LOD402
      briefgen explain
    """
    known = explanations()
    if code is None:
        for each, (name, severity, text) in known.items():
            click.echo(f"{each}  {severity:<7}  {name:<32}  {text.splitlines()[0]}")
        return
    if code.upper() not in known:
        raise click.UsageError(f"unknown code {code!r}; {did_you_mean(code.upper(), known)}")
    name, severity, text = known[code.upper()]
    click.echo(f"{click.style(code.upper(), bold=True)} {name} ({severity})\n\n{text.strip()}")
