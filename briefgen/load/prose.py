"""The prose of a briefing: the Markdown files that its sections name, and what stands in them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.load.anchors import Anchors
from briefgen.load.files import Folder
from briefgen.load.numbers import Numbers, braces
from briefgen.model.markdown import pieces

_DIRECTIVES = "write `:::{figure} NAME` or `:::{table} NAME`"


def read_prose(data: Any, folder: Folder, places: SourceMap, out: Collector) -> dict[str, str]:
    """The files that sections name, also when other keys of these are wrong.

    Shape: `data` is what `briefing.yaml` holds.
    Reports: LOD101, LOD109, LOD503, LOD504.
    """
    sections = data.get("sections") if isinstance(data, dict) else None
    found: dict[str, str] = {}
    for position, section in enumerate(sections if isinstance(sections, list) else ()):
        name = section.get("prose") if isinstance(section, dict) else None
        if isinstance(name, str) and name not in found:
            named_at = places.value(("front", "sections", position, "prose"))
            text, path = folder.read(name, out, named_at), ("prose", name)
            if text is not None and folder.member:
                text = folder.member.fill_prose(text, path, folder.shown(name), places, out)
            if text is not None:
                found[name] = text
                places.add(path, Origin(Place(folder.shown(name))))
    return found


def check_prose(
    prose: Mapping[str, str],
    numbers: Numbers,
    anchors: Anchors,
    places: SourceMap,
    out: Collector,
) -> None:
    """Evaluate the expressions of prose, and check what its directives and links name.

    Reports: LOD201, LOD202, LOD4xx.
    """
    for name, text in prose.items():
        path = ("prose", name)
        for brace, line, column in braces(text):
            numbers.brace(brace, places.line(path, line, column, len(brace)))
        for piece in pieces(text):
            at = places.line(path, piece.line, piece.column, len(piece.text))
            if piece.kind == "expression":
                numbers.evaluate(piece.text, at)
            elif piece.kind == "directive":
                said = piece.text.split(" ")[0]
                at = places.line(path, piece.line, piece.column, len(said))
                message = f"unknown directive `{said}`" if said else "a block without directive"
                if said in {"{figure}", "{table}"}:
                    message = f"directive `{said}` names one exhibit"
                out.report("LOD202", message, at, _DIRECTIVES)
            elif piece.kind == "exhibit" and not piece.text:
                out.report("LOD201", "the directive names no exhibit", at, _DIRECTIVES)
            elif piece.kind in {"exhibit", "link"}:
                anchors.check(piece.text, piece.kind, at)
