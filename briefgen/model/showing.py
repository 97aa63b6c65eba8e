"""Where an edition shows each of its numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit
from briefgen.model.markdown import pieces
from briefgen.model.marks import marked
from briefgen.model.value import Formula, Markdown, Refers

FRONT = "front"
"""What is shown at the head of the first page."""


def shown_in(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """By the name of a number: anchors of sections, ids of exhibits, `front`."""
    found: dict[str, dict[str, None]] = {}
    for name, place in _showings(briefing):
        found.setdefault(name, {})[place] = None
    return {name: tuple(places) for name, places in found.items()}


def _showings(briefing: Briefing) -> Iterator[tuple[str, str]]:
    front = briefing.front.model_copy(update={"sections": ()})
    yield from _named(briefing, _expressions(front), FRONT)
    for anchor, section in briefing.anchored().items():
        prose = briefing.prose.get(section.prose or "", "")
        named = [piece for piece in pieces(prose) if piece.kind in {"expression", "exhibit"}]
        texts = [piece.text for piece in named if piece.kind == "expression"]
        yield from _named(briefing, (*texts, *_expressions(section)), anchor)
        for piece in named:
            if piece.kind == "exhibit":
                yield from _by_exhibit(briefing, piece.text, briefing.exhibits[piece.text])
        if section.kind == "recommendations":
            yield from _named(briefing, _expressions(briefing.recommendations), anchor)


def _expressions(value: Any) -> Iterator[str]:
    for field in marked(value):
        if isinstance(field.mark, Formula):
            yield field.text
        elif isinstance(field.mark, Markdown):
            yield from (piece.text for piece in pieces(field.text) if piece.kind == "expression")


def _named(briefing: Briefing, expressions: Any, place: str) -> Iterator[tuple[str, str]]:
    for expression in expressions:
        shown = briefing.numbers.get(expression)
        if shown and shown.number:
            yield shown.number.name, place


def _by_exhibit(briefing: Briefing, name: str, exhibit: Exhibit) -> Iterator[tuple[str, str]]:
    yield from _named(briefing, _expressions(exhibit), name)
    names = [field for field in marked(exhibit) if isinstance(field.mark, Refers)]
    columns = [field.text for field in names if field.mark == Refers("column")]
    for field in names:
        table = briefing.tables.get(field.text) if field.mark == Refers("table") else None
        if table is not None:
            for row in table.row_keys:
                for column in columns:
                    yield f'{table.name}["{row}"].{column}', name
                for formula in briefing.computed.get(name, ()):
                    yield f'{table.name}["{row}"]: {formula}', name
