"""Workbooks: cells as text, sheets by name and number, and what can be wrong in them."""

from __future__ import annotations

import sys
from datetime import date, datetime
from typing import Any

import pytest

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.show import show_one
from briefgen.load.excel_rows import excel_rows
from briefgen.model.table import Dialect
from tests.load.tables.conftest import HEAD, HERE, ROWS, Tables, workbook

GOOD = workbook(HEAD, *ROWS, others=["Notes"])


def texts(content: bytes) -> list[list[str | None]]:
    rows = excel_rows(content, Dialect(), "prices.xlsx", None, out := Collector())
    assert out.findings == []
    assert rows is not None
    return [list(cells) for cells, _ in rows]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.1, "0.1"),
        (0.1 + 0.2, "0.3"),
        (60, "60"),
        (60.0, "60"),
        (1e-7, "0.0000001"),
        (2.5e15, "2500000000000000"),
        (-0.5, "-0.5"),
        (True, "true"),
        (False, "false"),
        (date(2024, 3, 25), "2024-03-25"),
        (datetime.fromisoformat("2024-03-25"), "2024-03-25"),
        (datetime.fromisoformat("2024-03-25T09:30"), "2024-03-25T09:30:00"),
        ("60.0", "60.0"),
        ("NA", "NA"),
        (" 甲 ", " 甲 "),
        (None, None),
    ],
)
def test_a_cell_is_the_text_that_csv_would_hold(value: Any, text: str | None) -> None:
    assert texts(workbook(["key", "value"], ["a", value])) == [["key", "value"], ["a", text]]


def test_empty_rows_and_columns_are_no_rows_and_columns() -> None:
    content = workbook([], [None, "key", None, "value"], [], [None, "a", None, 1], [None] * 5)
    assert texts(content) == [["key", "value"], ["a", "1"]]


@pytest.mark.parametrize("dialect", ["sheetName: Prices", "sheetNumber: 2"])
def test_a_sheet_by_name_or_number(dialect: str, tables: Tables) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(GOOD))
    book.move_sheet("Prices", 1)
    book.save(tables.desk.root / HERE / "prices.xlsx")
    tables.come_from("path: prices.xlsx", "format: xlsx", f"dialect: {{{dialect}}}")
    assert tables.desk.check() == ""


def edited(**cells: Any) -> bytes:
    """The good workbook with other cells."""
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(GOOD))
    for name, value in cells.items():
        book["Prices"][name] = value
    content = BytesIO()
    book.save(content)
    return content.getvalue()


@pytest.mark.parametrize(
    ("content", "shown"),
    [
        (
            edited(D3="sixty"),
            "3:4: error[LOD302]: `input` must be a number, found `sixty`, in `Prices!D3`",
        ),
        (edited(E2=-1), "2:5: error[LOD302]: `output` is -1, below 0, in `Prices!E2`"),
        (edited(E2=None), "2:5: error[LOD302]: `output` must not be empty, in `Prices!E2`"),
        (
            edited(A3="moonshot-v1-128k"),
            "3:1: error[LOD303]: duplicate row `moonshot-v1-128k`, in `Prices!A3`\n"
            "  = help: first given in `Prices!A2`",
        ),
        (edited(A3=None), "3:1: error[LOD303]: the row has no `model_id`, in `Prices!A3`"),
        (
            edited(E1="ouput"),
            "1:5: error[LOD301]: column `ouput` is not described in "
            "`tables/datapackage.yaml`, in `Prices!E1`\n  = help: did you mean `output`?",
        ),
        (edited(G3="by the way"), "3:7: error[LOD304]: `by the way` stands below no head, in"),
        (
            edited(E3="=D3*3"),
            "3:5: error[LOD307]: no value is stored for the formula `=D3*3`, in `Prices!E3`\n"
            "  = help: open the workbook in Excel or LibreOffice and save it",
        ),
        (edited(E3="#N/A"), "3:5: error[LOD307]: the cell shows an error of Excel, in `Prices!E3`"),
        (workbook(), "1:1: error[LOD301]: the sheet `Prices` is empty"),
        (b"model_id,vendor", "1:1: error[LOD305]: no Excel workbook (.xlsx) that can be read: "),
        (GOOD[:-200], "1:1: error[LOD305]: no Excel workbook (.xlsx) that can be read: "),
        (b"", "1:1: error[LOD305]: no Excel workbook (.xlsx) that can be read: "),
    ],
)
def test_what_can_be_wrong_in_a_workbook(content: bytes, shown: str, tables: Tables) -> None:
    tables.come_from("path: prices.xlsx", "format: xlsx")
    tables.write("prices.xlsx", content)
    findings = tables.desk.findings()
    assert len(findings) == 1
    text = show_one(findings[0], tables.desk.root.parent)
    assert text.startswith(f"{HERE}/prices.xlsx:{shown}")


def test_no_bytes_of_a_workbook_are_shown(tables: Tables) -> None:
    tables.come_from("path: prices.xlsx", "format: xlsx")
    tables.write("prices.xlsx", edited(D3="sixty"))
    assert len(tables.desk.check().splitlines()) == 1


@pytest.mark.parametrize(
    ("dialect", "column", "message", "help_line"),
    [
        ("sheetName: Price", 26, "there is no sheet `Price`", "did you mean `Prices`?"),
        ("sheetNumber: 3", 28, "there is no sheet 3", "the last one is 2"),
    ],
)
def test_an_unknown_sheet(
    dialect: str, column: int, message: str, help_line: str, tables: Tables
) -> None:
    tables.come_from("path: prices.xlsx", "format: xlsx", f"dialect: {{{dialect}}}")
    tables.write("prices.xlsx", GOOD)
    head, *_, last = tables.desk.check().splitlines()
    assert head == f"{HERE}/datapackage.yaml:9:{column}: error[LOD306]: {message}"
    assert last.strip() == f"= help: {help_line}"


@pytest.mark.parametrize(
    ("module", "extra", "lines"),
    [
        ("openpyxl", "excel", ["path: prices.xlsx", "format: xlsx"]),
        ("pyarrow", "parquet", ["path: prices.xlsx", "format: parquet"]),
        ("sqlalchemy", "sql", ["format: sql", "url: sqlite:///a.db", "query: select 1"]),
        ("psycopg", "sql", ["format: sql", "url: postgresql://a/b", "query: select 1"]),
        ("duckdb_engine", "sql", ["format: sql", "url: duckdb:///prices.xlsx", "query: select 1"]),
    ],
)
def test_a_missing_extra_is_named_with_its_command(
    module: str, extra: str, lines: list[str], tables: Tables, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, module, None)
    tables.come_from(*lines)
    tables.write("prices.xlsx", GOOD)
    (finding,) = tables.desk.findings()
    assert (finding.code, finding.help) == ("LOD308", f"pip install 'briefgen[{extra}]'")
    assert finding.message == f"this needs the library `{module}`, which is not installed"
    assert finding.place is not None
    assert finding.place.file == f"{HERE}/datapackage.yaml"


def test_a_workbook_that_is_not_there(tables: Tables) -> None:
    tables.come_from("path: price.xlsx", "format: xlsx")
    tables.write("prices.xlsx", GOOD)
    shown = tables.desk.check()
    assert "datapackage.yaml:7:11: error[LOD101]: there is no file `tables/price.xlsx`" in shown
    assert "did you mean `prices.xlsx`?" in shown


def test_a_workbook_outside_the_briefing(tables: Tables) -> None:
    tables.come_from("path: ../../prices.xlsx", "format: xlsx")
    assert "error[LOD109]: `tables/../../prices.xlsx` leaves its folder" in tables.desk.check()
