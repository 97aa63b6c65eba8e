"""A ledger in each kind of database."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefgen.ledger.ledger import Ledger, open_ledger

if TYPE_CHECKING:
    from pg_server import Server

_SCHEMAS = count()


class Clock:
    """A clock that goes on by a second each time it is looked at."""

    def __init__(self) -> None:
        self.at = datetime(2024, 3, 25, 0, 30, 0, 250, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def schema(postgresql: Server) -> str:
    """The URL of a new schema of its own."""
    import psycopg

    name = f"schema_{next(_SCHEMAS)}"
    with psycopg.connect(postgresql.url(), autocommit=True) as connection:
        connection.execute(f"create schema {name}".encode())
    return postgresql.url(f"&options=-csearch_path%3D{name}")


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def location(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where nobody has written yet, in each kind of database."""
    if request.param == "sqlite":
        return str(tmp_path / "output" / "ledger.sqlite3")
    found: str = request.getfixturevalue("schema")
    return found


@pytest.fixture
def ledger(location: str) -> Iterator[Ledger]:
    """A ledger with a clock of its own; that nothing was found is checked at the end."""
    with open_ledger(location, now=Clock()) as opened:
        yield opened
    assert opened.out.findings == []
