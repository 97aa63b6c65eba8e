"""Relations: what the numbers of a briefing must satisfy among themselves."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from briefgen.model.number import Number, Shown
from briefgen.model.value import Expression, Identifier, Refers, Slug, Text, Value


class _Relation(Value):
    kind: str
    topic: Text
    """What it is about, in a few words; the reconciliation notes print it."""
    table: Annotated[Identifier, Refers("table")] | None = None
    """A table: the relation must hold in each row, whose columns are names in the expressions.
    Rows in which a cell that it needs is empty are left out."""
    label: Annotated[str, Refers("column")] | None = None
    """The column that says in words which row is meant; without one, the row key."""

    @model_validator(mode="after")
    def _label_of_a_table(self) -> _Relation:
        if self.label is not None and self.table is None:
            raise ValueError("`label` is a column of `table`; give both")
        return self


class Growth(_Relation):
    """A change from one number to another, with its size or its direction as printed."""

    kind: Literal["growth"]
    now: Expression
    before: Expression
    printed: Expression | None = None
    """The change, below zero for a fall."""
    direction: Literal["rise", "fall"] | None = None
    """What the words say, where they say no size."""

    @model_validator(mode="after")
    def _size_or_direction(self) -> Growth:
        if (self.printed is None) == (self.direction is None):
            raise ValueError("give either `printed` or `direction`")
        return self


class Times(_Relation):
    """A rise or fall that is said in multiples: `增长 5 倍多`, `下降 11 倍`."""

    kind: Literal["times"]
    direction: Literal["rise", "fall"]
    """Whether it is said to rise or to fall."""
    printed: Expression
    """The multiple by which it is said to rise or fall."""
    now: Expression | None = None
    before: Expression | None = None
    growth: Expression | None = None
    """The change itself, instead of `now` and `before`."""

    @model_validator(mode="after")
    def _ends_or_growth(self) -> Times:
        if (self.now is None) != (self.before is None) or (self.now is None) == (
            self.growth is None
        ):
            raise ValueError("give either `now` and `before`, or `growth`")
        return self


class Share(_Relation):
    """A part of a whole."""

    kind: Literal["share"]
    part: Expression
    whole: Expression
    printed: Expression | None = None


class Sum(_Relation):
    """Parts that make up a whole."""

    kind: Literal["sum"]
    parts: tuple[Expression, ...] = Field(min_length=2)
    whole: Expression


class CompoundGrowth(_Relation):
    """A rate of growth per period (CAGR) between two ends."""

    kind: Literal["compound-growth"]
    start: Expression
    end: Expression
    periods: Expression
    """How many periods lie between the ends: a number, or an expression."""
    printed: Expression


class Ratio(_Relation):
    """One number as a multiple or fraction of another."""

    kind: Literal["ratio"]
    of: Expression
    to: Expression
    printed: Expression


class Equal(_Relation):
    """A printed number that follows from others by a formula."""

    kind: Literal["equal"]
    printed: Expression
    computed: Expression


class Same(_Relation):
    """One fact that is stated several times."""

    kind: Literal["same"]
    statements: tuple[Expression, ...] = Field(min_length=2)


class Within(_Relation):
    """A number between bounds."""

    kind: Literal["within"]
    value: Expression
    low: Expression | None = None
    high: Expression | None = None

    @model_validator(mode="after")
    def _bounded(self) -> Within:
        if self.low is None and self.high is None:
            raise ValueError("give `low`, `high` or both")
        return self


Relation = Annotated[
    Growth | Times | Share | Sum | CompoundGrowth | Ratio | Equal | Same | Within,
    Field(discriminator="kind"),
]

Relations = dict[Slug, Relation]
"""`relations.yaml`: relations by id."""


class Instance(Value):
    """A relation with its numbers; of a relation over a table, one per row."""

    id: str
    relation: Relation
    row: str | None = None
    label: str | None = None
    """The row in words."""
    operands: dict[str, tuple[Shown, ...]]
    """The results by field; lists have several."""

    @property
    def subject(self) -> str:
        """What findings and explanations call it."""
        return f"{self.id} {self.row}" if self.row else self.id

    @property
    def topic(self) -> str:
        """What it is about, the row included."""
        return f"{self.relation.topic}：{self.label}" if self.label else self.relation.topic

    def numbers(self, field: str) -> tuple[Number, ...]:
        """The numbers of a field that is a list."""
        return tuple(shown.number for shown in self.operands.get(field, ()) if shown.number)

    def number(self, field: str) -> Number:
        """The number of a field."""
        return self.numbers(field)[0]

    def has(self, field: str) -> bool:
        """Whether the author gave the field."""
        return bool(self.operands.get(field))
