"""A server that is away, comes back, or does not let us in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from briefgen.ledger.ledger import open_ledger
from tests.ledger.test_sqlite import a_run, only_warning

if TYPE_CHECKING:
    from pg_server import Server


@pytest.mark.slow
def test_a_server_that_was_started_again(schema: str, postgresql: Server) -> None:
    with open_ledger(schema) as ledger:
        first = a_run(ledger)
        postgresql.stop()
        postgresql.start()
        second = a_run(ledger)
        assert [run.id for run in ledger.runs()] == [second, first]
    assert ledger.out.findings == []


@pytest.mark.slow
def test_a_server_that_goes_away_in_the_middle(schema: str, postgresql: Server) -> None:
    with open_ledger(schema) as ledger:
        run = ledger.start(kind="build", why="x")
        postgresql.stop()
        try:
            a_run(ledger)
        finally:
            postgresql.start()
        ledger.finish(run, "failed")
        assert [one.outcome for one in ledger.runs()] == ["failed"]
    message, _ = only_warning(ledger)
    assert "cannot be written: connection" in message


@pytest.mark.slow
def test_a_user_without_rights(postgresql: Server) -> None:
    import psycopg

    with psycopg.connect(postgresql.url(), autocommit=True) as connection:
        connection.execute("drop role if exists guest")
        connection.execute("create role guest login")
    url = postgresql.url().replace("desk@", "guest:se%3Acret@")
    with open_ledger(url) as ledger:
        a_run(ledger)
        assert ledger.runs() == []
    message, _ = only_warning(ledger)
    assert "se%3Acret" not in message
    assert "se:cret" not in message
    assert "permission denied for schema public" in message


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://desk:secret@127.0.0.1:1/runs",
        "postgresql://desk@127.0.0.1:1/runs?password=secret",
        "postgresql://desk:secret@127.0.0.1:port/runs",
        "postgresql://desk:secret@[127.0.0.1/runs",
    ],
)
def test_no_password_is_shown(url: str) -> None:
    with open_ledger(url) as ledger:
        a_run(ledger)
    message, _ = only_warning(ledger)
    assert "the ledger `postgresql://" in message
    assert "secret" not in message
    assert "\n" not in message


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with open_ledger("postgresql://desk@127.0.0.1:1/runs") as ledger:
        a_run(ledger)
    assert only_warning(ledger) == (
        "the ledger `postgresql://127.0.0.1:1/runs` cannot be written: "
        "this needs the library `psycopg`, which is not installed",
        "pip install 'briefgen[postgres]'",
    )
