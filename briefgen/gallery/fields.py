"""The keys of a kind, from the model that reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from briefgen.gallery.entries import Field

_KINDS = {"string": "text", "boolean": "flag", "number": "number", "integer": "number"}
_HIDDEN = {"kind", "id"}


def fields_of(model: type[BaseModel]) -> tuple[Field, ...]:
    """All keys but `kind` and `id`, those of what lists hold below the list."""
    schema = model.model_json_schema()
    return tuple(_fields(schema, schema.get("$defs", {}), ""))


def _fields(schema: dict[str, Any], known: dict[str, Any], above: str) -> Iterator[Field]:
    for name, given in schema["properties"].items():
        if name in _HIDDEN and not above:
            continue
        default = None if name in schema.get("required", ()) else _written(given.get("default"))
        kind, inner = _kind(given, known)
        yield Field(
            name=above + name, kind=kind, default=default, told=given.get("description", "")
        )
        if inner:
            yield from _fields(inner, known, f"{above}{name}[].")


def _kind(given: dict[str, Any], known: dict[str, Any]) -> tuple[str, dict[str, Any] | None]:
    """What a key holds; the schema of the values in a list of such."""
    if "$ref" in given:
        return "mapping", known[given["$ref"].rpartition("/")[2]]
    if "anyOf" in given:
        kinds = [one for one in given["anyOf"] if one.get("type") != "null"]
        return _kind(kinds[0], known)
    if "enum" in given:
        return " | ".join(map(str, given["enum"])), None
    if given.get("type") == "array":
        kind, inner = _kind(given["items"], known) if "items" in given else ("text", None)
        return f"list of {kind}", inner
    return _KINDS.get(given.get("type", ""), "mapping"), None


def _written(default: Any) -> str:
    if default in (None, [], {}):
        return "–"
    return str(default).lower() if isinstance(default, bool) else str(default)
