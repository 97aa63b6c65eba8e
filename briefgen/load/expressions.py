"""Expressions over facts and table cells: `{{ kimi_output / gpt4_output | percent }}`.

Jinja parses them in its sandbox; the names in them are facts, tables, the columns of a row. All
arithmetic is done by `Number`, so units and evidence come along.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.sandbox import SandboxedEnvironment

from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.fact import Fact
from briefgen.model.number import Number, Shown, Style, StyleKind, check_style, literal
from briefgen.model.table import Table
from briefgen.model.unit import QuantityError, UnitName, is_exchange_rate, parse_unit

REPORTED = ""
"""The code of an error that follows from another finding and is not shown."""


class Row:
    """A row of a table inside an expression: `prices["moonshot-v1-128k"].output`."""

    def __init__(self, names: Names, table: Table, key: str) -> None:
        self._names, self._table, self._key = names, table, key

    def __getitem__(self, column: str) -> Number | str:
        if column not in self._table.column_names:
            raise QuantityError(
                "LOD402",
                f"table `{self._table.name}` has no column `{column}`",
                did_you_mean(column, self._table.column_names),
            )
        return self._names.cell(self._table, self._key, column)


class Rows:
    """A table inside an expression."""

    def __init__(self, names: Names, table: Table) -> None:
        self._names, self._table = names, table

    def __getitem__(self, key: str) -> Row:
        if key not in self._table.row_keys:
            raise QuantityError(
                "LOD402",
                f"table `{self._table.name}` has no row `{key}`",
                did_you_mean(key, self._table.row_keys),
            )
        return Row(self._names, self._table, key)


class Names:
    """What expressions can name: facts (also derived ones), tables, and what is counted."""

    def __init__(
        self,
        facts: Mapping[str, Fact],
        tables: Mapping[str, Table],
        units: dict[str, UnitName],
        counts: Mapping[str, Any],
        broken: Collection[str] = (),
    ) -> None:
        self._broken = broken
        self._facts, self._tables, self._units, self._counts = facts, tables, units, counts
        self._numbers: dict[str, Number] = {}
        self._open: list[str] = []
        self._environment = _environment()

    @property
    def known(self) -> set[str]:
        """All names."""
        return {*self._facts, *self._tables, *self._counts}

    def number(self, fact_id: str) -> Number:
        """A fact as a number; derived facts are computed, once.

        Raises: QuantityError, LOD403 for a circle.
        """
        if fact_id in self._numbers:
            return self._numbers[fact_id]
        if fact_id in self._open:
            circle = " → ".join([*self._open[self._open.index(fact_id) :], fact_id])
            raise QuantityError("LOD403", f"circular derived number: {circle}")
        self._open.append(fact_id)
        try:
            self._numbers[fact_id] = self._fact(fact_id, self._facts[fact_id])
        finally:
            self._open.pop()
        return self._numbers[fact_id]

    def cell(self, table: Table, key: str, column: str) -> Number | str:
        """A cell: a number with its evidence, or text."""
        if not table.column(column).is_numeric:
            return table.cell(key, column) or ""
        number = table.number(key, column, self._units)
        if number is None:
            raise QuantityError("LOD402", f"row `{key}` has no `{column}`")
        return number

    def evaluate(self, source: str, row: tuple[Table, str] | None = None) -> Shown:
        """The result of an expression; with `row`, the row's columns are names too.

        Raises: QuantityError.
        """
        result = self._result(source, row)
        if isinstance(result, str):
            return Shown(period=result)
        shown = result if isinstance(result, Shown) else Shown(number=literal(result))
        number = shown.number
        if number is None:
            raise QuantityError("LOD401", f"`{source}` is not a number")
        if number.is_derived and not number.origin:
            number = number.model_copy(update={"name": source, "formula": source})
        check_style(number, shown.style)
        return Shown(number=number, style=shown.style)

    def _result(self, source: str, row: tuple[Table, str] | None) -> Any:
        try:
            whole = _filters_last(source)
            tree = self._environment.parse("{{ " + whole + " }}")
            wanted = meta.find_undeclared_variables(tree)
            values = {name: self._value(name, row) for name in sorted(wanted)}
            return self._environment.compile_expression(whole, undefined_to_none=False)(**values)
        except TemplateSyntaxError as error:
            raise _syntax(source, str(error.message), self._environment.filters) from None
        except UndefinedError as error:
            raise QuantityError("LOD402", str(error.message)) from None
        except (TemplateError, TypeError, ValueError) as error:
            raise QuantityError("LOD401", f"`{source}` cannot be computed: {error}") from None

    def _value(self, name: str, row: tuple[Table, str] | None) -> Any:
        if row and name in row[0].column_names:
            return self.cell(*row, name)
        if name in self._facts:
            return self.number(name)
        if name in self._tables:
            return Rows(self, self._tables[name])
        if name in self._counts:
            return self._counts[name]
        if name in self._broken:
            raise QuantityError(REPORTED, f"`{name}` has findings of its own")
        known = {*self.known, *(row[0].column_names if row else ())}
        raise QuantityError("LOD402", f"unknown fact `{name}`", did_you_mean(name, known))

    def _fact(self, fact_id: str, fact: Fact) -> Number:
        if fact.formula is not None:
            number = self._result(fact.formula, None)
            if not isinstance(number, Number):
                raise QuantityError(
                    "LOD401",
                    f"`{fact.formula}` gives no number",
                    "leave filters to the places that show the fact",
                )
            return self._computed(fact_id, fact, number)
        unit = parse_unit(fact.unit or "1", self._units)
        if is_exchange_rate(unit, self._units) and len(fact.as_of or "") != len("2024-03-23"):
            raise QuantityError(
                "LOD406", f"exchange rate `{fact_id}` has no day", "give `as_of` as a day"
            )
        return Number(
            value=fact.value,
            unit=unit,
            name=fact_id,
            as_of=fact.as_of,
            sources=(fact.source,) if fact.source else (),
            origin=_origin(fact_id),
            where=fact.where,
            printed=fact.printed,
            note=fact.note,
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
        )


def _origin(fact_id: str) -> str:
    return f"facts.yaml#{fact_id}"


def _styled(kind: StyleKind | None, default: int | None = None) -> Callable[..., Shown]:
    def apply(value: Any, digits: int | None = default) -> Shown:
        if isinstance(value, int | float):
            raise QuantityError("LOD401", f"`{value}` is no fact; filters show facts")
        shown = value if isinstance(value, Shown) else Shown(number=literal(value))
        style = Style(
            kind=kind or shown.style.kind,
            digits=shown.style.digits if digits is None else digits,
        )
        return shown.model_copy(update={"style": style})

    return apply


FILTERS: dict[str, Callable[..., Shown]] = {
    "percent": _styled("percent", 1),
    "change": _styled("change", 1),
    "times": _styled("times", 1),
    "compact": _styled("compact"),
    "value": _styled("value"),
    "printed": _styled("printed"),
    "round": _styled(None, 0),
}
"""The filters of expressions and what they do; `round(n)` sets digits and keeps the kind."""


def _environment() -> SandboxedEnvironment:
    environment = SandboxedEnvironment(autoescape=False)
    environment.globals.clear()
    environment.tests.clear()
    environment.filters = dict(FILTERS)
    return environment


def _filters_last(source: str) -> str:
    """Filters apply to all that stands before them: `a / b | percent` is `(a / b) | percent`."""
    depth, quote = 0, ""
    for position, char in enumerate(source):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char == "|" and not depth:
            return f"({source[:position]}){source[position:]}"
        depth += (char in "([") - (char in ")]") if not quote else 0
    return source


def _syntax(source: str, message: str, filters: Mapping[str, Any]) -> QuantityError:
    if message.startswith("No filter named"):
        name = message.split("'")[1]
        return QuantityError("LOD401", f"unknown filter `{name}`", did_you_mean(name, filters))
    return QuantityError("LOD401", f"`{source}` is not an expression: {message}")
