"""Expressions over facts and table cells: `{{ kimi_output / gpt4_output | percent }}`.

Jinja parses them; the names in them are facts, tables, the columns of a row. All
arithmetic is done by `Number`, so units and evidence come along.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Protocol

from jinja2 import TemplateSyntaxError

from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.grammar import (
    ARITHMETIC,
    Parts,
    compute,
    parse,
    split_filters,
    syntax_error,
)
from briefgen.load.reported import REPORTED, Reported
from briefgen.model.fact import Fact
from briefgen.model.number import Number, Shown, check_style, is_whole_count, literal
from briefgen.model.table import Table
from briefgen.model.unit import QuantityError, UnitName, is_exchange_rate, parse_unit

PERIOD = re.compile(r"\d{4}[-0-9QH/]*")
"""The only text that an expression can give."""


class EmptyCellError(QuantityError):
    """A cell that holds nothing; a computed column leaves its own cell empty there."""


class Cells(Protocol):
    """What gives the cells of tables."""

    def cell(self, table: Table, key: str, column: str) -> Number | str:
        """A cell: a number with its evidence, or text."""


class Row(Parts):
    """A row of a table inside an expression: `prices["moonshot-v1-128k"].output`."""

    def __init__(self, names: Cells, table: Table, key: str) -> None:
        self._names, self._table, self._key = names, table, key

    def __str__(self) -> str:
        return f'{self._table.name}["{self._key}"]'

    def __getitem__(self, column: str) -> Number | str:
        if column not in self._table.column_names:
            raise QuantityError(
                "LOD402",
                f"table `{self._table.name}` has no column `{column}`",
                did_you_mean(column, self._table.column_names),
            )
        return self._names.cell(self._table, self._key, column)


class Rows(Parts):
    """A table inside an expression."""

    def __init__(self, names: Cells, table: Table) -> None:
        self._names, self._table = names, table

    def __str__(self) -> str:
        return self._table.name

    def __getitem__(self, key: str) -> Row:
        if key not in self._table.row_keys:
            raise QuantityError(
                "LOD402",
                f"table `{self._table.name}` has no row `{key}`",
                did_you_mean(str(key), self._table.row_keys),
            )
        return Row(self._names, self._table, key)


class Names:
    """What expressions can name: facts (also derived ones), tables, and what is counted."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        tables: Mapping[str, Table],
        units: dict[str, UnitName],
        counts: Mapping[str, Parts],
        reported: Reported,
    ) -> None:
        self._reported = reported
        self._facts, self._tables, self._units, self._counts = facts, tables, units, counts
        self._numbers: dict[str, Number] = {}
        self._failed: dict[str, QuantityError] = {}
        self._open: list[str] = []

    @property
    def known(self) -> set[str]:
        """All names."""
        return {*self._facts, *self._tables, *self._counts}

    def number(self, fact_id: str) -> Number:
        """A fact as a number; derived facts are computed, once.

        Raises: QuantityError, each time it is asked for; REPORTED if another fact is to blame.
        """
        if fact_id in self._failed:
            raise self._failed[fact_id]
        if fact_id not in self._numbers:
            self._open.append(fact_id)
            try:
                self._numbers[fact_id] = self._fact(fact_id, self._facts[fact_id])
            except QuantityError as error:
                self._failed[fact_id] = error
                raise
            finally:
                self._open.pop()
        return self._numbers[fact_id]

    def _named_number(self, fact_id: str) -> Number:
        """A fact that an expression names; what is wrong with it is reported at the fact.

        Raises: QuantityError, LOD403 for a circle.
        """
        if fact_id in self._open:
            chain = [self._open[-1], *self._open[self._open.index(fact_id) :]]
            raise QuantityError("LOD403", f"circular derived number: {' → '.join(chain)}")
        try:
            return self.number(fact_id)
        except QuantityError:
            raise QuantityError(REPORTED, f"`{fact_id}` has findings of its own") from None

    def cell(self, table: Table, key: str, column: str) -> Number | str:
        """A cell: a number with its evidence, or text."""
        if not table.column(column).is_numeric:
            return table.cell(key, column) or ""
        number = table.number(key, column, self._units)
        if number is None:
            raise EmptyCellError("LOD402", f'`{table.name}["{key}"].{column}` is an empty cell')
        return number

    def evaluate(
        self, source: str, row: tuple[Table, str] | None = None, *, is_operand: bool = False
    ) -> Shown:
        """The result of an expression; with `row`, the row's columns are names too.

        `is_operand`: whether it is computed with and not shown; then it need not be rounded, and
        it may be a number that is written there and no fact.
        Raises: QuantityError.
        """
        result = self._result(source, row)
        if isinstance(result, str) and PERIOD.fullmatch(result):
            return Shown(period=result)
        shown = result if isinstance(result, Shown) else Shown(number=literal(result))
        number = shown.number
        if number is None or not (is_operand or number.origin or number.is_derived):
            raise QuantityError("LOD401", f"`{source}` is no fact", "give it a name in facts.yaml")
        if not number.value.is_finite():
            raise QuantityError("LOD401", f"`{source}` is not finite")
        if not is_operand:
            check_style(number, shown.style)
        if number.is_derived and not number.origin:
            number = number.model_copy(update={"name": source, "formula": split_filters(source)[0]})
        return Shown(number=number, style=shown.style)

    def _result(self, source: str, row: tuple[Table, str] | None) -> Any:
        try:
            if not source:
                raise QuantityError("LOD401", "the expression is empty")
            read = parse(source)
            return compute(read.tree, {name: self._value(name, row) for name in read.names})
        except TemplateSyntaxError as error:
            raise syntax_error(source, str(error.message)) from None
        except RecursionError:
            message = "an expression is nested too deeply"
            raise QuantityError("LOD401", message, "give its parts names in facts.yaml") from None
        except (TypeError, ValueError, ArithmeticError):
            raise QuantityError("LOD401", f"`{source}` cannot be computed", ARITHMETIC) from None

    def _value(self, name: str, row: tuple[Table, str] | None) -> Any:
        if row and name in row[0].column_names:
            return self.cell(*row, name)
        if name in self._facts:
            return self._named_number(name)
        if name in self._tables:
            return Rows(self, self._tables[name])
        if name in self._counts:
            return self._counts[name]
        if any(self._reported.covers(kind, name) for kind in ("fact", "table")):
            raise QuantityError(REPORTED, f"`{name}` has findings of its own")
        known = {*self.known, *(row[0].column_names if row else ())}
        raise QuantityError("LOD402", f"unknown fact `{name}`", did_you_mean(name, known))

    def _fact(self, fact_id: str, fact: Fact) -> Number:
        if fact.formula is not None:
            number = self._result(fact.formula, None)
            if isinstance(number, Shown):
                raise QuantityError(
                    "LOD401",
                    f"`{fact.formula}` has a filter",
                    "leave filters to the places that show the fact",
                )
            if not isinstance(number, Number):
                raise QuantityError(
                    "LOD401",
                    f"`{fact.formula}` names no number",
                    "a number of its own is given as `value`, with `source` and `as_of`",
                )
            return self._computed(fact_id, fact, number)
        unit = parse_unit(fact.unit or "1", self._units)
        if is_exchange_rate(unit, self._units) and len(fact.as_of or "") != len("2024-03-23"):
            raise QuantityError(
                "LOD406", f"exchange rate `{fact_id}` has no day", "give `as_of` as a day"
            )
        value = fact.value or Decimal(0)
        return Number(
            value=value,
            unit=unit,
            name=fact_id,
            as_of=fact.as_of,
            sources=(fact.source,) if fact.source else (),
            origin=_origin(fact_id),
            where=fact.where,
            printed=fact.printed,
            note=fact.note,
            is_exact=fact.exact or is_whole_count(value, unit, self._units),
            is_forecast=fact.forecast,
        )

    def _computed(self, fact_id: str, fact: Fact, number: Number) -> Number:
        """A derived fact: the formula's result, in the unit that the fact asks for."""
        wanted = parse_unit(fact.unit, self._units) if fact.unit else number.unit
        ratio = number.unit.ratio_to(wanted)
        if ratio is None:
            raise QuantityError(
                "LOD405",
                f"unit mismatch: `{fact_id}` is to be in {wanted}, "
                f"`{fact.formula}` is in {number.unit}",
            )
        return Number(
            value=number.value * ratio,
            unit=wanted,
            name=fact_id,
            formula=fact.formula,
            sources=number.sources,
            origin=_origin(fact_id),
            printed=fact.printed,
            note=fact.note,
            inputs=number.inputs if number.is_derived and not number.origin else (number,),
            computed_span=number.span.times(ratio),
        )


def _origin(fact_id: str) -> str:
    return f"facts.yaml#{fact_id}"
