"""YAML with places, and without YAML 1.1's surprises.

A plain scalar is `true`, `false`, null (`null`, `~`, nothing) or the text as it is written: `no`,
`1.10` and `12:30:45` stay what they are, and the field that takes them decides their type.
Duplicate keys, tags and merge keys are findings.
"""

from __future__ import annotations

import re
from typing import Any

import yaml

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath

_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}


class _Loader(yaml.CSafeLoader):
    """Resolves nothing: every plain scalar keeps its text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def read_yaml(text: str, file: str, path: ValuePath, places: SourceMap, out: Collector) -> Any:
    """Parse a YAML document into dictionaries, lists, text, booleans and None.

    Records the place of everything in `places` below `path`.
    Reports: LOD102, LOD105.
    """
    places.add(path, Origin(Place(file)))
    try:
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        at = Place(file, mark.line + 1, mark.column + 1) if mark else Place(file)
        out.report("LOD102", f"not YAML: {error.problem or error.context}", at, _advice(text, at))
        return None
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        out.report("LOD102", "not YAML: a control character", Place(file, line))
        return None
    return _Reader(file, places, out).value(node, path, None) if node else {}


class _Reader:
    def __init__(self, file: str, places: SourceMap, out: Collector) -> None:
        self.file, self.places, self.out = file, places, out

    def value(self, node: yaml.Node, path: ValuePath, key: Place | None) -> Any:
        place = self._place(node)
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, place, key)
        self.places.add(path, Origin(place, key))
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        return [self.value(item, (*path, i), None) for i, item in enumerate(node.value)]

    def _scalar(
        self, node: yaml.ScalarNode, path: ValuePath, place: Place, key: Place | None
    ) -> str | bool | None:
        """A scalar; its text is kept with its place where it stands in one line."""
        in_one_line = node.start_mark.line == node.end_mark.line
        before = "\0" if node.style in {"'", '"'} else ""
        self.places.add(path, Origin(place, key, before + node.value if in_one_line else ""))
        if not node.style and node.value in _WORDS:
            return _WORDS[node.value]
        text = str(node.value)
        return text.rstrip("\n") if node.style in {"|", ">"} else text

    def _mapping(self, node: yaml.MappingNode, path: ValuePath) -> dict[str, Any]:
        found: dict[str, Any] = {}
        first: dict[str, Place] = {}
        for key_node, value_node in node.value:
            key, place = str(key_node.value), self._place(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self.out.report("LOD102", "not YAML as used here: a key must be text", place)
                continue
            if key in first:
                self.out.report(
                    "LOD105",
                    f"duplicate key `{key}`",
                    place,
                    f"first given in line {first[key].line}",
                )
                continue
            first[key] = place
            found[key] = self.value(value_node, (*path, key), place)
        return found

    def _place(self, node: yaml.Node) -> Place:
        start, end = node.start_mark, node.end_mark
        one_line = isinstance(node, yaml.ScalarNode) and start.line == end.line
        width = max(1, end.column - start.column) if one_line else 1
        return Place(self.file, start.line + 1, start.column + 1, width)


def _advice(text: str, at: Place) -> str | None:
    """Help for the two mistakes that people make most."""
    lines = text.splitlines()
    line = lines[at.line - 1] if at.line <= len(lines) else ""
    if "\t" in line[: len(line) - len(line.lstrip())]:
        return "indent with spaces, not tabs"
    if re.search(r":\s.*:\s", line) or line.strip().startswith(("`", "@", "%")):
        return "put the text in quotation marks"
    return None
