"""YAML with places, and without YAML 1.1's surprises.

A plain scalar is `true`, `false`, null (`null`, `~`, nothing) or the text as it is written: `no`,
`1.10` and `12:30:45` stay what they are, and the field that takes them decides their type.
Duplicate keys, tags and merge keys are findings.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import yaml

from briefgen.diagnostics.finding import Collector, Finding
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath
from briefgen.load.yaml_errors import QUOTE, explain

_PLAIN_TAGS = {f"tag:yaml.org,2002:{kind}" for kind in ("str", "seq", "map")}
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

MOST_LEVELS = 100
MOST_NODES = 100_000
"""How deep a document can be, and how many values it can hold when its aliases are written out."""


REMEMBERED = 256
"""How many documents are remembered: editions of a family, and a family's list, read the same."""


class _Loader(yaml.CSafeLoader):
    """Resolves nothing: every plain scalar keeps its text."""

    yaml_implicit_resolvers: dict[str, Any] = {}


def read_yaml(text: str, file: str, path: ValuePath, places: SourceMap, out: Collector) -> Any:
    """Parse a YAML document into dictionaries, lists, text, booleans and None.

    An empty document is an empty dictionary; None stands for one that is not YAML.
    Records the place of everything in `places` below `path`.
    Reports: LOD102, LOD105.
    """
    value, own, findings = _remembered(text, file, path)
    places.include(own)
    out.add(findings)
    return _copied(value)


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    text: str, file: str, path: ValuePath
) -> tuple[Any, SourceMap, tuple[Finding, ...]]:
    places, out = SourceMap(), Collector()
    value = _parsed(text, file, path, places, out)
    return value, places, tuple(out.findings)


def _copied(value: Any) -> Any:
    """Data whose lists and dictionaries may be changed."""
    if isinstance(value, dict):
        return {key: _copied(inner) for key, inner in value.items()}
    return [_copied(inner) for inner in value] if isinstance(value, list) else value


def _parsed(text: str, file: str, path: ValuePath, places: SourceMap, out: Collector) -> Any:
    places.add(path, Origin(Place(file)))
    if found := yaml.reader.Reader.NON_PRINTABLE.search(text):
        before = text[: found.start()].split("\n")
        at = Place(file, len(before), len(before[-1]) + 1)
        out.report("LOD102", f"not YAML: a control character, U+{ord(found[0]):04X}", at)
        return None
    try:
        if too_deep := _too_deep(text, file):
            out.report("LOD102", "not YAML as used here: nested too deeply", too_deep)
            return None
        node = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        out.report("LOD102", *explain(error, text, file))
        return None
    if node is None or (isinstance(node, yaml.ScalarNode) and node.value in {"", "~", "null"}):
        return {}
    reader = _Reader(text, file, places, out)
    try:
        value = reader.value(node, path, None)
    except _TooLargeError:
        message = f"too large: more than {MOST_NODES:,} values, aliases counted as what they name"
        out.report("LOD102", message, Place(file))
        return None
    return None if reader.failed else value


def _too_deep(text: str, file: str) -> Place | None:
    """Where a document is nested deeper than `MOST_LEVELS`; the parser would crash further in."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth > MOST_LEVELS and (mark := event.start_mark):
            return Place(file, mark.line + 1, mark.column + 1)
    return None


class _TooLargeError(Exception):
    """A document that becomes too many values."""


class _Reader:
    def __init__(self, text: str, file: str, places: SourceMap, out: Collector) -> None:
        self.lines = text.split("\n")
        self.file, self.places, self.out = file, places, out
        self.around: list[yaml.Node] = []
        """The nodes that are being read, from the outermost in."""
        self.failed = False
        self.nodes = 0

    def value(self, node: yaml.Node, path: ValuePath, key: Place | None) -> Any:
        self.nodes += 1
        if self.nodes > MOST_NODES:
            raise _TooLargeError
        place = self._place(node)
        if node.tag not in _PLAIN_TAGS:
            self._report(f"the tag `{_short(node.tag)}`", place, "leave it out")
        if isinstance(node, yaml.ScalarNode):
            return self._scalar(node, path, place, key)
        self.places.add(path, Origin(place, key))
        if node in self.around:
            self._report("an alias inside its own anchor", place)
            return None
        self.around.append(node)
        try:
            if isinstance(node, yaml.MappingNode):
                return self._mapping(node, path)
            return [self.value(item, (*path, i), None) for i, item in enumerate(node.value)]
        finally:
            self.around.pop()

    def _scalar(
        self, node: yaml.ScalarNode, path: ValuePath, place: Place, key: Place | None
    ) -> str | bool | None:
        """A scalar; what is written in the file is kept with its place."""
        self.places.add(path, Origin(place, key, self._written(node)))
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
                self._report("a key must be text", place, QUOTE)
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

    def _written(self, node: yaml.Node) -> str:
        """What is written for a scalar, quotation marks included; nothing if in several lines."""
        start, end = node.start_mark, node.end_mark
        if start.line != end.line or start.line >= len(self.lines):
            return ""
        return self.lines[start.line][start.column : end.column]

    def _place(self, node: yaml.Node) -> Place:
        """Of a value in several lines: its first key, or its first character."""
        start, end = node.start_mark, node.end_mark
        width = max(1, end.column - start.column) if start.line == end.line else 1
        if width == 1 and isinstance(node, yaml.MappingNode) and node.value:
            return self._place(node.value[0][0])
        return Place(self.file, start.line + 1, start.column + 1, width)

    def _report(self, what: str, place: Place, help: str | None = None) -> None:
        self.failed = True
        self.out.report("LOD102", f"not YAML as used here: {what}", place, help)


def _short(tag: str) -> str:
    return tag.replace("tag:yaml.org,2002:", "!!")
