"""Where what a page shows is written: for the preview, which leads from a text to its file."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.diagnostics.place import Place, SourceMap, ValuePath
from briefgen.model.number import Number

ATTRIBUTE = "data-at"
_CELL = re.compile(r'([\w-]+)\["(.*)"\][.:]')


@dataclass(frozen=True, slots=True)
class Origins:
    """Writes the attribute `data-at="FILE:LINE:COLUMN"`; without places nothing at all."""

    places: SourceMap | None = None

    def of(self, path: ValuePath) -> Markup:
        """The attribute for a value of the briefing."""
        return self._written(self.places.value(path)) if self.places else Markup()

    def of_line(self, name: str, line: int) -> Markup:
        """The attribute for a line of a prose file, counted from 1."""
        if self.places is None:
            return Markup()
        return self._written(self.places.line(("prose", name), line, 1, 1))

    def of_number(self, number: Number) -> Markup:
        """The attribute for a fact or the row of a cell; what the text computes has none."""
        if self.places is None:
            return Markup()
        cell = _CELL.match(number.name)
        path = ("cells", *cell.groups()) if cell else ("facts", number.name)
        return self.of(path) if self.places.has(path) else Markup()

    def _written(self, place: Place | None) -> Markup:
        return Markup(f' {ATTRIBUTE}="{escape(str(place))}"') if place else Markup()
