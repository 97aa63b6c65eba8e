"""Typed tables, described by a Data Package: `tables/datapackage.yaml`."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Discriminator, Field, Tag, model_validator
from pydantic.alias_generators import to_camel

from briefgen.model.number import Number, is_whole_count
from briefgen.model.unit import UnitName, parse_unit
from briefgen.model.value import Flag, Identifier, Numeral, Period, Refers, Slug, Text, Value


class _Descriptor(Value):
    """Keys are spelled as the Data Package standard spells them: `primaryKey`, `asOf`."""

    model_config = ConfigDict(
        alias_generator=to_camel, validate_by_name=True, serialize_by_alias=True
    )


class Constraints(_Descriptor):
    """What the cells of a column must satisfy."""

    required: bool = False
    """Whether every cell must be filled."""
    unique: bool = False
    """Whether no value may stand there twice."""
    enum: tuple[str, ...] | None = None
    """The only values allowed."""
    minimum: Numeral | None = None
    """The least value allowed."""
    maximum: Numeral | None = None
    """The largest value allowed."""


class Column(_Descriptor):
    """One column of a table (a field of the Table Schema), with its unit and evidence."""

    name: Identifier
    """The name that expressions use: small letters, digits, underscores."""
    type: Literal["string", "number", "integer", "date", "year", "boolean"] = "string"
    """What the cells hold."""
    title: Text | None = None
    """The head of the column where it is shown."""
    description: Text | None = None
    """What the column holds."""
    constraints: Constraints = Constraints()
    unit: Text = "1"
    """What numbers are counted in, such as `CNY/1M tokens`."""
    as_of: Period | None = None
    """Overrides the table's as-of period."""
    source: Annotated[str, Refers("source")] | None = None
    """Overrides the table's source."""
    exact: Flag = False
    """Whether the numbers are not rounded: prices on a list, bounds of a guidance."""
    forecast: Flag = False
    """Whether the numbers were said before their as-of period."""

    @property
    def is_numeric(self) -> bool:
        """Whether the cells are numbers."""
        return self.type in {"number", "integer"}


class Schema(_Descriptor):
    """The columns of a table and the one that names its rows."""

    fields: tuple[Column, ...] = Field(min_length=1)
    primary_key: Identifier
    """The column whose cells name the rows."""
    missing_values: tuple[str, ...] = ("",)
    """What stands in a cell that has no value."""


class Resource(_Descriptor):
    """One table of the package: its schema and its evidence; where its rows are, the kinds say."""

    name: Identifier
    """The name that expressions use: small letters, digits, underscores."""
    title: Text | None = None
    """A title for readers."""
    description: Text | None = None
    """What the table holds."""
    schema_: Schema = Field(alias="schema")
    """The columns, and the one that names the rows."""
    as_of: Period
    """The day or period that the cells hold for: `2024-03-25`, `2024-Q1`, `2023/2025`."""
    source: Annotated[str, Refers("source")]
    where: Text | None = None
    """Where in the source."""


class CsvResource(Resource):
    """A table in a CSV file."""

    path: Text
    """The CSV file, as seen from the folder of `datapackage.yaml`."""
    format: Literal["csv"] = "csv"
    encoding: Literal["utf-8"] = "utf-8"
    """How the file is encoded."""


class Dialect(_Descriptor):
    """Which sheet of a workbook, as the Table Dialect names it; the first one without either."""

    sheet_name: Text | None = None
    """The name of the sheet."""
    sheet_number: int | None = Field(default=None, ge=1)
    """Counts from 1."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if self.sheet_name and self.sheet_number:
            raise ValueError("`sheetName` and `sheetNumber` exclude each other")
        return self


class ExcelResource(Resource):
    """A table in a sheet of an Excel workbook; the first row with content is the head."""

    path: Text
    """The workbook, as seen from the folder of `datapackage.yaml`."""
    format: Literal["xlsx"]
    dialect: Dialect = Dialect()


class ParquetResource(Resource):
    """A table in a Parquet file."""

    path: Text
    """The Parquet file, as seen from the folder of `datapackage.yaml`."""
    format: Literal["parquet"]


class SqlResource(Resource):
    """A table that a query gives. `url` and `query` are keys of briefgen, not of the standard."""

    format: Literal["sql"]
    url: Text
    """A SQLAlchemy URL; a database file is named as seen from the folder of `datapackage.yaml`,
    `${NAME}` is taken from the environment."""
    query: Text
    """What the database is asked; with `order by`, so that rows come in one order."""


def _format_of(data: Any) -> str:
    """The kind of a resource; CSV where nothing is said."""
    return str(data.get("format", "csv") if isinstance(data, dict) else getattr(data, "format", ""))


_format_of.__name__ = "format"  # what pydantic calls the key in its complaints

AnyResource = Annotated[
    Annotated[CsvResource, Tag("csv")]
    | Annotated[ExcelResource, Tag("xlsx")]
    | Annotated[ParquetResource, Tag("parquet")]
    | Annotated[SqlResource, Tag("sql")],
    Discriminator(_format_of),
]


class Package(_Descriptor):
    """`datapackage.yaml`: the tables of a briefing, readable by any Data Package tool."""

    name: Slug
    """A name of the package: small letters, digits, hyphens."""
    title: Text | None = None
    """A title for readers."""
    description: Text | None = None
    """What the tables hold."""
    resources: tuple[AnyResource, ...] = Field(min_length=1)
    """The tables; `format` says where the rows are."""


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
        return self._rows[row][self._position(column)]

    def number(self, row: str, column: str, units: dict[str, UnitName]) -> Number | None:
        """A cell of a numeric column with its evidence; None when it is missing.

        Raises: QuantityError when the column's unit is not understood.
        """
        described, text = self.column(column), self.cell(row, column)
        if text is None:
            return None
        value, unit = Decimal(text), parse_unit(described.unit, units)
        return Number(
            value=value,
            unit=unit,
            name=f'{self.name}["{row}"].{column}',
            as_of=described.as_of or self.as_of,
            sources=(described.source or self.source,),
            origin=f"{self.path}#{row}/{column}",
            where=self.where,
            printed=text,
            is_exact=described.exact or is_whole_count(value, unit, units),
            is_forecast=described.forecast,
        )

    @cached_property
    def column_names(self) -> tuple[str, ...]:
        """The names of the columns, from left to right."""
        return tuple(column.name for column in self.columns)

    @property
    def row_keys(self) -> tuple[str, ...]:
        """The row keys, from top to bottom."""
        return tuple(key for key, _ in self.cells(self.key))

    @cached_property
    def _rows(self) -> dict[str, tuple[str | None, ...]]:
        key = self._position(self.key)
        return {row[key] or "": row for row in self.rows}

    def _position(self, name: str) -> int:
        return self.column_names.index(name)
