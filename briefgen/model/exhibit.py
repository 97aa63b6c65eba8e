"""Exhibits: figures and tables with caption, sources and note."""

from __future__ import annotations

from abc import ABC, abstractmethod
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Literal

from pydantic import (
    Field,
    SerializeAsAny,
    ValidationInfo,
    field_validator,
    model_validator,
)

from briefgen.model.marks import marked
from briefgen.model.value import (
    Expression,
    Flag,
    Identifier,
    Line,
    Markdown,
    Numeral,
    Refers,
    Slug,
    Text,
    Value,
    each_once,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from briefgen.model.table import Table


class Chart(Value, ABC):
    """A chart: its fields are the keys an author writes, `draw` puts it on a canvas.

    The kinds are listed in `briefgen.draw.charts.CHARTS`.
    """

    own_tables: ClassVar[frozenset[str]] = frozenset()
    """Tables that every chart of the kind draws, beside those that it names."""

    kind: str
    height_mm: Numeral = Field(default=Decimal(58), ge=20, le=220)
    """Height on the page; the width follows from the exhibit's `width`."""

    @field_validator("values", "parts", "lines", check_fields=False)
    @classmethod
    def _distinct(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        each_once(columns)
        return columns

    @abstractmethod
    def draw(self, canvas: Any) -> None:
        """Draw on the canvas (a `briefgen.draw.canvas.Canvas`)."""

    @abstractmethod
    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """A text that says what the chart shows, from its data, for those who cannot see it."""


class ColumnView(Value):
    """A column of a table exhibit: a column of the data, or a formula over the row's cells."""

    column: Annotated[str, Refers("column")] | None = None
    """A column of the table; or give `formula`."""
    formula: Expression | None = None
    """Such as `output / input | times(1)`; column names are the row's cells."""
    header: Text | None = None
    """The head; without one, the column's title."""

    @model_validator(mode="after")
    def _column_or_formula(self) -> ColumnView:
        if (self.column is None) == (self.formula is None):
            raise ValueError("give either `column` or `formula`")
        if self.formula is not None and self.header is None:
            raise ValueError("a computed column needs a `header`")
        return self


GridCell = Annotated[str, Markdown()]
"""A cell of a grid: one line of Markdown, or nothing."""


class TableView(Value):
    """How a table of the data package is shown as an exhibit."""

    table: Annotated[Identifier, Refers("table")]
    columns: tuple[ColumnView, ...] = Field(min_length=1)
    """What is shown, from left to right."""
    group_by: Annotated[str, Refers("column")] | None = None
    """A column whose values become lines between the rows."""
    merge: tuple[Annotated[str, Refers("column")], ...] = ()
    """Columns in which neighbouring rows with the same text share one cell."""
    rank: Flag = False
    """Whether a column of ranks, from 1, stands before the first."""

    @field_validator("merge")
    @classmethod
    def _distinct(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        each_once(columns)
        return columns


class Grid(Value):
    """A table whose cells are lines of Markdown: text and bound numbers from anywhere.

    Shape: every row has a cell per head; an empty cell is written `–`.
    """

    heads: tuple[Text, ...] = Field(min_length=2)
    """The heads of the columns."""
    rows: tuple[tuple[GridCell, ...], ...] = Field(min_length=1)
    """The cells of each row; numbers in them are bound by `{{ … }}`."""
    numbers: tuple[int, ...] = ()
    """The columns, counted from 1, that hold numbers and are aligned right."""

    @model_validator(mode="after")
    def _even(self) -> Grid:
        for position, row in enumerate(self.rows, start=1):
            if len(row) != len(self.heads):
                raise ValueError(
                    f"row {position} has {len(row)} cells, there are {len(self.heads)} heads"
                )
        return self


class Exhibit(Value):
    """One entry of `exhibits.yaml`: a figure or a table, numbered where it stands in the text."""

    caption: Line
    """What stands above the exhibit; numbers in it are bound by `{{ … }}`."""
    chart: SerializeAsAny[Chart] | None = None
    """A figure that is drawn from a table; `kind` says how."""
    image: Text | None = None
    """A PNG, JPEG or SVG file in the folder of the briefing, such as `figures/app.png`."""
    view: TableView | None = None
    """A table of the data package, shown as an exhibit."""
    grid: Grid | None = None
    """A table whose cells are written one by one."""
    sources: tuple[Annotated[str, Refers("source")], ...] = Field(min_length=1)
    """What the source line names."""
    note: Line | None = None
    """Printed before the source line."""
    alt: Text | None = None
    """Text for those who cannot see the figure; a chart's is made from its data when missing."""
    original: Text | None = None
    """The exhibit's number in the report that is rebuilt."""
    width: Literal["full", "half"] = "full"
    """Two half-width exhibits that follow each other stand side by side."""
    height_mm: Numeral | None = Field(default=None, ge=5)
    """How high an image is at most; without it, it is as wide as its place."""
    computed: Flag = False
    """Whether numbers were computed by us; said in the source line."""

    @field_validator("chart", mode="before")
    @classmethod
    def _kind(cls, chart: Any, info: ValidationInfo) -> Any:
        """A chart read from JSON, as one of the kinds that the context gives."""
        if isinstance(chart, dict) and info.context:
            return info.context["charts"][chart["kind"]].model_validate(chart)
        return chart

    @model_validator(mode="after")
    def _one_of_four(self) -> Exhibit:
        parts = (self.chart, self.image, self.view, self.grid)
        if len([part for part in parts if part is not None]) != 1:
            raise ValueError("give one of `chart`, `image`, `view` and `grid`")
        if self.image is not None and self.alt is None:
            raise ValueError("an image needs `alt`, a text for those who cannot see it")
        if self.image is None and self.height_mm is not None:
            raise ValueError("`height_mm` is for images; a chart has its own, inside `chart`")
        return self

    def tables(self) -> set[str]:
        """The tables that it shows."""
        named = {text.text for text in marked(self) if text.mark == Refers("table")}
        return named | (self.chart.own_tables if self.chart else set())

    @property
    def is_figure(self) -> bool:
        """Whether it is a figure, and no table."""
        return self.chart is not None or self.image is not None


Exhibits = dict[Slug, Exhibit]
"""`exhibits.yaml`: exhibits by id."""
