"""Which header cells of a table stay header cells in the structure of a PDF."""

from __future__ import annotations

from briefgen.typeset.tree import Node


def settle_heads(table: Node) -> None:
    """Turn the heads of rows into plain cells where all heads would outnumber what they head.

    In a table of two columns the head of a row heads one cell, and a reader who goes by heads
    hears every row twice; there the heads of the columns are enough.
    """
    cells = [cell for row in table.nodes() if row.role == "TR" for cell in row.kids]
    heads = [cell for cell in cells if isinstance(cell, Node) and cell.role == "TH"]
    if len(heads) <= len(cells) - len(heads):
        return
    for cell in heads:
        attributes = cell.entries.get("A", {})
        if attributes.get("Scope") == "/Row":
            cell.role = "TD"
            del attributes["Scope"]
            if len(attributes) == 1:
                del cell.entries["A"]
