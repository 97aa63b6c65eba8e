"""The rows of a table, wherever they are; whatever they come from, the checks are the same."""

from __future__ import annotations

from collections.abc import Sequence

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap, ValuePath
from briefgen.load.cells import Row
from briefgen.load.csv_rows import read_rows
from briefgen.load.excel_rows import excel_rows
from briefgen.load.files import Folder
from briefgen.load.parquet_rows import parquet_rows
from briefgen.load.sql_rows import sql_rows
from briefgen.model.table import AnyResource, CsvResource, Dialect, ExcelResource, SqlResource

PACKAGE = "tables/datapackage.yaml"


def table_rows(
    resource: AnyResource, at: ValuePath, folder: Folder, places: SourceMap, out: Collector
) -> Sequence[Row] | None:
    """The rows of a resource, the head first; None after a finding.

    Reports: LOD101, LOD109, LOD3xx.
    """
    if isinstance(resource, SqlResource):
        return sql_rows(resource, at, folder, PACKAGE, places, out)
    name, named_at = table_file(resource), places.value((*at, "path"))
    if isinstance(resource, CsvResource):
        text = folder.read(name, out, named_at)
        return None if text is None else read_rows(text, folder.shown(name), out)
    content = folder.read_bytes(name, out, named_at)
    if content is None:
        return None
    if isinstance(resource, ExcelResource):
        sheet = resource.dialect
        if sheet != Dialect():
            key = "sheetName" if sheet.sheet_name else "sheetNumber"
            named_at = places.value((*at, "dialect", key))
        return excel_rows(content, sheet, folder.shown(name), named_at, out)
    return parquet_rows(content, folder.shown(name), named_at, out)


def table_file(resource: AnyResource) -> str:
    """The file that the rows come from; for a query, the file that it stands in."""
    return PACKAGE if isinstance(resource, SqlResource) else f"tables/{resource.path}"
