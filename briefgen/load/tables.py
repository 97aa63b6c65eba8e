"""The tables of a briefing: `tables/datapackage.yaml` and the rows that it describes."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from decimal import Decimal

from briefgen.diagnostics.finding import Collector, has_errors
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean, nearest
from briefgen.load.cells import Row
from briefgen.load.files import Folder
from briefgen.load.references import check_references
from briefgen.load.reported import Reported
from briefgen.load.table_rows import PACKAGE, table_file, table_rows
from briefgen.load.typed import TOO_MANY_DIGITS, shown, typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.marks import marked
from briefgen.model.table import AnyResource, Column, Package, SqlResource, Table
from briefgen.model.unit import QuantityError, UnitName, parse_unit
from briefgen.model.value import NumeralError, numeral

PATH: ValuePath = ("tables",)

_WRITTEN = {
    "number": "a number",
    "integer": "a whole number",
    "date": "a date like `2024-03-25`",
    "year": "a year",
    "boolean": "`true` or `false`",
}


def read_tables(
    folder: Folder,
    units: dict[str, UnitName],
    sources: Collection[str],
    places: SourceMap,
    reported: Reported,
    out: Collector,
) -> dict[str, Table]:
    """All tables of a briefing by name, less those with errors.

    Reports: LOD1xx of the package file, LOD201 of its sources, LOD3xx of the tables, LOD408.
    """
    if not folder.has(PACKAGE):
        return {}
    text = folder.read(PACKAGE, out)
    package = None
    if text is not None:
        data = read_yaml(text, folder.shown(PACKAGE), PATH, places, out)
        if folder.member:  # `${NAME}` in the URL of a database is of the environment
            data = folder.member.fill(data, PATH, places, out, keeping="url")
        package = None if data is None else typed(Package, data, PATH, places, out)
    if package is None:
        reported.add("table")
        return {}
    check_references(marked(package, PATH), {"source": sources}, reported, places, out)
    tables: dict[str, Table] = {}
    for position, resource in enumerate(package.resources):
        at = (*PATH, "resources", position)
        if resource.name in tables:
            out.report("LOD105", f"duplicate table `{resource.name}`", places.value((*at, "name")))
            continue
        reader = _Reader(resource, at, units, places)
        table = reader.table(folder)
        out.findings += reader.out.findings
        if table is None or has_errors(reader.out.findings):
            reported.add("table", resource.name)
        else:
            tables[resource.name] = table
    return tables


class _Reader:
    """Reads one table of the package."""

    def __init__(
        self, resource: AnyResource, at: ValuePath, units: dict[str, UnitName], places: SourceMap
    ) -> None:
        self.resource, self.at, self.units, self.places = resource, at, units, places
        self.out = Collector()

    def table(self, folder: Folder) -> Table | None:
        rows = table_rows(self.resource, self.at, folder, self.places, self.out)
        schema = self.resource.schema_
        described = self._check_description()
        if rows is None or not self._check_head(rows[0]) or not described:
            return None
        order = [rows[0][0].index(column.name) for column in schema.fields]
        key = [column.name for column in schema.fields].index(schema.primary_key)
        picked = []
        for cells, at_cells in rows[1:]:
            row = tuple(None if cells[i] in schema.missing_values else cells[i] for i in order)
            for column, cell, i in zip(schema.fields, row, order, strict=True):
                if cell is not None or column.name != schema.primary_key:
                    _check_cell(column, cell, at_cells[i], self.out)
            self.places.add(("cells", self.resource.name, row[key] or ""), Origin(at_cells[0]))
            picked.append((row, at_cells[order[key]]))
        self._check_keys([(row[key], place) for row, place in picked])
        return Table(
            name=self.resource.name,
            path=table_file(self.resource),
            columns=schema.fields,
            key=schema.primary_key,
            as_of=self.resource.as_of,
            source=self.resource.source,
            where=self.resource.where,
            rows=tuple(row for row, _ in picked),
        )

    def _check_description(self) -> bool:
        """The key is a column, and units are known."""
        schema, at = self.resource.schema_, (*self.at, "schema")
        names = [column.name for column in schema.fields]
        for position, column in enumerate(schema.fields):
            if column.name in names[:position]:
                place = self.places.value((*at, "fields", position, "name"))
                self.out.report("LOD105", f"duplicate column `{column.name}`", place)
            try:
                parse_unit(column.unit, self.units)
            except QuantityError as error:
                place = self.places.value((*at, "fields", position, "unit"))
                self.out.report(error.code, error.message, place, error.help)
        if schema.primary_key not in names:
            self.out.report(
                "LOD301",
                f"`primaryKey` names no column: `{schema.primary_key}`",
                self.places.value((*at, "primaryKey")),
                did_you_mean(schema.primary_key, names),
            )
        return not has_errors(self.out.findings)

    def _check_head(self, row: Row) -> bool:
        """Every described column is in the file, and the file has no other."""
        head, at_head = [name or "" for name in row[0]], row[1]
        described = [column.name for column in self.resource.schema_.fields]
        missing = [name for name in described if name not in head]
        for position, (name, place) in enumerate(zip(head, at_head, strict=True)):
            if name in head[:position]:
                self.out.report("LOD301", f"column `{name}` is given twice", place)
            elif name not in described:
                near = nearest(name, missing)
                missing = [other for other in missing if other != near]
                self.out.report(
                    "LOD301",
                    f"column `{name}` is not described in `{PACKAGE}`",
                    place,
                    f"did you mean `{near}`?" if near else None,
                )
        for name in missing:
            at = (*self.at, "schema", "fields", described.index(name), "name")
            where = (
                "the query" if isinstance(self.resource, SqlResource) else f"`{self.resource.path}`"
            )
            message = f"column `{name}` is missing in {where}"
            self.out.report("LOD301", message, self.places.value(at))
        return set(described) <= set(head)

    def _check_keys(self, keys: list[tuple[str | None, Place]]) -> None:
        seen: dict[str, Place] = {}
        for key, place in keys:
            if not key:
                message = f"the row has no `{self.resource.schema_.primary_key}`"
                self.out.report("LOD303", message, place)
            elif key in seen:
                first = f"first given in {seen[key].within_file}"
                self.out.report("LOD303", f"duplicate row `{key}`", place, first)
            else:
                seen[key] = place


def _check_cell(column: Column, cell: str | None, place: Place, out: Collector) -> None:
    rules = column.constraints
    if cell is None:
        if rules.required:
            out.report("LOD302", f"`{column.name}` must not be empty", place)
        return
    try:
        is_read = column.type == "string" or _reads(column.type, cell)
    except NumeralError:
        message = f"{shown(cell)} in `{column.name}` has too many digits"
        out.report("LOD302", message, place, TOO_MANY_DIGITS)
        return
    if not is_read:
        message = f"`{column.name}` must be {_WRITTEN[column.type]}, found {shown(cell)}"
        out.report("LOD302", message, place)
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
    """Whether a cell is of a kind. Raises: NumeralError."""
    try:
        match kind:
            case "number":
                return numeral(cell).is_finite()
            case "integer":
                return re.fullmatch(r"[+-]?[0-9]+", cell) is not None and bool(numeral(cell) + 1)
            case "date":
                is_day = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell)
                return is_day is not None and bool(date.fromisoformat(cell))
            case "year":
                return re.fullmatch(r"[0-9]{4}", cell) is not None
            case _:
                return cell in {"true", "false"}
    except NumeralError:
        raise
    except ValueError:
        return False
