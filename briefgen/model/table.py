"""Typed tables, described by a Data Package: `tables/datapackage.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import ConfigDict, Field
from pydantic.alias_generators import to_camel

from briefgen.model.number import Number
from briefgen.model.unit import UnitName, parse_unit
from briefgen.model.value import Identifier, Period, Refers, Slug, Text, Value


class _Descriptor(Value):
    """Keys are spelled as the Data Package standard spells them: `primaryKey`, `asOf`."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True
    )


class Constraints(_Descriptor):
    """What the cells of a column must satisfy."""

    required: bool = False
    unique: bool = False
    enum: tuple[str, ...] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None


class Column(_Descriptor):
    """One column of a table (a field of the Table Schema), with its unit and evidence."""

    name: Identifier
    type: Literal["string", "number", "integer", "date", "year", "boolean"] = "string"
    title: Text | None = None
    description: Text | None = None
    constraints: Constraints = Constraints()
    unit: Text = "1"
    """What numbers are counted in, such as `CNY/1M tokens`."""
    as_of: Period | None = None
    """Overrides the table's as-of period."""
    source: Annotated[str, Refers("source")] | None = None
    """Overrides the table's source."""

    @property
    def is_numeric(self) -> bool:
        """Whether the cells are numbers."""
        return self.type in {"number", "integer"}


class Schema(_Descriptor):
    """The columns of a table and the one that names its rows."""

    fields: tuple[Column, ...] = Field(min_length=1)
    primary_key: Identifier
    missing_values: tuple[str, ...] = ("",)


class Resource(_Descriptor):
    """One table of the package: its file, its schema, its evidence."""

    name: Identifier
    path: Text
    title: Text | None = None
    description: Text | None = None
    format: Literal["csv"] = "csv"
    encoding: Literal["utf-8"] = "utf-8"
    schema_: Schema = Field(alias="schema")
    as_of: Period
    source: Annotated[str, Refers("source")]
    where: Text | None = None


class Package(_Descriptor):
    """`datapackage.yaml`: the tables of a briefing, readable by any Data Package tool."""

    name: Slug
    title: Text | None = None
    description: Text | None = None
    resources: tuple[Resource, ...] = Field(min_length=1)


class Table(Value):
    """A table that was read and checked: cells keep the text of the file.

    Shape: `rows` is rows x columns, in the order of `columns`; a missing cell is None.
    """

    name: str
    path: str
    columns: tuple[Column, ...]
    key: str
    as_of: str
    source: str
    where: str | None
    rows: tuple[tuple[str | None, ...], ...]

    def column(self, name: str) -> Column:
        """The column called `name`."""
        return self.columns[self._position(name)]

    def cells(self, name: str) -> Iterator[tuple[str, str | None]]:
        """Row key and cell of one column, from top to bottom."""
        key, position = self._position(self.key), self._position(name)
        for row in self.rows:
            yield row[key] or "", row[position]

    def cell(self, row: str, column: str) -> str | None:
        """One cell by row key and column name."""
        return dict(self.cells(column))[row]

    def number(self, row: str, column: str, units: dict[str, UnitName]) -> Number | None:
        """A cell of a numeric column with its evidence; None when it is missing.

        Raises: QuantityError when the column's unit is not understood.
        """
        described, text = self.column(column), self.cell(row, column)
        if text is None:
            return None
        return Number(
            value=Decimal(text),
            unit=parse_unit(described.unit, units),
            name=f'{self.name}["{row}"].{column}',
            as_of=described.as_of or self.as_of,
            sources=(described.source or self.source,),
            origin=f"{self.path}#{row}/{column}",
            where=self.where,
            printed=text,
        )

    @property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, from left to right."""
        return tuple(column.name for column in self.columns)

    @property
    def row_keys(self) -> tuple[str, ...]:
        """The row keys, from top to bottom."""
        return tuple(key for key, _ in self.cells(self.key))

    def _position(self, name: str) -> int:
        return self.column_names.index(name)
