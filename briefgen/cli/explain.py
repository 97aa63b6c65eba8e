"""`briefgen explain`: what a finding means, and the reference of all rules."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

import click

from briefgen.diagnostics.suggest import did_you_mean

if TYPE_CHECKING:
    from briefgen.check.rule import Rule
    from briefgen.model.verdict import Clause

PACKS = {
    "CHK": "Every briefing",
    "CN": "Mainland China",
    "HK": "Hong Kong",
    "US": "United States",
    "EU": "European Union",
    "UK": "United Kingdom",
    "GEN": "The house",
}
"""The packs of rules and whom they bind."""

EVIDENCE = {
    "V": "read in a primary text",
    "V2": "read in a secondary text",
    "S": "measured on samples",
    "I": "inferred from samples",
    "M": "from memory, not yet confirmed",
    "–": "our own",
}
"""How a clause is known, by its tag."""


def explanations() -> dict[str, tuple[str, str, str]]:
    """Every code with its name, severity and explanation, in the order of the codes."""
    from briefgen.check.rules import RULES
    from briefgen.diagnostics.codes import CODES

    known = {code.code: (code.name, str(code.severity), code.text) for code in CODES.values()}
    rules = {rule.code: (rule.name, str(rule.level), _of_rule(rule)) for rule in RULES}
    return dict(sorted({**known, **rules}.items()))


def _of_rule(rule: Rule) -> str:
    """The docstring of a rule, and what it rests on."""
    lines = [rule.explanation, ""]
    if rule.clause:
        lines.append(f"Clause:   {rule.clause.text} ({_evidence(rule.clause)})")
        if rule.clause.basis != "law":
            lines.append(f"Basis:    {_BASES[rule.clause.basis]}")
        if rule.clause.since:
            lines.append(f"In force: since {rule.clause.since}")
    lines.append(f"Decides:  {_DECIDES[rule.mode.value]}")
    if rule.blocks and rule.is_confirmed:
        lines.append("Weight:   nothing is issued against it, and it cannot be waived")
    return "\n".join(lines)


_BASES = {"derived": "no law; it follows from one", "house": "no law; a rule of the house"}
_DECIDES = {
    "document": "from the document alone",
    "feed": "from data of the firm, a register or the market",
    "heuristic": "it flags, and a human decides",
    "human": "a human attests, and the attestation is checked",
}


def _evidence(clause: Clause) -> str:
    return "; ".join(EVIDENCE[tag] for tag in clause.evidence.split("/"))


def reference() -> str:
    """All rules as Markdown tables, a table per pack."""
    return "\n".join(_tables())


def _tables() -> Iterator[str]:
    from briefgen.check.rules import RULES

    for pack, rules in groupby(RULES, lambda rule: rule.pack):
        listed = list(rules)
        yield f"<details><summary>{PACKS[pack]}: {len(listed)} rules</summary>\n"
        if any(rule.clause for rule in listed):
            yield "| code | finds | severity | decides by | clause |\n|---|---|---|---|---|"
        else:
            yield "| code | finds | severity |\n|---|---|---|"
        for rule in listed:
            what = rule.explanation.split("\n\n")[0].replace("\n", " ").replace("|", "\\|")
            row = f"| `{rule.code}` | {what} | {rule.level} |"
            if rule.clause:
                row += f" {rule.mode} | {rule.clause.text} ({rule.clause.evidence}) |"
            yield row
        yield "\n</details>\n"


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    return [code for code in explanations() if code.startswith(start.upper())]


@click.command()
@click.argument("code", required=False, shell_complete=_complete)
@click.option("--markdown", is_flag=True, help="The reference of all rules, as Markdown.")
def explain(code: str | None, markdown: bool) -> None:
    """Say what a finding means: what, why, a bad and a good example.

    Without CODE, all codes are listed; with a beginning such as CN, those that begin so.

    \b
    Examples:
      briefgen explain LOD402
      briefgen explain CN-18
      briefgen explain
    """
    if markdown:
        click.echo(reference())
        return
    known = explanations()
    wanted = (code or "").strip().upper()
    if wanted in known:
        name, severity, text = known[wanted]
        click.echo(f"{click.style(wanted, bold=True)} {name} ({severity})\n\n{text.strip()}")
        return
    listed = [each for each in known if each.startswith(wanted)]
    if not listed:
        raise click.UsageError(f"unknown code {code!r}; {did_you_mean(wanted, known)}")
    for each in listed:
        name, severity, text = known[each]
        click.echo(f"{each:<7}  {severity:<7}  {name:<32}  {text.splitlines()[0]}")
