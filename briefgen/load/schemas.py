"""Which keys a schema knows at a place, for “did you mean”."""

from __future__ import annotations

import types
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

from briefgen.diagnostics.place import ValuePath


def keys_at(kind: Any, data: Any, path: ValuePath) -> list[str]:
    """The keys that the mapping at `path` inside a value of type `kind` may have."""
    candidates = [kind]
    for step in path:
        candidates = [inner for c in _fitting(candidates, data) for inner in _step(c, step)]
        data = data[step] if isinstance(data, dict) or isinstance(step, int) else None
    models = [m for c in _fitting(candidates, data) for m in _models(c)]
    return sorted({field.alias or name for m in models for name, field in m.model_fields.items()})


def _fitting(candidates: list[Any], data: Any) -> list[Any]:
    """The types that are meant, where a mapping says which kind of thing it is."""
    models: list[Any] = [m for c in candidates for m in _models(c)]
    if not models or not isinstance(data, dict):
        return candidates
    for tag, default in (("kind", None), ("format", "csv")):
        models = [m for m in models if data.get(tag, default) in _values(m, tag)] or models
    return models


def _models(kind: Any) -> list[type[BaseModel]]:
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return [kind]
    if get_origin(kind) is Annotated or get_origin(kind) in {Union, types.UnionType}:
        return [m for argument in get_args(kind) for m in _models(argument)]
    return []


def _step(kind: Any, step: str | int) -> list[Any]:
    """The types found one step further in."""
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated or origin in {Union, types.UnionType}:
        return [inner for a in arguments for inner in _step(a, step)]
    if origin is dict:
        return [arguments[1]]
    if origin in {tuple, list}:
        return [arguments[0]]
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        for name, field in kind.model_fields.items():
            if step in {name, field.alias}:
                return [field.annotation]
    return []


def _values(model: type[BaseModel], tag: str) -> tuple[Any, ...]:
    """What a field that tells kinds apart may hold in this one."""
    field = model.model_fields.get(tag)
    return get_args(field.annotation) if field else ()
