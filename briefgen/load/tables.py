"""The tables of a briefing: `tables/datapackage.yaml` and the CSV files that it describes."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal, InvalidOperation

from briefgen.diagnostics.finding import Collector, has_errors
from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.files import Folder
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.table import Column, Package, Resource, Table

PACKAGE = "tables/datapackage.yaml"

_WRITTEN = {
    "number": "a number",
    "integer": "a whole number",
    "date": "a date like `2024-03-25`",
    "year": "a year",
    "boolean": "`true` or `false`",
}


def read_tables(
    folder: Folder, places: SourceMap, broken: set[str], out: Collector
) -> dict[str, Table]:
    """All tables of a briefing by name; those with errors only leave their name in `broken`.

    Reports: LOD1xx of the package file, LOD3xx of the tables.
    """
    if not folder.has(PACKAGE):
        return {}
    text = folder.read(PACKAGE, out)
    if text is None:
        return {}
    path = ("tables",)
    data = read_yaml(text, folder.shown(PACKAGE), path, places, out)
    package = typed(Package, data, path, places, out)
    if package is None:
        return {}
    tables = {}
    for position, resource in enumerate(package.resources):
        at = (*path, "resources", position)
        if resource.name in tables:
            out.report("LOD105", f"duplicate table `{resource.name}`", places.value((*at, "name")))
            continue
        table = _read_table(folder, resource, at, places, mine := Collector())
        out.findings += mine.findings
        if table is None or has_errors(mine.findings):
            broken.add(resource.name)
        else:
            tables[resource.name] = table
    return tables


def _read_table(
    folder: Folder, resource: Resource, at: tuple[str | int, ...], places: SourceMap, out: Collector
) -> Table | None:
    name = f"tables/{resource.path}"
    text = folder.read(name, out, places.value((*at, "path")))
    if text is None:
        return None
    lines = list(records(text, folder.shown(name)))
    if not lines:
        out.report("LOD301", "the table is empty", Place(folder.shown(name)))
        return None
    columns = resource.schema_.fields
    head, head_places = lines[0]
    if not _check_head(head, head_places, resource, at, places, out):
        return None
    order = [head.index(column.name) for column in columns]
    rows = []
    for cells, cell_places in lines[1:]:
        if len(cells) != len(head):
            out.report(
                "LOD304",
                f"the row has {len(cells)} cells, the head has {len(head)}",
                cell_places[0],
            )
            continue
        missing = resource.schema_.missing_values
        picked = [None if cells[i] in missing else cells[i] for i in order]
        for column, cell, i in zip(columns, picked, order, strict=True):
            _check_cell(column, cell, cell_places[i], out)
        rows.append((tuple(picked), cell_places))
    key = _key_position(resource, out, at, places)
    if key is None:
        return None
    _check_keys([(row[key], at_row[order[key]]) for row, at_row in rows], resource, out)
    for row, at_row in rows:
        places.add(("cells", resource.name, row[key] or ""), Origin(at_row[0]))
    return Table(
        name=resource.name,
        path=name,
        columns=columns,
        key=resource.schema_.primary_key,
        as_of=resource.as_of,
        source=resource.source,
        where=resource.where,
        rows=tuple(row for row, _ in rows),
    )


def records(text: str, file: str) -> Iterator[tuple[list[str], list[Place]]]:
    """The rows of a CSV file, each cell with its place; empty lines are skipped."""
    reader = csv.reader(io.StringIO(text), strict=True)
    lines = text.splitlines()
    start = 1
    for cells in reader:
        line, start = start, reader.line_num + 1
        if not cells:
            continue
        raw = lines[line - 1] if line <= len(lines) else ""
        yield (
            cells,
            [
                Place(file, line, column, max(1, width))
                for column, width in _columns(raw, len(cells))
            ],
        )


def _columns(raw: str, count: int) -> list[tuple[int, int]]:
    """Where each cell of a CSV line starts (from 1) and how wide it is, quotes included."""
    spans = [
        (match.start() + 1, len(match.group(1)))
        for match in re.finditer(r'(?:^|(?<=,))("(?:[^"]|"")*"|[^,]*)', raw)
    ]
    return (spans + [(1, len(raw))] * count)[:count]


def _check_head(
    head: list[str],
    at_head: list[Place],
    resource: Resource,
    at: tuple[str | int, ...],
    places: SourceMap,
    out: Collector,
) -> bool:
    """Every described column is in the file, and the file has no other."""
    described = [column.name for column in resource.schema_.fields]
    for position, name in enumerate(described):
        if name not in head:
            out.report(
                "LOD301",
                f"column `{name}` is missing in `{resource.path}`",
                places.value((*at, "schema", "fields", position, "name")),
                did_you_mean(name, [h for h in head if h not in described]),
            )
    for name, place in zip(head, at_head, strict=True):
        if name not in described:
            out.report(
                "LOD301",
                f"column `{name}` is not described in `{PACKAGE}`",
                place,
                did_you_mean(name, [d for d in described if d not in head]),
            )
    return set(described) <= set(head)


def _check_cell(column: Column, cell: str | None, place: Place, out: Collector) -> None:
    rules = column.constraints
    if cell is None:
        if rules.required:
            out.report("LOD302", f"`{column.name}` must not be empty", place)
        return
    if column.type != "string" and not _reads(column.type, cell):
        out.report(
            "LOD302", f"`{column.name}` must be {_WRITTEN[column.type]}, found `{cell}`", place
        )
        return
    if rules.enum and cell not in rules.enum:
        out.report(
            "LOD302", f"`{column.name}` cannot be `{cell}`", place, did_you_mean(cell, rules.enum)
        )
    if column.is_numeric:
        value = Decimal(cell)
        if rules.minimum is not None and value < rules.minimum:
            out.report("LOD302", f"`{column.name}` is {cell}, below {rules.minimum}", place)
        if rules.maximum is not None and value > rules.maximum:
            out.report("LOD302", f"`{column.name}` is {cell}, above {rules.maximum}", place)


def _reads(kind: str, cell: str) -> bool:
    try:
        match kind:
            case "number":
                return Decimal(cell).is_finite()
            case "integer":
                return re.fullmatch(r"[+-]?\d+", cell) is not None
            case "date":
                return bool(date.fromisoformat(cell)) and len(cell) == len("2024-03-25")
            case "year":
                return re.fullmatch(r"\d{4}", cell) is not None
            case _:
                return cell in {"true", "false"}
    except (InvalidOperation, ValueError):
        return False


def _key_position(
    resource: Resource, out: Collector, at: tuple[str | int, ...], places: SourceMap
) -> int | None:
    names = [column.name for column in resource.schema_.fields]
    key = resource.schema_.primary_key
    if key in names:
        return names.index(key)
    out.report(
        "LOD301",
        f"`primaryKey` names no column: `{key}`",
        places.value((*at, "schema", "primaryKey")),
        did_you_mean(key, names),
    )
    return None


def _check_keys(keys: list[tuple[str | None, Place]], resource: Resource, out: Collector) -> None:
    seen: dict[str, Place] = {}
    for key, place in keys:
        if not key:
            out.report("LOD303", f"the row has no `{resource.schema_.primary_key}`", place)
        elif key in seen:
            out.report(
                "LOD303", f"duplicate row `{key}`", place, f"first given in line {seen[key].line}"
            )
        else:
            seen[key] = place
