"""YAML is read as it is written, with the place of everything."""

from __future__ import annotations

from typing import Any

import pytest

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.load.yaml_nodes import read_yaml


def read(text: str) -> tuple[Any, SourceMap, list[str]]:
    """The data, its places, and the findings as `line:column message`."""
    places, out = SourceMap(), Collector()
    data = read_yaml(text, "a.yaml", ("a",), places, out)
    found = [f"{f.place.line}:{f.place.column} {f.message}" for f in out.findings if f.place]
    return data, places, found


@pytest.mark.parametrize(
    "written",
    [
        "no",
        "yes",
        "on",
        "off",
        "y",
        "NO",
        "True",
        "Null",
        "1.10",
        "1e3",
        "010",
        "0x1F",
        "0o17",
        "1_000",
        "12:30:45",
        "2024-03-25",
        "2024-03-25 10:00:00",
        ".inf",
        ".nan",
        "=",
        "<<",
    ],
)
def test_a_plain_scalar_is_the_text_that_is_written(written: str) -> None:
    assert read(f"key: {written}")[0] == {"key": written}


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ('"true"', "true"),
        ("'null'", "null"),
        ('""', ""),
        ("|\n  a\n  b\n", "a\nb"),
        (">\n  a\n  b\n", "a b"),
    ],
)
def test_three_words_have_a_meaning_unless_they_are_quoted(written: str, value: object) -> None:
    data, _, found = read(f"key: {written}")
    assert data == {"key": value}
    assert type(data["key"]) is type(value)
    assert found == []


@pytest.mark.parametrize("text", ["", "\n", "# nothing\n", "---\n", "~", "null\n"])
def test_a_document_that_says_nothing_is_empty(text: str) -> None:
    data, _, found = read(text)
    assert (data, found) == ({}, [])


TEXT = """\
title: 标题
list:
  - one
  - {deep: [a, "b c"]}
"two words": x
folded: >
  one
  two
"""


@pytest.mark.parametrize(
    ("path", "value", "key"),
    [
        ((), (1, 1, 5), None),
        (("title",), (1, 8, 2), (1, 1, 5)),
        (("list",), (3, 3, 1), (2, 1, 4)),
        (("list", 0), (3, 5, 3), None),
        (("list", 1), (4, 5, 18), None),
        (("list", 1, "deep"), (4, 12, 10), (4, 6, 4)),
        (("list", 1, "deep", 1), (4, 16, 5), None),
        (("two words",), (5, 14, 1), (5, 1, 11)),
        (("folded",), (6, 9, 1), (6, 1, 6)),
    ],
)
def test_places(path: tuple[str | int, ...], value: Any, key: Any) -> None:
    _, places, _ = read(TEXT)
    assert places.value(("a", *path)) == Place("a.yaml", *value)
    assert places.key(("a", *path)) == Place("a.yaml", *(key or value))


def test_the_place_of_what_is_not_there_is_that_of_what_is_around_it() -> None:
    _, places, _ = read(TEXT)
    assert places.value(("a", "list", 1, "deep", 7)) == Place("a.yaml", 4, 12, 10)


@pytest.mark.parametrize(
    ("line", "column"),
    [
        ("key: 一 {{ x }} 二 {{ x }}", 21),
        ("key: '一 {{ x }} 二 {{ x }}'", 22),
        ('key: "一 {{ x }} 二 {{ x }}"', 22),
        ("key: |\n  一 {{ x }}\n  二 {{ x }}", 6),  # several lines: where the text begins
    ],
)
def test_a_place_inside_a_text(line: str, column: int) -> None:
    _, places, _ = read(line)
    place = places.inside(("a", "key"), "x", nth=1)
    assert place is not None
    assert place.column == column


def test_anchors_stand_for_what_they_name() -> None:
    data, places, found = read("a: &it {x: 1}\nb: *it\n")
    assert data == {"a": {"x": "1"}, "b": {"x": "1"}}
    assert places.value(("a", "b", "x")) == Place("a.yaml", 1, 12, 1)
    assert found == []


@pytest.mark.parametrize(
    ("text", "data", "found"),
    [
        ("x: 1\ny: 2\nx: 3\n", {"x": "1", "y": "2"}, ["3:1 duplicate key `x`"]),
        ("x: {y: 1, y: 2}\n", {"x": {"y": "1"}}, ["1:11 duplicate key `y`"]),
        ("x: {<<: {y: 1}}\n", {"x": {"<<": {"y": "1"}}}, []),
        ("x: !!int 5\n", None, ["1:4 not YAML as used here: the tag `!!int`"]),
        ("x: !mine [1]\n", None, ["1:4 not YAML as used here: the tag `!mine`"]),
        ("[a]: 1\n", None, ["1:1 not YAML as used here: a key must be text"]),
        ("x: &a {y: *a}\n", None, ["1:4 not YAML as used here: an alias inside its own anchor"]),
        ("x: 1\n\x00", None, ["2:1 not YAML: a control character, U+0000"]),
    ],
)
def test_what_is_not_used_here(text: str, data: object, found: list[str]) -> None:
    assert read(text)[::2] == (data, found)
