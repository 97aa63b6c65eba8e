"""`briefgen schema`: schemas that are whole, and that the shipped data files obey."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from briefgen.cli.editors import globs_of
from briefgen.cli.main import cli
from briefgen.cli.schema import FILES, json_schema

ROOT = Path(__file__).parents[2]
WORKSPACES = (ROOT, ROOT / "tests/full_desk")
DECIDED = {"attestations", "holidays", "waivers"}
"""Files that people write when there is something to decide; none is shipped."""
TYPES: dict[str, Any] = {
    "object": dict,
    "array": list,
    "string": str,
    "boolean": bool,
    "integer": int,
    "number": (int, float),
    "null": type(None),
}


class EditorLoader(yaml.SafeLoader):
    """Reads YAML as editors do: numbers are numbers, days are text."""


EditorLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in found if not tag.endswith(("timestamp", "merge"))]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_list(kinds: str | list[str]) -> list[str]:
    return [kinds] if isinstance(kinds, str) else kinds


def is_a(data: Any, kind: str) -> bool:
    if isinstance(data, bool):
        return kind == "boolean"
    return isinstance(data, TYPES[kind])


def faults(data: Any, schema: Any, whole: Any, at: str = "") -> Iterator[str]:
    """Where data does not obey a schema; knows the keywords that our schemas use."""
    if "$ref" in schema:
        schema = whole["$defs"][schema["$ref"].removeprefix("#/$defs/")] | schema
    for key in ("anyOf", "oneOf"):
        if key in schema and all(any(faults(data, s, whole, at)) for s in schema[key]):
            yield f"{at}: none of {key}"
    if "type" in schema and not any(is_a(data, kind) for kind in as_list(schema["type"])):
        yield f"{at}: {data!r} is no {schema['type']}"
    if data not in schema.get("enum", [data]) or data != schema.get("const", data):
        yield f"{at}: {data!r} is no choice"
    if isinstance(data, str) and not re.search(schema.get("pattern", ""), data):
        yield f"{at}: {data!r} has not the form {schema['pattern']}"
    if isinstance(data, list) and "items" in schema:
        for number, item in enumerate(data):
            yield from faults(item, schema["items"], whole, f"{at}[{number}]")
    if isinstance(data, dict):
        known, more = schema.get("properties", {}), schema.get("additionalProperties", True)
        for key in set(schema.get("required", ())) - data.keys():
            yield f"{at}: {key} is missing"
        forms = schema.get("patternProperties", {})
        for key, value in data.items():
            fitting = [part for form, part in forms.items() if re.search(form, key)]
            for part in [known[key]] if key in known else fitting:
                yield from faults(value, part, whole, f"{at}.{key}")
            if key in known or fitting:
                continue
            if more is False:
                yield f"{at}: {key} is unknown"
            if isinstance(more, dict):
                yield from faults(value, more, whole, f"{at}.{key}")


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """A schema and all schemas in it."""
    if isinstance(schema, dict):
        yield schema
        for inner in schema.values():
            yield from parts(inner)
    elif isinstance(schema, list):
        for inner in schema:
            yield from parts(inner)


@pytest.mark.parametrize("name", FILES)
def test_a_schema_is_printed_as_json(name: str) -> None:
    done = CliRunner().invoke(cli, ["schema", name])
    assert done.exit_code == 0
    schema = json.loads(done.stdout)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"] == f"briefgen: {name}"
    assert schema == json_schema(name)


def test_all_schemas_are_printed_without_a_name() -> None:
    done = CliRunner().invoke(cli, ["schema"])
    assert list(json.loads(done.stdout)) == list(FILES)


def test_an_unknown_schema_is_wrong_usage() -> None:
    done = CliRunner().invoke(cli, ["schema", "fact"])
    assert done.exit_code == 2
    assert "unknown schema 'fact'; did you mean `facts`?" in done.stderr


@pytest.mark.parametrize("name", FILES)
def test_all_that_a_schema_refers_to_is_in_it(name: str) -> None:
    schema = json_schema(name)
    wanted = {part["$ref"] for part in parts(schema) if isinstance(part.get("$ref"), str)}
    assert wanted <= {f"#/$defs/{key}" for key in schema.get("$defs", {})}


@pytest.mark.parametrize("name", FILES)
def test_records_of_a_schema_take_no_other_keys(name: str) -> None:
    schema = json_schema(name)
    records = [part for part in parts(schema) if isinstance(part.get("properties"), dict)]
    assert [part.get("title") for part in records if "additionalProperties" not in part] == []


@pytest.mark.parametrize("name", FILES)
def test_every_key_of_a_schema_is_explained(name: str) -> None:
    for part in parts(json_schema(name)):
        keys = part.get("properties")
        if isinstance(keys, dict) and "type" not in keys.get("properties", ()):
            assert [key for key in keys if "description" not in keys[key]] == [], part.get("title")


@pytest.mark.parametrize(
    ("name", "record", "key", "said"),
    [
        ("briefing", "Analysis", "kind", "Prose with exhibits."),
        ("briefing", "Analysis", "prose", "A Markdown file beside `briefing.yaml`."),
        ("briefing", "KeyFigure", "number", "An expression over facts and table cells, "),
        ("briefing", "RelatedReport", "date", "A day, month, quarter, half or year, "),
        ("exhibits", "chart-grouped-bar", "table", "A table of `tables/datapackage.yaml`."),
        ("datapackage", "Column", "constraints", "What the cells of a column must satisfy."),
    ],
)
def test_a_key_without_docstring_is_explained_by_its_type(
    name: str, record: str, key: str, said: str
) -> None:
    found = json_schema(name)["$defs"][record]["properties"][key]
    assert found["description"].startswith(said)
    assert "title" not in found


@pytest.mark.parametrize("name", FILES)
def test_shipped_files_obey_their_schema(name: str) -> None:
    schema = json_schema(name)
    files = [file for root in WORKSPACES for glob in globs_of(name) for file in root.glob(glob)]
    assert files or name in DECIDED
    for file in files:
        data = yaml.load(file.read_text(encoding="utf-8"), EditorLoader)
        assert list(faults(data, schema, schema, file.name)) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("facts", {"a": {"value": 1, "sauce": "x"}}),
        ("facts", {"a": {"value": "many"}}),
        ("facts", {"Not A Name": {"formula": "b"}}),
        ("units", {"CNY": {"kind": "money", "labels": {"en": "CNY"}}}),
        ("sources", {"a": {"title": "A", "kind": "report"}}),
        ("briefing", {"title": "A"}),
        ("recommendations", {"a": {"theme": "A", "stance": "b", "picks": [{"name": "c"}]}}),
        ("brokerage", {"names": {"en": "A"}, "legal_name": "A", "brand": "brown"}),
        ("holidays", {"XSHG": {"closed": [{"day": "2027-01-01"}]}}),
        ("workspace", {"name": "A", "jobs": {"a": {"at": "7:30", "timezone": "UTC"}}}),
        ("exhibits", {"a": {"caption": "A", "sources": ["b"], "chart": {"kind": "pie"}}}),
        (
            "exhibits",
            {"a": {"caption": "A", "sources": ["b"], "chart": {"kind": "line", "table": "c"}}},
        ),
    ],
)
def test_a_schema_refuses_mistakes(name: str, data: object) -> None:
    schema = json_schema(name)
    assert list(faults(data, schema, schema)) != []
