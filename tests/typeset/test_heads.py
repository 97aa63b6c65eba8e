"""Header cells in the structure of a PDF: heads of rows, where they head more than one cell."""

import pytest

from briefgen.typeset.heads import settle_heads
from briefgen.typeset.tree import Node


def table(columns: int, rows: int) -> Node:
    """A table with heads of columns and of rows."""

    def cell(role: str, **attributes: str) -> Node:
        return Node(role, 0, {"A": {"O": "/Table", **attributes}} if attributes else {})

    heads = Node("TR", 0, kids=[cell("TH", Scope="/Column") for _ in range(columns)])
    body = [
        Node("TR", 0, kids=[cell("TH", Scope="/Row"), *(cell("TD") for _ in range(columns - 1))])
        for _ in range(rows)
    ]
    return Node("Table", 0, kids=[Node("THead", 0, kids=[heads]), Node("TBody", 0, kids=body)])


@pytest.mark.parametrize(
    ("columns", "rows", "kept"),
    [(2, 9, False), (3, 2, False), (3, 3, True), (4, 1, False), (4, 2, True)],
)
def test_heads_of_rows_never_outnumber_what_they_head(columns, rows, kept) -> None:
    made = table(columns, rows)
    settle_heads(made)
    roles = [cell.role for row in made.kids[1].kids for cell in row.kids]
    assert roles.count("TH") == (rows if kept else 0)
    assert [cell.role for cell in made.kids[0].kids[0].kids] == ["TH"] * columns
    plain = made.kids[1].kids[0].kids[0]
    assert plain.entries == ({"A": {"O": "/Table", "Scope": "/Row"}} if kept else {})


def test_a_cell_that_is_no_head_any_more_still_spans_its_rows() -> None:
    made = table(2, 3)
    made.kids[1].kids[0].kids[0].entries["A"]["RowSpan"] = 2
    settle_heads(made)
    assert made.kids[1].kids[0].kids[0].entries["A"] == {"O": "/Table", "RowSpan": 2}
