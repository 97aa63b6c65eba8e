"""Plain data into values: pydantic's complaints become findings with places."""

from __future__ import annotations

import re
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.schemas import keys_at

T = TypeVar("T")

_EXPECTED = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "float_parsing": "a number",
    "bool_type": "`true` or `false`",
    "dict_type": "a mapping (`key: value`)",
    "model_type": "a mapping (`key: value`)",
    "model_attributes_type": "a mapping (`key: value`)",
    "tuple_type": "a list (`- item`)",
    "list_type": "a list (`- item`)",
    "is_instance_of": "a mapping (`key: value`)",
}


def typed(
    kind: Any,
    data: Any,
    path: ValuePath,
    places: SourceMap,
    out: Collector,
    context: dict[str, Any] | None = None,
) -> Any | None:
    """Validate `data` (read at `path`) as `kind`; None after findings.

    Reports: LOD103, LOD104, LOD106, LOD107.
    """
    adapter: TypeAdapter[Any] = TypeAdapter(kind)
    try:
        return adapter.validate_python(data, context=context)
    except ValidationError as error:
        details = error.errors(include_url=False)
        for detail in details:
            _report(detail, kind, data, path, places, out)
        return None


def _report(
    detail: ErrorDetails, kind: Any, data: Any, path: ValuePath, places: SourceMap, out: Collector
) -> None:
    where = _real(detail["loc"], data)
    full = (*path, *where)
    name = where[-1] if where else ""
    match detail["type"]:
        case "extra_forbidden":
            known = keys_at(kind, data, where[:-1])
            owner = f" in `{where[-2]}`" if len(where) > 1 and isinstance(where[-2], str) else ""
            out.report(
                "LOD103",
                f"unknown key `{name}`{owner}",
                places.key(full),
                did_you_mean(str(name), known),
            )
        case "missing":
            owner = f" in `{_owner(where[:-1])}`" if len(where) > 1 else ""
            out.report(
                "LOD104", f"missing key `{name}`{owner}", places.key(full[:-1]), f"add `{name}: …`"
            )
        case "union_tag_not_found":
            out.report("LOD104", "missing key `kind`", places.value(full), "add `kind: …`")
        case "union_tag_invalid":
            context = detail.get("ctx", {})
            known = re.findall(r"'([^']+)'", context.get("expected_tags", ""))
            tag = context.get("tag", "")
            out.report(
                "LOD106",
                f"unknown kind `{tag}`",
                places.value((*full, "kind")),
                did_you_mean(tag, known),
            )
        case "value_error":
            problem = str(detail["ctx"]["error"])
            code = (
                "LOD107" if problem.startswith(("not a date", "no such", "not a day")) else "LOD106"
            )
            shown = f": {_shown(detail['input'])}" if code == "LOD107" else ""
            out.report(code, f"{problem}{shown}", places.value(full))
        case kind_of_error if kind_of_error in _EXPECTED:
            out.report(
                "LOD106",
                f"expected {_EXPECTED[kind_of_error]}, found {_shown(detail['input'])}",
                places.value(full),
            )
        case _:
            _report_other(detail, full, places, out)


def _report_other(detail: ErrorDetails, full: ValuePath, places: SourceMap, out: Collector) -> None:
    context = detail.get("ctx", {})
    help_line = None
    if detail["type"] == "literal_error":
        known = re.findall(r"'([^']+)'", context.get("expected", ""))
        message = f"unknown value {_shown(detail['input'])}"
        help_line = did_you_mean(str(detail["input"]), known)
    elif detail["type"] == "string_pattern_mismatch":
        message = f"{_shown(detail['input'])} does not have the form `{context.get('pattern')}`"
    elif detail["type"] in {"too_short", "string_too_short"}:
        message = "must not be empty"
    else:
        text = detail["msg"]
        message = f"{text[0].lower()}{text[1:]}, found {_shown(detail['input'])}"
    out.report("LOD106", message, places.value(full), help_line)


def _real(loc: tuple[int | str, ...], data: Any) -> ValuePath:
    """The path in the data: pydantic's own, less the tags of unions and the key marks."""
    path: list[int | str] = []
    for position, step in enumerate(loc, start=1):
        if step == "[key]":
            continue
        if isinstance(data, dict) and step in data:
            data = data[step]
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        elif position < len(loc):
            continue
        path.append(step)
    return tuple(path)


def _owner(path: ValuePath) -> str:
    return ".".join(str(step) for step in path)


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list | tuple):
        return "a list"
    return f"`{value}`"
