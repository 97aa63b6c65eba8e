"""`briefgen attest`: a person vouches for what no program can know."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import get_args

import click
import yaml
from pydantic import TypeAdapter, ValidationError

from briefgen.check.rules import RULES
from briefgen.cli.console import chosen, complete_slug, opened, stop, workspace_option
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.editions import edition_folder
from briefgen.load.release import ATTESTATIONS, release_file
from briefgen.model.digest import digest
from briefgen.model.release import Attestation, Role
from briefgen.model.value import Slug
from briefgen.pipeline import load


def _slug(context: click.Context, parameter: click.Parameter, value: str) -> str:
    """An id as the data know it."""
    try:
        return TypeAdapter(Slug).validate_python(value)
    except ValidationError:
        message = f"{value!r} is no id: small letters, digits, single hyphens"
        raise click.BadParameter(message, context, parameter) from None


@click.command()
@click.argument("slug", shell_complete=complete_slug)
@click.argument("rule")
@click.option("--by", required=True, callback=_slug, help="Your id in the house.")
@click.option("--role", required=True, type=click.Choice(get_args(Role)), help="Your function.")
@click.option("--date", "on", required=True, type=click.DateTime(["%Y-%m-%d"]), help="The day.")
@click.option("--statement", required=True, help="What you vouch for, in your own words.")
@click.option("--subject", help="What within the rule, as the finding names it.")
@workspace_option
def attest(
    slug: str,
    rule: str,
    by: str,
    role: Role,
    on: datetime,
    statement: str,
    subject: str | None,
    folder: Path | None,
) -> None:
    """Vouch that a briefing meets RULE, where the rule asks for a human.

    The attestation is added to attestations.yaml beside the briefing, for an edition of a family to
    attestations.KEY.yaml. It holds for the briefing as it is now: any change of it, of what it
    names or of the templates voids it.

    \b
    Example:
      briefgen attest coffee-2026-03-02 CN-21 --subject compliance --by li-01
        --role compliance --date 2026-03-02 --statement 合规审核已完成
    """
    known = [each.code for each in RULES]
    if rule not in known:
        raise click.UsageError(f"unknown rule {rule!r}; {did_you_mean(rule, known)}")
    workspace = opened(folder)
    slugs = chosen(workspace.root, (slug,), everything=False)
    if slugs != [slug]:
        raise click.UsageError(
            f"`{slug}` has {len(slugs)} editions, such as `{slugs[0]}`: name one"
        )
    loaded = load(workspace, slug)
    briefing = loaded.made.value
    if briefing is None:
        stop(loaded.made.findings, workspace.root)
        return
    entry = Attestation(
        rule=rule,
        subject=subject,
        statement=statement,
        by=by,
        role=role,
        date=on.date(),
        digest=digest(briefing, loaded.release.waivers, workspace.templates),
    )
    home = edition_folder(workspace.data, slug)
    file = home.path / release_file(home, ATTESTATIONS)
    record = entry.model_dump(mode="json", exclude_none=True)
    with file.open("a", encoding="utf-8") as written:
        written.write(yaml.safe_dump([record], allow_unicode=True, sort_keys=False))
    click.echo(f"{slug}: {by} ({role}) vouches for {rule}; written to {home.shown(file.name)}")
