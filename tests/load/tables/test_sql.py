"""Queries: rows as text, and what can be wrong with a database, its URL and its query."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.diagnostics.finding import Severity
from briefgen.load.sql_rows import _is_ordered
from tests.load.tables.conftest import HEAD, HERE, QUERY, ROWS, Tables

if TYPE_CHECKING:
    from tests.conftest import Desk

PACKAGE = f"{HERE}/datapackage.yaml"
SQLITE = "url: sqlite:///prices.db"


@pytest.fixture
def database(tables: Tables) -> Path:
    """A database of SQLite in the folder of the tables."""
    file = tables.desk.root / HERE / "prices.db"
    with closing(sqlite3.connect(file)) as made, made:
        made.execute(f"create table prices ({', '.join(HEAD)})")
        made.executemany("insert into prices values (?, ?, ?, ?, ?)", ROWS)
    return file


def shown(tables: Tables, url: str, query: str = QUERY) -> str:
    """What is shown of a table that this query gives."""
    tables.come_from("format: sql", url, f"query: {query}")
    return tables.desk.check()


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("selct * from prices", 'the query failed: near "selct": syntax error'),
        ("select * from price", "the query failed: no such table: price"),
        ("delete from prices", "the query failed: attempt to write a readonly database"),
        ("attach 'other.db' as other", "the query failed: too many attached databases - max 0"),
        ("select 1; select 2", "the query failed: You can only execute one statement at a time."),
        ("pragma user_version = 1", "the query failed: attempt to write a readonly database"),
    ],
)
@pytest.mark.usefixtures("database")
def test_a_query_that_fails(query: str, message: str, tables: Tables) -> None:
    assert shown(tables, SQLITE, query) == (
        f"{PACKAGE}:9:12: error[LOD311]: {message}\n"
        f"  |\n9 |     query: {query}\n  |            {'^' * len(query)}\n"
    )
    assert not Path("other.db").exists()


@pytest.mark.usefixtures("database")
def test_a_query_without_rows(tables: Tables) -> None:
    assert "error[LOD311]: the query gives no rows" in shown(tables, SQLITE, "begin")


@pytest.mark.parametrize(
    ("query", "shown_of_it"),
    [
        (
            "select *, 5 as extra from prices order by 1",
            "error[LOD301]: column `extra` is not described in `tables/datapackage.yaml`",
        ),
        (
            "select model_id, vendor, model, input from prices order by 1",
            "error[LOD301]: column `output` is missing in the query",
        ),
        (
            "select model_id, vendor, model, input, 'x' as output from prices order by output",
            "error[LOD302]: `output` must be a number, found `x`, in row 2",
        ),
        (
            "select 'a' as model_id, vendor, model, input, output from prices order by output",
            "error[LOD303]: duplicate row `a`, in row 2",
        ),
        (
            "select model_id, vendor, model, x'00' as input, output from prices order by output",
            "error[LOD307]: `input` holds a `bytes`, in row 1",
        ),
        (
            "select model_id, vendor, model, null as input, output from prices order by output",
            "error[LOD302]: `input` must not be empty, in row 1",
        ),
    ],
)
@pytest.mark.usefixtures("database")
def test_rows_are_checked_like_those_of_a_file(
    query: str, shown_of_it: str, tables: Tables
) -> None:
    assert shown_of_it in shown(tables, SQLITE, query)


@pytest.mark.usefixtures("database")
def test_signs_of_other_drivers_mean_nothing_in_a_query(tables: Tables) -> None:
    query = "\"select * from prices where model not like '50%s :name ?' order by output\""
    assert shown(tables, SQLITE, query) == ""


@pytest.mark.parametrize(
    ("query", "ordered"),
    [
        ("select * from prices ORDER\n BY output", True),
        ("select * from prices", False),
        ("select * from (select * from prices order by output)", False),
        ("select row_number() over (order by f(output)) from prices", False),
        ("select 'order by' from prices -- order by\n /* order by */", False),
        ("with a as (select 1) select * from a order by (1)", True),
    ],
)
def test_which_query_is_ordered(query: str, ordered: bool) -> None:
    assert _is_ordered(query) is ordered


@pytest.mark.usefixtures("database")
def test_a_query_without_order_is_a_warning(tables: Tables) -> None:
    assert "9:12: warning[LOD312]: the query has no `order by`" in shown(
        tables, SQLITE, "select * from prices"
    )
    (finding,) = tables.desk.findings()
    assert finding.severity is Severity.WARNING
    assert tables.prices().row_keys == tuple(row[0] for row in ROWS)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("url: nonsense", "8:10: error[LOD309]: no URL of a database"),
        ("url: postgresql://h:port/db", "8:10: error[LOD309]: no URL of a database"),
        ("url: foo://h/db", "8:10: error[LOD309]: SQLAlchemy knows no database `foo`"),
        ("url: oracle+oracledb://h/db", "8:10: error[LOD308]: this needs the library `oracledb`"),
        ("url: sqlite://", "8:10: error[LOD309]: the URL names no database file"),
        ('url: "duckdb:///:memory:"', "8:10: error[LOD309]: the URL names no database file"),
        ("url: sqlite:///price.db", "8:10: error[LOD101]: there is no file `tables/price.db`"),
        ("url: sqlite:///../../x.db", "8:10: error[LOD109]: `tables/../../x.db` leaves its folder"),
        ("url: sqlite:////etc/x.db", "8:10: error[LOD109]: `/etc/x.db` leaves its folder"),
        ("url: duckdb:////etc/x.db", "8:10: error[LOD109]: `/etc/x.db` leaves its folder"),
        (
            "url: sqlite:///file:/etc/x.db?uri=true",
            "8:10: error[LOD101]: there is no file `tables/file:/etc/x.db`",
        ),
        (
            "url: postgresql://desk:secret@h/db",
            "8:10: error[LOD309]: a password stands in the data",
        ),
        (
            "url: postgresql://desk@127.0.0.1:1/db",
            "8:10: error[LOD310]: no connection: connection failed: ",
        ),
        (
            "url: postgresql://${NO_SUCH_USER}:${NO_SUCH_PASSWORD}@h/db",
            "8:23: error[LOD309]: the environment variable `NO_SUCH_USER` is not set",
        ),
        ("url: ${}", "8:10: error[LOD309]: the environment variable `` is not set"),
    ],
)
@pytest.mark.usefixtures("database")
def test_a_url_that_leads_nowhere(url: str, message: str, tables: Tables) -> None:
    text = shown(tables, url)
    assert text.startswith(f"{PACKAGE}:{message}")
    assert text.count("error[") == (2 if "NO_SUCH_PASSWORD" in url else 1)


@pytest.mark.parametrize("kind", ["sqlite", "duckdb"])
def test_a_file_that_is_no_database(kind: str, tables: Tables) -> None:
    tables.write("prices.db", "hello" * 100)
    text = shown(tables, f"url: {kind}:///prices.db")
    assert text.count("error[LOD31") == 1
    assert str(tables.desk.root) not in text


@pytest.mark.usefixtures("database")
def test_a_url_from_the_environment(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRICES", "sqlite:///prices.db")
    assert shown(tables, "url: ${PRICES}") == ""


def test_a_password_is_never_shown(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESK_PASSWORD", "se:cr@t/")
    text = shown(tables, "url: postgresql://desk:${DESK_PASSWORD}@127.0.0.1:1/db")
    assert "LOD310" in text
    assert "cr@t" not in text
    assert "cr%40t" not in text


def test_duckdb_reads_no_files_beside_its_own(tables: Tables) -> None:
    import duckdb

    with duckdb.connect(tables.desk.root / HERE / "prices.duckdb") as made:
        made.execute("create table prices (model_id text)")
    text = shown(tables, "url: duckdb:///prices.duckdb", "select * from '/etc/passwd' order by 1")
    assert "error[LOD311]: the query failed: " in text


def test_a_broken_query_makes_no_unknown_table(database: Path, desk: Desk, tables: Tables) -> None:
    database.unlink()
    assert shown(tables, SQLITE).count("error[") == 1
