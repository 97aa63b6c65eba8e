"""The rows of a table, wherever they are; whatever they come from, the checks are the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from briefgen.diagnostics.finding import Collector, Finding
from briefgen.diagnostics.place import Place, SourceMap, ValuePath
from briefgen.load.cells import Row
from briefgen.load.csv_rows import read_rows
from briefgen.load.excel_rows import excel_rows
from briefgen.load.extras import has_extra
from briefgen.load.files import Folder
from briefgen.load.parameters import Member
from briefgen.load.parquet_rows import parquet_rows
from briefgen.load.parts import csv_groups, part_name, part_of, row_groups
from briefgen.load.sql_rows import sql_rows
from briefgen.model.table import AnyResource, CsvResource, Dialect, ExcelResource, SqlResource

PACKAGE = "tables/datapackage.yaml"
REMEMBERED = 8
"""Of how many workbooks and Parquet files the rows are remembered."""


def table_rows(
    resource: AnyResource, at: ValuePath, folder: Folder, places: SourceMap, out: Collector
) -> Sequence[Row] | None:
    """The rows of a resource, the head first; None after a finding.

    Reports: LOD101, LOD109, LOD3xx.
    """
    if isinstance(resource, SqlResource):
        return sql_rows(resource, at, folder, PACKAGE, places, out)
    name, named_at = table_file(resource), places.value((*at, "path"))
    content, file = folder.peek(name, out, named_at), folder.shown(name)
    if content is None:
        return None
    member = folder.member if folder.member and folder.member.table == resource.name else None
    if isinstance(resource, CsvResource):
        text = folder.text(content, name, out)
        if text is None or member is None:
            folder.keep(file, content)
            return None if text is None else read_rows(text, file, out)
        part = part_of(text, file, member.by, member.key)
        folder.keep(part_name(file, member.by, member.key), part)
        found = read_rows(text, file, out, holding=member.key)
        return found and _of_member(found, csv_groups(text, file, member.by), member)
    folder.keep(file, content)
    sheet = resource.dialect if isinstance(resource, ExcelResource) else Dialect()
    if sheet != Dialect():
        key = "sheetName" if sheet.sheet_name else "sheetNumber"
        named_at = places.value((*at, "dialect", key))
    rows = rows_of_file(resource.format, content, sheet, file, named_at, out)
    return _of_member(rows, row_groups(rows, member.by), member) if rows and member else rows


def _of_member(
    rows: Sequence[Row], positions: Mapping[str, tuple[int, ...]], member: Member
) -> Sequence[Row]:
    """The head and the rows of an edition."""
    return [rows[0], *(rows[position] for position in positions.get(member.key, ()))]


def rows_of_file(
    kind: str, content: bytes, sheet: Dialect, file: str, named_at: Place | None, out: Collector
) -> Sequence[Row] | None:
    """The rows of a workbook (`xlsx`) or a Parquet file; None after a finding.

    Reports: LOD301, LOD304 to LOD308.
    """
    extra, module = ("excel", "openpyxl") if kind == "xlsx" else ("parquet", "pyarrow")
    if not has_extra(extra, (module,), named_at, out):
        return None
    rows, findings = _remembered(kind, content, sheet, file, named_at)
    out.add(findings)
    return rows


@lru_cache(maxsize=REMEMBERED)
def _remembered(
    kind: str, content: bytes, sheet: Dialect, file: str, named_at: Place | None
) -> tuple[Sequence[Row] | None, tuple[Finding, ...]]:
    out = Collector()
    if kind == "xlsx":
        return excel_rows(content, sheet, file, named_at, out), tuple(out.findings)
    return parquet_rows(content, file, out), tuple(out.findings)


def table_file(resource: AnyResource) -> str:
    """The file that the rows come from; for a query, the file that it stands in."""
    return PACKAGE if isinstance(resource, SqlResource) else f"tables/{resource.path}"
