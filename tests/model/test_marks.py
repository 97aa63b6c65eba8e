"""The walker finds every text field that is marked, wherever it stands."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from briefgen.draw.charts import CHARTS
from briefgen.model.briefing import Front
from briefgen.model.brokerage import Brokerage
from briefgen.model.exhibit import Exhibit
from briefgen.model.fact import Fact
from briefgen.model.marks import marked
from briefgen.model.recommendation import Group
from briefgen.model.table import Package
from briefgen.model.value import Formula, Line, Markdown, Refers, Value

MARKS = (Refers, Markdown, Formula)


class Inner(Value):
    name: Annotated[str, Refers("inner")] | None = None


class Outer(Value):
    plain: str = ""
    line: Line | None = None
    either: int | Annotated[str, Refers("either")] = 0
    names: tuple[Annotated[str, Refers("names")], ...] = ()
    maybe: tuple[Annotated[str, Refers("maybe")], ...] | None = None
    by_name: dict[str, Annotated[str, Refers("by-name")]] = {}
    maybe_by_name: dict[str, Annotated[str, Refers("maybe-by-name")]] | None = None
    inner: Inner | None = None
    inners: tuple[Inner, ...] | None = None
    deep: dict[str, tuple[Inner, ...]] = {}


def test_optional_and_nested_marks_are_found_with_their_paths() -> None:
    value = Outer(
        plain="no",
        line="one **line**",
        either="text",
        names=("a", "b"),
        maybe=("c",),
        by_name={"x": "d"},
        maybe_by_name={"y": "e"},
        inner=Inner(name="f"),
        inners=(Inner(), Inner(name="g")),
        deep={"z": (Inner(name="h"),)},
    )
    found = {found.path: (found.mark, found.text) for found in marked(value, ("top",))}
    assert found == {
        ("top", "line"): (Markdown(), "one **line**"),
        ("top", "either"): (Refers("either"), "text"),
        ("top", "names", 0): (Refers("names"), "a"),
        ("top", "names", 1): (Refers("names"), "b"),
        ("top", "maybe", 0): (Refers("maybe"), "c"),
        ("top", "by_name", "x"): (Refers("by-name"), "d"),
        ("top", "maybe_by_name", "y"): (Refers("maybe-by-name"), "e"),
        ("top", "inner", "name"): (Refers("inner"), "f"),
        ("top", "inners", 1, "name"): (Refers("inner"), "g"),
        ("top", "deep", "z", 0, "name"): (Refers("inner"), "h"),
    }


def test_owners_are_the_values_around_a_text() -> None:
    value = Outer(inner=Inner(name="f"))
    (found,) = marked(value)
    assert found.owners == (value, value.inner)


def test_nothing_set_is_nothing_found() -> None:
    assert list(marked(Outer())) == []
    assert list(marked(None)) == []


def fields(kind: Any, seen: tuple[type, ...] = ()) -> Iterator[tuple[str, str]]:
    """Model and field of every mark in a type, read from the annotations alone."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        if kind not in seen:
            for name, field in kind.model_fields.items():
                if any(isinstance(mark, MARKS) for mark in field.metadata):
                    yield kind.__name__, name
                for owner, inner in fields(field.annotation, (*seen, kind)):
                    yield (owner, inner) if owner else (kind.__name__, name)
    elif get_origin(kind) is Annotated:
        inner, *metadata = get_args(kind)
        if any(isinstance(mark, MARKS) for mark in metadata):
            yield "", ""
        yield from fields(inner, seen)
    else:
        for argument in get_args(kind):
            yield from fields(argument, seen)


def sample(kind: Any) -> Any:
    """A value of a type with every field filled in, unchecked; texts are `x`."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        fields_of = kind.model_fields.items()
        return kind.model_construct(**{name: sample(field.annotation) for name, field in fields_of})
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return sample(arguments[0])
    if origin in {Union, types.UnionType}:
        return sample(next(a for a in arguments if a is not type(None)))
    if origin is tuple:
        members = get_args(arguments[0])
        is_union = bool(members) and get_origin(members[0]) in {Union, types.UnionType}
        return tuple(sample(a) for a in (get_args(members[0]) if is_union else arguments[:1]))
    if origin is dict:
        return {"x": sample(arguments[1])}
    return "x"


KINDS = [Front, Fact, Group, Brokerage, Package, *CHARTS.values()]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_every_mark_that_a_type_declares_is_found(kind: type[BaseModel]) -> None:
    found = {
        (type(text.owners[-1]).__name__, _field(text.owners[-1], text.path))
        for text in marked(sample(kind))
    }
    assert found == set(fields(kind))


def _field(owner: BaseModel, path: tuple[str | int, ...]) -> str:
    """The field of the owner that a path ends in."""
    steps = [step for step in path if isinstance(step, str)]
    names = {field.alias or name: name for name, field in type(owner).model_fields.items()}
    return next(names[step] for step in reversed(steps) if step in names)


def test_the_front_matter_has_marks_of_all_three_sorts() -> None:
    """The test above compares two empty sets when nothing is declared."""
    sorts = {type(text.mark) for text in marked(sample(Front))}
    assert sorts == set(MARKS)


def test_exhibits_are_walked_into_charts_and_views() -> None:
    chart = {"kind": "grouped-bar", "table": "t", "category": "c", "values": ["a", "b"]}
    view = {"table": "t", "group_by": "g", "columns": [{"column": "c"}, FORMULA]}
    common = {"caption": "x", "sources": ["s", "t"], "note": "n"}
    drawn = Exhibit(**common, chart=CHARTS["grouped-bar"].model_validate(chart))
    listed = Exhibit.model_validate({**common, "view": view})
    assert [found.path for found in marked({"drawn": drawn, "listed": listed})] == [
        ("drawn", "caption"),
        ("drawn", "chart", "table"),
        ("drawn", "chart", "category"),
        ("drawn", "chart", "values", 0),
        ("drawn", "chart", "values", 1),
        ("drawn", "sources", 0),
        ("drawn", "sources", 1),
        ("drawn", "note"),
        ("listed", "caption"),
        ("listed", "view", "table"),
        ("listed", "view", "columns", 0, "column"),
        ("listed", "view", "columns", 1, "formula"),
        ("listed", "view", "group_by"),
        ("listed", "sources", 0),
        ("listed", "sources", 1),
        ("listed", "note"),
    ]


FORMULA = {"formula": "a / b", "header": "h"}
