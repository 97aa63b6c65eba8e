"""`for_each:` of a briefing: one template, an edition for each group of rows or entry of a list."""

from __future__ import annotations

from typing import Self

from pydantic import Field, model_validator

from briefgen.model.value import Identifier, Text, Value


class ForEach(Value):
    """What a briefing is made for: the rows of a table, or the entries of a list.

    Every column with one value in all rows of an edition, every key of an entry, is a parameter:
    `${vendor}` stands for it in the files of the briefing.
    """

    table: Identifier | None = None
    """A table of the briefing; in an edition it holds only the rows of that edition."""
    by: Identifier | None = None
    """The column that names the edition of a row; without it, the key of the table."""
    list: tuple[dict[Identifier, Text], ...] | None = Field(default=None, min_length=1)
    """Parameters instead of a table; `id` of an entry names its edition."""

    @model_validator(mode="after")
    def _one_of_both(self) -> Self:
        if (self.table is None) == (self.list is None):
            raise ValueError("`for_each` needs either `table` or `list`")
        if self.by is not None and self.table is None:
            raise ValueError("`by` names a column of `table`; entries of a list are named by `id`")
        return self
