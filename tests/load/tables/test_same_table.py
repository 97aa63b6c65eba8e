"""The same rows give the same table, whatever they are kept in."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Callable
from contextlib import closing

import pytest

from briefgen.model.table import Table
from tests.load.tables.conftest import HEAD, HERE, QUERY, ROWS, Tables, workbook

NAMES = ", ".join(HEAD)


def write_excel(tables: Tables) -> None:
    tables.come_from("path: prices.xlsx", "format: xlsx")
    tables.write("prices.xlsx", workbook(HEAD, *ROWS))


def write_parquet(tables: Tables) -> None:
    import pandas as pd

    content = io.BytesIO()
    pd.DataFrame(ROWS, columns=list(HEAD)).to_parquet(content)
    tables.come_from("path: prices.parquet", "format: parquet")
    tables.write("prices.parquet", content.getvalue())


def write_sqlite(tables: Tables) -> None:
    with closing(sqlite3.connect(tables.desk.root / HERE / "prices.db")) as database, database:
        database.execute(f"create table prices ({NAMES})")
        database.executemany("insert into prices values (?, ?, ?, ?, ?)", ROWS)
    tables.come_from("format: sql", "url: sqlite:///prices.db", f"query: {QUERY}")


def write_duckdb(tables: Tables) -> None:
    import duckdb

    kinds = "model_id text, vendor text, model text, input integer, output integer"
    with duckdb.connect(tables.desk.root / HERE / "prices.duckdb") as database:
        database.execute(f"create table prices ({kinds})")
        database.executemany("insert into prices values (?, ?, ?, ?, ?)", ROWS)
    tables.come_from("format: sql", "url: duckdb:///prices.duckdb", f"query: {QUERY}")


@pytest.mark.parametrize("write", [write_excel, write_parquet, write_sqlite, write_duckdb])
def test_the_shipped_prices(
    write: Callable[[Tables], None], tables: Tables, from_csv: Table
) -> None:
    write(tables)
    assert tables.desk.check() == ""
    found = tables.prices()
    assert found == from_csv.model_copy(update={"path": found.path})


@pytest.mark.parametrize(
    ("write", "path", "read"),
    [
        (write_excel, "tables/prices.xlsx", {"prices.xlsx"}),
        (write_parquet, "tables/prices.parquet", {"prices.parquet"}),
        (write_sqlite, "tables/datapackage.yaml", {"datapackage.yaml#prices"}),
        (write_duckdb, "tables/datapackage.yaml", {"datapackage.yaml#prices"}),
    ],
)
def test_evidence_and_manifest_name_what_was_read(
    write: Callable[[Tables], None], path: str, read: set[str], tables: Tables
) -> None:
    write(tables)
    assert tables.prices().path == path
    assert tables.reads().keys() == {"datapackage.yaml"} | read


def test_the_digest_of_a_query_is_that_of_its_rows(tables: Tables) -> None:
    write_sqlite(tables)
    before = tables.reads()
    file = tables.desk.root / HERE / "prices.db"
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("create table notes (text)")
    assert tables.reads() == before
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("update prices set output = 218 where vendor = 'OpenAI'")
    after = tables.reads()
    assert {name for name in before if before[name] != after[name]} == {"datapackage.yaml#prices"}


def test_an_unknown_format(tables: Tables) -> None:
    tables.come_from("path: prices.xls", "format: xls")
    assert tables.desk.check().splitlines()[0] == (
        f"{HERE}/datapackage.yaml:8:13: error[LOD106]: unknown format `xls`"
    )


@pytest.mark.parametrize(
    ("lines", "shown"),
    [
        (["format: xlsx"], "4:5: error[LOD104]: missing key `path` in an item of `resources`"),
        (
            ["format: parquet", "path: p.parquet", "dialect: {sheetNumber: 1}"],
            "9:5: error[LOD103]: unknown key `dialect` in an item of `resources`",
        ),
        (
            ["format: sql", "url: sqlite:///p.db", "querry: select 1"],
            "9:5: error[LOD103]: unknown key `querry` in an item of `resources`",
        ),
        (
            ["format: xlsx", "path: p.xlsx", "dialect: {sheetNumber: 1, sheetName: A}"],
            "9:5: error[LOD106]: `sheetName` and `sheetNumber` exclude each other",
        ),
    ],
)
def test_each_format_has_its_keys(lines: list[str], shown: str, tables: Tables) -> None:
    tables.come_from(*lines)
    heads = [line for line in tables.desk.check().splitlines() if "error[" in line]
    assert heads == [f"{HERE}/datapackage.yaml:{shown}"]
