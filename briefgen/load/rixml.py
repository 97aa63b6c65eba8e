"""Reads the RIXML file of a report. What XML could fetch or blow up from is refused."""

from __future__ import annotations

import warnings
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place
from briefgen.load.extras import has_extra
from briefgen.load.files import Folder
from briefgen.model.rixml import Element, Rixml

DEEPEST = 50
"""How many elements may stand inside each other."""


class _RefusedError(Exception):
    """XML that is not read for what it holds."""


@dataclass(slots=True)
class _Open:
    """An element whose end has not come yet."""

    tag: str
    namespace: str
    attributes: dict[str, str]
    line: int
    texts: list[str] = field(default_factory=list)
    children: list[Element] = field(default_factory=list)

    def closed(self) -> Element:
        return Element(
            tag=self.tag,
            namespace=self.namespace,
            attributes=self.attributes,
            text="".join(self.texts).strip(),
            children=tuple(self.children),
            line=self.line,
        )


def read_rixml(
    folder: Folder,
    name: str,
    out: Collector,
    named_at: Place | None,
    schema: tuple[Folder, str] | None,
) -> Rixml | None:
    """The file as a tree; None after a finding.

    Shape: `schema` is the folder `data/` and in it the XSD, where the workspace names one.
    Reports: LOD101, LOD109, LOD110, LOD308.
    """
    text = folder.read(name, out, named_at)
    if text is None:
        return None
    reader = _Reader()
    try:
        root = reader.read(text)
    except _RefusedError as refused:
        _report(str(refused), folder, name, reader.line, out)
        return None
    except expat.ExpatError as error:
        _report(expat.ErrorString(error.code), folder, name, error.lineno, out)
        return None
    violations = _violations(text, *schema, out) if schema else ()
    return Rixml(file=folder.shown(name), root=root, violations=violations)


def _violations(text: str, data: Folder, xsd: str, out: Collector) -> tuple[str, ...]:
    """What the schema says of a file; the schema and what lies beside it are inputs."""
    place = Place(data.shown("workspace.yaml"))
    target = data.locate(xsd, out, place)
    if target is None or data.read_bytes(xsd, out, place) is None:
        return ()
    for beside in sorted(target.parent.glob("*.xsd")):
        data.read_bytes(beside.relative_to(data.path).as_posix(), out, place)
    if not has_extra("rixml", ("xmlschema",), place, out):
        return ()
    from xmlschema import XMLResource, XMLSchema, XMLSchemaException

    only_here: dict[str, Any] = {
        "allow": "sandbox",
        "base_url": target.resolve().parent.as_uri(),
        "defuse": "always",
    }
    try:
        with warnings.catch_warnings(action="ignore"):
            schema = XMLSchema(str(target.resolve()), **only_here)
    except (XMLSchemaException, SyntaxError) as error:
        what = str(error).strip().splitlines()[0]
        out.report("LOD110", f"not a schema that can be read: {what}", Place(data.shown(xsd)))
        return ()
    return tuple(
        f"{error.path}: {error.reason}"
        for error in schema.iter_errors(XMLResource(text, **only_here))
    )


def _report(what: str, folder: Folder, name: str, line: int, out: Collector) -> None:
    place = Place(folder.shown(name), line)
    out.report("LOD110", f"not XML that can be read: {what}", place, "write it out as plain XML")


class _Reader:
    def __init__(self) -> None:
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._data
        self._open: list[_Open] = [_Open("", "", {}, 1)]

    @property
    def line(self) -> int:
        return self._parser.CurrentLineNumber

    def read(self, text: str) -> Element:
        self._parser.Parse(text.encode(), True)
        (root,) = self._open[0].children
        return root

    def _doctype(self, *_: object) -> None:
        raise _RefusedError("it declares a document type, which could pull in other files")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise _RefusedError(f"elements stand more than {DEEPEST} deep")
        namespace, _, tag = name.rpartition(" ")
        own = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        self._open.append(_Open(tag, namespace, own, self.line))

    def _data(self, text: str) -> None:
        self._open[-1].texts.append(text)

    def _end(self, name: str) -> None:  # noqa: ARG002
        done = self._open.pop()
        self._open[-1].children.append(done.closed())
