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


def read_rows(text: str, file: str, out: Collector) -> Sequence[Row] | None:
    """The rows of a CSV file, the head first; empty lines are skipped. None after a finding.

    Reports: LOD301 for an empty file, LOD302 for a quotation mark, LOD304 for uneven rows, which
    are left out.
    """
    rows, findings = _remembered(text, file)
    out.add(findings)
    return rows


def text_of(text: str, rows: Sequence[Row], wanted: Collection[int]) -> str:
    """The text of a file with its head and some of its rows, whose positions are wanted."""
    lines = text.rstrip("\n").split("\n")

    def start(position: int) -> int:
        return rows[position][1][0].line if position < len(rows) else len(lines) + 1

    kept = [
        line
        for position in (0, *sorted(wanted))
        for line in _less_empty(lines[start(position) - 1 : start(position + 1) - 1])
    ]
    return "\n".join((*kept, ""))


def _less_empty(lines: list[str]) -> list[str]:
    """The lines of a row without the empty ones below it."""
    while not lines[-1]:
        lines = lines[:-1]
    return lines


@lru_cache(maxsize=REMEMBERED)
def _remembered(text: str, file: str) -> tuple[Sequence[Row] | None, tuple[Finding, ...]]:
    out = Collector()
    return _rows(text, file, out), tuple(out.findings)


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
