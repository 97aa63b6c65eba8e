"""Walks a value and finds every text field that is marked as a name, Markdown or a formula."""

from __future__ import annotations

import types
from dataclasses import dataclass, field
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


def marked(value: Any, path: ValuePath = ()) -> list[Marked]:
    """All marked texts in a value, or in the values of a dictionary, in order."""
    found: list[Marked] = []
    _walk(value, _Plan.of(Any), path, (), found)
    return found


@dataclass(slots=True)
class _Plan:
    """What is known of the values of an annotation before one is there."""

    annotation: Any
    marks: tuple[Mark, ...]
    is_union: bool
    texts: tuple[_Plan, ...]
    """Of the members of a union that take text."""
    inner: dict[type, _Plan] = field(default_factory=dict)
    """Of the values in a container, by its type."""

    @classmethod
    def of(cls, annotation: Any, marks: tuple[Mark, ...] = ()) -> _Plan:
        """The plan of an annotation whose field, or container, is marked with `marks`."""
        if get_origin(annotation) is Annotated:
            annotation, *metadata = get_args(annotation)
            marks = (*marks, *_marks_in(metadata))
        is_union = get_origin(annotation) in _UNIONS
        members = get_args(annotation) if is_union else ()
        texts = (cls.of(m, marks) for m in members if m is str or get_origin(m) is Annotated)
        return cls(annotation, marks, is_union, tuple(texts))

    def within(self, container: type) -> _Plan:
        """The plan of the values in a container."""
        if container not in self.inner:
            given = get_args(_container(self.annotation, container))
            kinds = (*given[1:], Any) if container is dict else (*given, Any)
            self.inner[container] = _Plan.of(kinds[0], self.marks)
        return self.inner[container]


def _walk(
    value: Any, plan: _Plan, path: ValuePath, owners: tuple[BaseModel, ...], found: list[Marked]
) -> None:
    if isinstance(value, str):
        for choice in plan.texts:
            _walk(value, choice, path, owners, found)
        if not plan.is_union:
            found.extend(Marked(path, mark, value, owners) for mark in plan.marks)
    elif isinstance(value, BaseModel):
        for name, step, inner_plan in _fields(type(value)):
            inner = getattr(value, name)
            if inner is not None:
                _walk(inner, inner_plan, (*path, step), (*owners, value), found)
    elif isinstance(value, dict):
        for key, inner in value.items():
            _walk(inner, plan.within(dict), (*path, key), owners, found)
    elif isinstance(value, tuple | list):
        for position, inner in enumerate(value):
            _walk(inner, plan.within(type(value)), (*path, position), owners, found)


@cache
def _fields(kind: type[BaseModel]) -> tuple[tuple[str, str, _Plan], ...]:
    """The fields that may hold marked text: name, key in the data, plan."""
    return tuple(
        (name, one.alias or name, _Plan.of(one.annotation, _marks_in(one.metadata)))
        for name, one in kind.model_fields.items()
        if _marks_in(one.metadata) or not _is_bare(one.annotation)
    )


def _is_bare(annotation: Any) -> bool:
    """Whether no value of this type holds marked text."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return not _marks_in(inner[1:]) and _is_bare(inner[0])
    if origin in {*_UNIONS, tuple, list, dict}:
        return all(one is ... or _is_bare(one) for one in inner)
    return origin is Literal or annotation in _BARE


_UNIONS = {Union, types.UnionType}
_BARE = {str, bool, int, float, Decimal, date, datetime, types.NoneType}


def _container(annotation: Any, kind: type) -> Any:
    """The member of a union that is a container of this kind; any other annotation itself."""
    if get_origin(annotation) not in _UNIONS:
        return annotation
    return next((a for a in get_args(annotation) if get_origin(a) is kind), None)


def _marks_in(metadata: Any) -> tuple[Mark, ...]:
    return tuple(m for m in metadata if isinstance(m, Refers | Markdown | Formula))
