"""`briefgen ratings`: the rating schemes of brokerages, and the class of a return."""

from __future__ import annotations

import json
import re
import sys
import unicodedata
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

from briefgen.cli.bands import MEASURES, READ_AS, aligned, diagram, table, told
from briefgen.cli.console import FAILED, opened, print_findings, stop, workspace_option
from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.files import Folder
from briefgen.load.shared import brokerage_ids, load_brokerage
from briefgen.model.brokerage import Brokerage
from briefgen.model.rating import Reading, Scheme
from briefgen.model.stretches import faults
from briefgen.workspace import Workspace, find_root


def _ids(start: str) -> list[str]:
    root = find_root(Path.cwd())
    ids = brokerage_ids(Folder(root, root / "data")) if root else []
    return [name for name in ids if name.startswith(start)]


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    return _ids(start)


class _Ratings(click.Group):
    """A word that is no command is a brokerage."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Without a word, all schemes are listed."""
        is_bare = not args or (args[0].startswith("-") and args[0] not in {"-h", "--help"})
        is_called = is_bare and not ctx.resilient_parsing
        return super().parse_args(ctx, ["show", *args] if is_called else args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is called, its name and its arguments."""
        is_command = args[0] in self.commands
        return super().resolve_command(ctx, args if is_command else ["show", *args])

    def shell_complete(
        self, ctx: click.Context, incomplete: str
    ) -> list[click.shell_completion.CompletionItem]:
        """The commands, and the brokerages."""
        items = [click.shell_completion.CompletionItem(name) for name in _ids(incomplete)]
        return [*super().shell_complete(ctx, incomplete), *items]


@click.group(cls=_Ratings, no_args_is_help=False, subcommand_metavar="[BROKERAGE] | COMMAND …")
def ratings() -> None:
    """Show the rating schemes of a brokerage: what each rating means, and what is wrong with it.

    Without BROKERAGE, the schemes of all are listed. In the diagram, `[` and `]` mark bounds that
    belong to the class, `(` and `)` those that do not, `?` those of which the source does not say;
    `!` marks returns that have no class, or several.

    \b
    Examples:
      briefgen ratings
      briefgen ratings tfzq
      briefgen ratings classify tfzq --kind stock --excess 12.5%
    """


_as_json = click.option("--json", "as_json", is_flag=True, help="For other programs.")


@ratings.command(hidden=True)
@click.argument("brokerage", required=False, shell_complete=_complete)
@_as_json
@workspace_option
def show(brokerage: str | None, as_json: bool, folder: Path | None) -> None:
    """Show the rating schemes of a brokerage, or list those of all.

    \b
    Example:
      briefgen ratings tfzq
    """
    workspace = opened(folder)
    names = [brokerage] if brokerage is not None else brokerage_ids(workspace.data)
    houses = {name: _house(workspace, name) for name in names}
    if as_json:
        _print_json({name: _record(house) for name, house in houses.items()})
    elif brokerage is None:
        rows = [row for name, house in houses.items() for row in _listed(name, house)]
        click.echo("\n".join(aligned(rows)) if rows else "no brokerages yet")
    else:
        _print(brokerage, houses[brokerage])


def _house(workspace: Workspace, name: str) -> Brokerage:
    """A brokerage; ends the command when there is none, or its file has errors."""
    known = brokerage_ids(workspace.data)
    if name not in known:
        hint = did_you_mean(name, known)
        raise click.UsageError(f"there is no brokerage `{name}`{f'; {hint}' if hint else ''}")
    out = Collector()
    house = load_brokerage(workspace.data, name, SourceMap(), out)
    if house is None:
        stop(out.findings, workspace.root)
    assert house is not None
    print_findings(out.findings, workspace.root)
    return house


def _name(house: Brokerage) -> str:
    return next(iter(house.names.values()))


def _listed(name: str, house: Brokerage) -> list[tuple[str, ...]]:
    if not house.schemes:
        return [(name, _name(house), "no schemes", "", "")]
    return [
        (name, _name(house), kind, " / ".join(r.label for r in scheme.from_best), _verdict(scheme))
        for kind, scheme in house.schemes.items()
    ]


def _verdict(scheme: Scheme) -> str:
    found = len(faults(scheme))
    return f"{found} fault{'s' if found > 1 else ''}" if found else "each return has one class"


def _print(name: str, house: Brokerage) -> None:
    if not house.schemes:
        click.echo(f"{name} ({_name(house)}) defines no ratings")
    for number, (kind, scheme) in enumerate(house.schemes.items()):
        if number:
            click.echo()
        title = click.style(f"{kind} ratings of {name} ({_name(house)})", bold=True)
        click.echo(f"{title}: {MEASURES[scheme.measure]}\n")
        click.echo("\n".join((*table(scheme), "", *diagram(scheme))))
        found = faults(scheme)
        if found:
            click.echo()
        for stretch in found:
            click.echo(f"{click.style('!', fg='yellow')} {told(stretch)}")


def _record(house: Brokerage) -> dict[str, Any]:
    return {
        "names": house.names,
        "schemes": {
            kind: {
                **scheme.model_dump(mode="json"),
                "faults": [
                    {
                        "returns": str(stretch),
                        "claims": dict(zip(Reading, stretch.claims, strict=True)),
                    }
                    for stretch in faults(scheme)
                ],
            }
            for kind, scheme in house.schemes.items()
        },
    }


def _percent(
    context: click.Context,  # noqa: ARG001
    parameter: click.Parameter,  # noqa: ARG001
    text: str | None,
) -> Decimal | None:
    """The number of a return in percent: `12.5`, `12.5%`, `-3%`, `−３％`."""
    if text is None:
        return None
    plain = unicodedata.normalize("NFKC", text).replace("\N{MINUS SIGN}", "-")
    match = re.fullmatch(r"\s*([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*(%?)\s*", plain, re.ASCII)
    if match is None:
        raise click.BadParameter(f"{text!r} is no percentage like 12.5, 12.5% or -3%")
    value = Decimal(match[1])
    if 0 < abs(value) < 1 and not match[2]:
        click.echo(
            f"warning: {text!r} is read as {value:f}%, not as {(value * 100).normalize():f}%",
            err=True,
        )
    return value


@ratings.command()
@click.argument("brokerage", shell_complete=_complete)
@click.option(
    "--kind",
    type=click.Choice(["stock", "sector"]),
    default="stock",
    show_default=True,
    help="Which of the schemes.",
)
@click.option("--excess", callback=_percent, help="The return against the benchmark, in percent.")
@click.option(
    "--return",
    "own",
    callback=_percent,
    help="The change of the price or index, in percent.",
)
@_as_json
@workspace_option
def classify(
    brokerage: str,
    kind: str,
    excess: Decimal | None,
    own: Decimal | None,
    as_json: bool,
    folder: Path | None,
) -> None:
    """Say which rating of a brokerage a return earns, or why that cannot be said.

    Where the side of a bound is not stated, each reading has its answer. The exit code is 0 when
    there is one rating, else 1.

    \b
    Examples:
      briefgen ratings classify tfzq --kind stock --excess 12.5%
      briefgen ratings classify example --return -3%
    """
    value = excess if excess is not None else own
    if value is None or (excess is not None and own is not None):
        raise click.UsageError("give either --excess or --return")
    house = _house(opened(folder), brokerage)
    scheme = next((one for name, one in house.schemes.items() if name == kind), None)
    answers: dict[Reading, tuple[str, ...]] = {}
    reason = None
    if scheme is None:
        reason = f"{brokerage} defines no {kind} ratings"
    elif (scheme.measure == "relative_return") != (excess is not None):
        option = "--excess" if scheme.measure == "relative_return" else "--return"
        reason = f"the {kind} ratings of {brokerage} measure the {MEASURES[scheme.measure]}"
        reason += f": give {option}"
    else:
        answers = {reading: scheme.claimants(value, reading) for reading in Reading}
        reason = _reason(answers)
    label = answers[Reading.CLOSED][0] if answers and reason is None else None
    if as_json:
        record = {"brokerage": brokerage, "kind": kind, "percent": f"{value:f}"}
        _print_json({**record, "rating": label, "reason": reason, "readings": answers})
    elif label is not None:
        click.echo(f"{value:f}%: {label}")
    else:
        click.echo(f"{value:f}%: cannot say: {reason}")
        if len(set(answers.values())) > 1:
            for reading, labels in answers.items():
                click.echo(f"  {READ_AS[reading]} included: {' and '.join(labels) or 'no class'}")
    if label is None:
        sys.exit(FAILED)


def _reason(answers: dict[Reading, tuple[str, ...]]) -> str | None:
    """Why there is not one rating."""
    different = set(answers.values())
    if len(different) > 1:
        return "the scheme does not state to which class this bound belongs"
    labels = different.pop()
    if len(labels) > 1:
        return f"{' and '.join(labels)} both claim it" if len(labels) == 2 else "several claim it"
    return None if labels else "no class claims it"


def _print_json(record: dict[str, Any]) -> None:
    click.echo(json.dumps(record, ensure_ascii=False, indent=1))
