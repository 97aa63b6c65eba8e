"""Named facts: the numbers of a briefing that stand in no table."""

from __future__ import annotations

from typing import Annotated

from pydantic import model_validator

from briefgen.model.value import Expression, Flag, Identifier, Numeral, Period, Refers, Text, Value


class Fact(Value):
    """One entry of `facts.yaml`: a sourced number, or one derived from others by a formula."""

    value: Numeral | None = None
    """The number, counted in `unit`."""
    formula: Expression | None = None
    """How the number follows from others; instead of `value`."""
    unit: Text | None = None
    """Such as `CNY/1M tokens`, `companies`, `%`; without one, a plain number. Names come from
    `units.yaml`."""
    as_of: Period | None = None
    """The day or period that the number holds for."""
    source: Annotated[str, Refers("source")] | None = None
    """An entry of `sources.yaml`."""
    where: Text | None = None
    """Where in the source: a page, table or paragraph."""
    printed: Text | None = None
    """The number as the source printed it."""
    exact: Flag = False
    """Whether the number is not rounded: a price on a list, a bound of a guidance."""
    forecast: Flag = False
    """Whether the number was said before `as_of`."""
    note: Text | None = None
    """What a reader of the evidence list should know."""

    @model_validator(mode="after")
    def _value_or_formula(self) -> Fact:
        if (self.value is None) == (self.formula is None):
            raise ValueError("give either `value` or `formula`")
        if self.value is not None and (self.source is None or self.as_of is None):
            raise ValueError("a fact with a value needs `source` and `as_of`")
        return self


Facts = dict[Identifier, Fact]
"""`facts.yaml`: facts by id."""
