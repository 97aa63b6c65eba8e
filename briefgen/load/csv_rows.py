"""CSV with places: every cell knows its line, column and width."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from briefgen.diagnostics.finding import Collector, Finding
from briefgen.diagnostics.place import Place

Row = tuple[list[str], list[Place]]
"""The cells of a row and their places."""

REMEMBERED = 32
"""Of how many files the rows are remembered: editions of a family read the same ones."""


def read_rows(
    text: str, file: str, out: Collector, holding: str | None = None
) -> Sequence[Row] | None:
    """The rows of a CSV file, the head first; empty lines are skipped. None after a finding.

    Reports: LOD301 for an empty file, LOD302 for a quotation mark, LOD304 for uneven rows, which
    are left out: for all of them, or for those that hold a text in any cell.
    """
    rows, uneven, findings = _remembered(text, file)
    out.add(findings)
    out.add(finding for cells, finding in uneven if holding is None or holding in cells)
    return rows


def text_of(text: str, rows: Sequence[Row], wanted: Collection[int]) -> str:
    """The text of a file with its head and some of its rows, whose positions are wanted."""
    lines = text.split("\n")
    starts = (rows[position][1][0].line for position in (0, *sorted(wanted)))
    return "".join(f"{line}\n" for start in starts for line in _row_from(lines, start))


def _row_from(lines: Sequence[str], start: int) -> Sequence[str]:
    """The lines of the row that begins in line `start`, counted from 1."""
    reader = csv.reader(f"{lines[at]}\n" for at in range(start - 1, len(lines)))
    next(reader)
    return lines[start - 1 : start - 1 + reader.line_num]


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    text: str, file: str
) -> tuple[Sequence[Row] | None, Sequence[tuple[list[str], Finding]], Sequence[Finding]]:
    """The even rows, the cells of the others with what is said of them, and what is wrong."""
    out = Collector()
    rows = _rows(text, file, out)
    if not rows:
        return None, (), out.findings
    width = len(rows[0][0])
    uneven = [
        (cells, Finding("LOD304", f"the row has {len(cells)} cells, the head has {width}", at[0]))
        for cells, at in rows
        if len(cells) != width
    ]
    return [row for row in rows if len(row[0]) == width], uneven, ()


def _rows(text: str, file: str, out: Collector) -> list[Row] | None:
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
    return rows


def _places(raw: str, count: int, file: str, line: int) -> list[Place]:
    """Where the cells of a line are, their quotation marks included."""
    spans = [
        (match.start() + 1, len(match[1]))
        for match in re.finditer(r'(?:^|(?<=,))("(?:[^"]|"")*"|[^,]*)', raw)
    ]
    found = (spans + [(1, len(raw))] * count)[:count]
    return [Place(file, line, column, max(1, width)) for column, width in found]
