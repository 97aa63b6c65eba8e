"""Walks a value and yields every text field that is marked as a name, Markdown or a formula."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from briefgen.diagnostics.place import ValuePath
from briefgen.model.value import Formula, Markdown, Refers

Mark = Refers | Markdown | Formula


@dataclass(frozen=True, slots=True)
class Marked:
    """A marked text: where it stands in the value, what it is, and the values around it."""

    path: ValuePath
    mark: Mark
    text: str
    owners: tuple[BaseModel, ...]


def marked(value: Any, path: ValuePath = ()) -> Iterator[Marked]:
    """All marked texts in a value, or in the values of a dictionary, in order."""
    yield from _walk(value, Any, (), path, ())


def _walk(
    value: Any,
    annotation: Any,
    marks: tuple[Mark, ...],
    path: ValuePath,
    owners: tuple[BaseModel, ...],
) -> Iterator[Marked]:
    if get_origin(annotation) is Annotated:
        annotation, *metadata = get_args(annotation)
        marks = (*marks, *_marks_in(metadata))
    if isinstance(value, BaseModel):
        for name, step, inner_type, found in _fields(type(value)):
            inner = getattr(value, name)
            yield from _walk(inner, inner_type, found, (*path, step), (*owners, value))
    elif isinstance(value, str):
        for choice in _choices(annotation):
            yield from _walk(value, choice, marks, path, owners)
        if get_origin(annotation) not in {Union, types.UnionType}:
            for mark in marks:
                yield Marked(path, mark, value, owners)
    elif isinstance(value, dict):
        inner_type = (*get_args(_container(annotation, dict)), Any, Any)[1]
        for key, inner in value.items():
            yield from _walk(inner, inner_type, marks, (*path, key), owners)
    elif isinstance(value, tuple | list):
        inner_type = (*get_args(_container(annotation, type(value))), Any)[0]
        for position, inner in enumerate(value):
            yield from _walk(inner, inner_type, marks, (*path, position), owners)


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, str, Any, tuple[Mark, ...]], ...]:
    """The fields that may hold marked text: name, key in the data, type, marks."""
    fields = kind.model_fields.items()
    found = ((n, f.alias or n, f.annotation, _marks_in(f.metadata)) for n, f in fields)
    return tuple(field for field in found if field[3] or not _is_bare(field[2]))


def _is_bare(annotation: Any) -> bool:
    """Whether no value of this type holds marked text."""
    if get_origin(annotation) in {Union, types.UnionType}:
        return all(_is_bare(choice) for choice in get_args(annotation))
    return get_origin(annotation) is Literal or annotation in _BARE


_BARE = {str, bool, int, float, Decimal, date, datetime, types.NoneType}


def _choices(annotation: Any) -> tuple[Any, ...]:
    """The members of a union that take text."""
    if get_origin(annotation) not in {Union, types.UnionType}:
        return ()
    return tuple(a for a in get_args(annotation) if a is str or get_origin(a) is Annotated)


def _container(annotation: Any, kind: type) -> Any:
    """The member of a union that is a container of this kind; any other annotation itself."""
    if get_origin(annotation) not in {Union, types.UnionType}:
        return annotation
    return next((a for a in get_args(annotation) if get_origin(a) is kind), None)


def _marks_in(metadata: Any) -> tuple[Mark, ...]:
    return tuple(m for m in metadata if isinstance(m, Refers | Markdown | Formula))
