"""PostgreSQL, on a real server."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.model.table import Table
from tests.load.tables.conftest import QUERY, ROWS, Tables

if TYPE_CHECKING:
    from pg_server import Server

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def server(postgresql: Server) -> Iterator[Path]:
    """The folder with the Unix socket of a server that holds the shipped prices."""
    import psycopg

    kinds = "model_id text, vendor text, model text, input numeric, output integer"
    with psycopg.connect(postgresql.url(), autocommit=True) as connection:
        connection.execute(f"create table prices ({kinds})")  # type: ignore[arg-type]
        with connection.cursor() as cursor:
            cursor.executemany("insert into prices values (%s, %s, %s, %s, %s)", ROWS)
        yield postgresql.folder
        connection.execute("drop table prices")


@pytest.fixture
def url(server: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("DESK_SERVER", str(server))
    monkeypatch.setenv("DESK_PASSWORD", "se:cr@t/")
    return "url: postgresql+psycopg://desk:${DESK_PASSWORD}@/postgres?host=${DESK_SERVER}"


def test_the_shipped_prices(url: str, tables: Tables, from_csv: Table) -> None:
    tables.come_from("format: sql", url, f"query: {QUERY}")
    assert tables.desk.check() == ""
    assert tables.prices() == from_csv.model_copy(update={"path": "tables/datapackage.yaml"})


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("selct 1", 'the query failed: syntax error at or near "selct"\n'),
        ("select * from price", 'the query failed: relation "price" does not exist\n'),
        ("delete from prices", "the query failed: cannot execute DELETE in a read-only"),
    ],
)
def test_a_query_that_fails(url: str, query: str, shown: str, tables: Tables) -> None:
    tables.come_from("format: sql", url, f"query: {query}")
    assert f"datapackage.yaml:9:12: error[LOD311]: {shown}" in tables.desk.check()


def test_values_are_the_texts_that_csv_would_hold(url: str, tables: Tables) -> None:
    query = (
        "select 'a%s' as model_id, true::text as vendor, date '2024-03-25' as model, "
        "0.1::real as input, 60.00 as output union all "
        "select 'b', uuid_nil, null, 0.1::float8, 2^60::numeric "
        "from (select '00000000-0000-0000-0000-000000000000'::text as uuid_nil) as x order by 1"
    )
    tables.come_from("format: sql", url, f'query: "{query}"')
    shown = tables.desk.check()
    assert shown.count("error[") == 1, shown
    assert "`model` must not be empty, in row 2" in shown


def test_a_user_that_is_unknown(server: Path, tables: Tables) -> None:
    url = f"url: postgresql+psycopg://{getpass.getuser()}x@/postgres?host={server}"
    tables.come_from("format: sql", url, f"query: {QUERY}")
    assert "error[LOD310]: no connection: connection failed: " in tables.desk.check()
