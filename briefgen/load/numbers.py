"""Evaluates every expression of a briefing once, and reports those that make no sense."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place, SourceMap
from briefgen.load.expressions import EmptyCellError, Names
from briefgen.load.reported import REPORTED
from briefgen.model.exhibit import Exhibit
from briefgen.model.fact import Fact
from briefgen.model.markdown import pieces, plain_runs
from briefgen.model.marks import Marked
from briefgen.model.number import Number, Shown
from briefgen.model.table import Table
from briefgen.model.unit import QuantityError
from briefgen.model.value import Formula, Markdown

_AT_FIELD = {"LOD406": "as_of", "LOD408": "unit"}
"""Where in a fact a problem stands, if not at its number."""


class Numbers:
    """Results by expression text; each mistake is reported where it stands."""

    def __init__(self, names: Names, places: SourceMap, out: Collector) -> None:
        self._names, self._places, self._out = names, places, out
        self.results: dict[str, Shown] = {}
        self._broken: dict[str, QuantityError] = {}

    def facts(self, facts: Mapping[str, Fact]) -> dict[str, Number]:
        """Every fact as a number."""
        found: dict[str, Number] = {}
        for fact_id, fact in facts.items():
            try:
                found[fact_id] = self._names.number(fact_id)
            except QuantityError as error:
                field = _AT_FIELD.get(error.code, "formula" if fact.formula else "value")
                self.report(error, self._places.value(("facts", fact_id, field)))
        return found

    def evaluate(self, source: str, place: Place | None) -> None:
        """Evaluate an expression that stands at `place`."""
        if source in self.results:
            return
        try:
            if source in self._broken:
                raise self._broken[source]
            self.results[source] = self._names.evaluate(source)
        except QuantityError as error:
            self._broken[source] = error
            self.report(error, place)

    def brace(self, brace: str, place: Place | None) -> None:
        """Report what looks like the beginning or end of an expression and is none."""
        message = f"`{brace}` alone is no expression"
        self._out.report("LOD401", message, place, "write `{{ NAME }}`")

    def in_values(self, texts: Iterable[Marked]) -> None:
        """Evaluate the expressions in the marked fields of YAML files."""
        for text in texts:
            if isinstance(text.mark, Formula) and text.path[0] not in {"facts", "relations"}:
                if "view" not in text.path:
                    self.evaluate(text.text, self._places.value(text.path))
            elif isinstance(text.mark, Markdown):
                for brace, *_ in braces(text.text):
                    self.brace(brace, self._places.inside(text.path, brace))
                seen: dict[str, int] = {}
                for piece in pieces(text.text):
                    if piece.kind == "expression":
                        nth = seen[piece.text] = seen.get(piece.text, -1) + 1
                        place = self._places.inside(text.path, piece.text, nth)
                        self.evaluate(piece.text, place)

    def computed_columns(
        self, exhibits: Mapping[str, Exhibit], tables: Mapping[str, Table]
    ) -> dict[str, dict[str, tuple[Shown, ...]]]:
        """The computed columns of table exhibits: exhibit, formula, a result per row."""
        found: dict[str, dict[str, tuple[Shown, ...]]] = {}
        for exhibit_id, exhibit in exhibits.items():
            if exhibit.view is None or exhibit.view.table not in tables:
                continue
            table = tables[exhibit.view.table]
            for position, column in enumerate(exhibit.view.columns):
                if column.formula is None:
                    continue
                path = ("exhibits", exhibit_id, "view", "columns", position, "formula")
                place = self._places.value(path)
                results = self._column(table, column.formula, place)
                found.setdefault(exhibit_id, {})[column.formula] = results
        return found

    def _column(self, table: Table, formula: str, place: Place | None) -> tuple[Shown, ...]:
        results = []
        for key in table.row_keys:
            try:
                results.append(self._names.evaluate(formula, (table, key)))
            except EmptyCellError:
                results.append(Shown())
            except QuantityError as error:
                self.report(error, place)
                return ()
        return tuple(results)

    def operand(self, source: str, row: tuple[Table, str] | None) -> Shown:
        """The number of a relation, which may be written there; in a row, its columns are names.

        Raises: QuantityError.
        """
        shown = self._names.evaluate(source, row, is_operand=True)
        if shown.number is None:
            raise QuantityError("LOD401", f"`{source}` is no number")
        return shown

    def report(self, error: QuantityError, place: Place | None) -> None:
        """Report a mistake, unless it follows from one that was reported."""
        if error.code != REPORTED:
            self._out.report(error.code, error.message, place, error.help)


def braces(text: str) -> Iterator[tuple[str, int, int]]:
    """Every `{{` or `}}` in Markdown that belongs to no expression, with line and column."""
    if not re.search(r"\{\{|\}\}", re.sub(r"\{\{.*?\}\}", "", text)):
        return
    for run, line, column in plain_runs(text):
        for brace in re.finditer(r"\{\{|\}\}", run):
            yield brace[0], line, column + brace.start()
