"""Options that choose findings by their codes."""

from __future__ import annotations

import click

from briefgen.diagnostics.suggest import did_you_mean


def codes_option(
    context: click.Context,  # noqa: ARG001
    parameter: click.Parameter,  # noqa: ARG001
    given: tuple[str, ...],
) -> tuple[str, ...]:
    """Codes and beginnings of codes, between commas; one that begins no code is wrong usage."""
    chosen = [code.strip().upper() for part in given for code in part.split(",") if code.strip()]
    if not chosen:
        return ()
    from briefgen.check.rules import RULES
    from briefgen.diagnostics.codes import CODES

    known = [*CODES, *(rule.code for rule in RULES)]
    for code in chosen:
        if not any(one.startswith(code) for one in known):
            near = did_you_mean(code, known)
            raise click.BadParameter(
                f"no code begins with `{code}`" + (f"; {near}" if near else "")
            )
    return tuple(chosen)
