"""CSV with places: every cell knows its line, column and width."""

from __future__ import annotations

import csv
import io
import re

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place

Row = tuple[list[str], list[Place]]
"""The cells of a row and their places."""


def read_rows(text: str, file: str, out: Collector) -> list[Row] | None:
    """The rows of a CSV file, the head first; empty lines are skipped. None after a finding.

    Reports: LOD301 for an empty file, LOD302 for a quotation mark, LOD304 for uneven rows, which
    are left out.
    """
    reader = csv.reader(io.StringIO(text), strict=True)
    lines = text.split("\n")
    rows: list[Row] = []
    start = 1
    try:
        for cells in reader:
            line, start = start, reader.line_num + 1
            if cells:
                rows.append((cells, _places(lines[line - 1], len(cells), file, line)))
    except csv.Error:
        column = max(lines[start - 1].rfind('"'), 0) + 1
        out.report(
            "LOD302",
            "the quotation mark does not enclose the cell",
            Place(file, start, column),
            'write `"a, b"` for a comma in a cell, `""` for a quotation mark in it',
        )
        return None
    if not rows:
        out.report("LOD301", "the table is empty", Place(file))
        return None
    width = len(rows[0][0])
    even = []
    for cells, places in rows:
        if len(cells) == width:
            even.append((cells, places))
        else:
            message = f"the row has {len(cells)} cells, the head has {width}"
            out.report("LOD304", message, places[0])
    return even


def _places(raw: str, count: int, file: str, line: int) -> list[Place]:
    """Where the cells of a line are, their quotation marks included."""
    spans = [
        (match.start() + 1, len(match[1]))
        for match in re.finditer(r'(?:^|(?<=,))("(?:[^"]|"")*"|[^,]*)', raw)
    ]
    found = (spans + [(1, len(raw))] * count)[:count]
    return [Place(file, line, column, max(1, width)) for column, width in found]
