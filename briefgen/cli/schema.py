"""`briefgen schema`: JSON Schemas of the data files, for completion in editors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
from pydantic import TypeAdapter

from briefgen import __version__
from briefgen.cli.console import print_findings, root_of, stop, workspace_option
from briefgen.cli.editors import editor_files
from briefgen.cli.write_whole import write_whole
from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.draw.charts import CHARTS
from briefgen.model.briefing import Front
from briefgen.model.brokerage import Brokerage
from briefgen.model.disclosure_facts import DisclosureFacts
from briefgen.model.exhibit import Exhibits
from briefgen.model.fact import Facts
from briefgen.model.glossary import Glossary
from briefgen.model.holidays import Holidays
from briefgen.model.recommendation import Recommendations
from briefgen.model.relation import Relations
from briefgen.model.release import Attestation, Waiver
from briefgen.model.source import Sources
from briefgen.model.table import Package
from briefgen.model.theme import Theme
from briefgen.model.unit import UnitName
from briefgen.model.workspace import Settings

FILES: dict[str, Any] = {
    "attestations": tuple[Attestation, ...],
    "briefing": Front,
    "brokerage": Brokerage,
    "datapackage": Package,
    "disclosures": DisclosureFacts,
    "exhibits": Exhibits,
    "facts": Facts,
    "glossary": Glossary,
    "holidays": Holidays,
    "recommendations": Recommendations,
    "relations": Relations,
    "sources": Sources,
    "theme": Theme,
    "units": dict[str, UnitName],
    "waivers": tuple[Waiver, ...],
    "workspace": Settings,
}
"""The kinds of data files, and what each holds."""


NUMBER = r"^[-+]?[0-9]+(\.[0-9]+)?$"
"""A number that stands in quotation marks."""


def json_schema(name: str) -> dict[str, Any]:
    """The JSON Schema of a kind of file; exhibits know all chart kinds."""
    schema = TypeAdapter(FILES[name]).json_schema(by_alias=True)
    if name == "exhibits":
        charts = {kind: chart.model_json_schema() for kind, chart in CHARTS.items()}
        definitions = schema.setdefault("$defs", {})
        for kind, chart in charts.items():
            definitions |= chart.pop("$defs", {})
            definitions[f"chart-{kind}"] = chart
        definitions["Chart"] = {"oneOf": [{"$ref": f"#/$defs/chart-{kind}"} for kind in charts]}
    _as_editors_read(schema)
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return {**head, **schema, "title": f"briefgen: {name}"}


def _as_editors_read(part: Any) -> None:
    """Adapt a schema, in place, to editors, which read `100088` and `0.01` as numbers.

    Text may look like a number; a mapping whose keys have a form takes no keys of another; keys
    have no titles, which editors would show for the keys themselves.
    """
    if isinstance(part, list):
        is_number = {"number"} & {inner.get("type") for inner in part if isinstance(inner, dict)}
        for inner in part:
            if is_number and inner.get("type") == "string":
                inner.setdefault("pattern", NUMBER)
            _as_editors_read(inner)
    if not isinstance(part, dict):
        return
    if part.get("type") == "string" and not part.keys() & {"pattern", "enum", "const"}:
        part["type"] = ["string", "number"]
    for inner in part.get("properties", {}).values():
        if isinstance(inner, dict) and isinstance(inner.get("title"), str):
            del inner["title"]
    if "patternProperties" in part:
        part.setdefault("additionalProperties", False)
    for inner in part.values():
        _as_editors_read(inner)


def _complete(context: click.Context, parameter: click.Parameter, start: str) -> list[str]:  # noqa: ARG001
    return [name for name in FILES if name.startswith(start)]


@click.command()
@click.argument("name", required=False, shell_complete=_complete)
@click.option(
    "--write",
    is_flag=True,
    help="Write all schemas into the workspace, with settings that make editors use them.",
)
@workspace_option
def schema(name: str | None, write: bool, folder: Path | None) -> None:
    """Print the JSON Schema of a kind of data file; without NAME, all in one object.

    With --write, an older workspace gets completion, and after an update of briefgen new keys are
    known: .schemas/, .vscode/settings.json and .vscode/extensions.json. Settings of your own stay.

    \b
    Examples:
      briefgen schema briefing > briefing.schema.json
      briefgen schema --write
    """
    if write and name is not None:
        raise click.UsageError("--write writes all schemas; leave out NAME")
    if write:
        _write(root_of(folder))
        return
    if name is not None and name not in FILES:
        raise click.UsageError(f"unknown schema {name!r}; {did_you_mean(name, FILES)}")
    schemas: Any = json_schema(name) if name else {each: json_schema(each) for each in FILES}
    click.echo(json.dumps(schemas, ensure_ascii=False, indent=1))


def _write(root: Path) -> None:
    """Write what editors read, and say what was written."""
    out = Collector()
    made = write_whole(editor_files(root, out), root, out)
    if made.value is None:
        stop(made.findings, root)
    print_findings(made.findings, root)
    for file in made.value or ():
        click.echo(f"wrote {file.relative_to(root)}")
    if not made.value:
        click.echo(f"nothing to write: schemas and settings are those of briefgen {__version__}")
