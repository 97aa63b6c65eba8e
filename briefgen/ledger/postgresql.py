"""The ledger in a database of PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from briefgen.ledger.database import TIMEOUT_S, LedgerError, Values
from briefgen.ledger.statements import bring_up_to_date

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from psycopg import Connection

CONNECT_S = 10
"""How long a server may take to answer at first."""
CREATING = 0x_6C_65_64_67
"""The number of the lock under which one process makes the tables."""


class PostgresqlServer:
    """A connection to a server. Each change outlives a power cut at once."""

    def __init__(self, url: str) -> None:
        """Connect.

        Raises: LedgerError.
        """
        try:
            import psycopg
        except ImportError as error:
            message = "this needs the library `psycopg`, which is not installed"
            raise LedgerError(message, "pip install 'briefgen[postgres]'") from error
        if "connect_timeout=" not in url:
            url += f"{'&' if '?' in url else '?'}connect_timeout={CONNECT_S}"
        with _refusals():
            self._connection: Connection[tuple[Any, ...]] = psycopg.connect(
                url,
                autocommit=True,
                prepare_threshold=None,  # for the sake of servers behind a pool
                fallback_application_name="briefgen",
                tcp_user_timeout=TIMEOUT_S * 1000,
            )
            self._execute(f"set statement_timeout = '{TIMEOUT_S}s'")
            self._execute("set client_min_messages = warning")

    @property
    def is_lost(self) -> bool:
        """Whether the server has gone away."""
        return self._connection.closed

    def has_tables(self) -> bool:
        """Whether a ledger was begun here."""
        return self.run("select to_regclass('ledger_version')::text")[0][0] is not None

    def create(self) -> None:
        """Begin a ledger, or change an older one, unless another process was faster."""
        with _refusals(), self._connection.transaction():
            self._execute("select pg_advisory_xact_lock(?)", (CREATING,))
            bring_up_to_date(self._execute)

    def run(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Run a statement by itself, and give its rows."""
        with _refusals():
            return self._execute(statement, values)

    def run_many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run a statement with each row of values: with all or with none."""
        if len(rows) == 1:
            self.run(statement, rows[0])
            return
        with _refusals(), self._connection.transaction(), self._connection.cursor() as cursor:
            cursor.executemany(_text(statement), rows)

    def lasting(self) -> AbstractContextManager[None]:
        """Within, a change and all before it outlive a power cut, as they always do."""
        return nullcontext()

    def close(self) -> None:
        """Let go of the server."""
        self._connection.close()

    def _execute(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        cursor = self._connection.execute(_text(statement), values)
        return cursor.fetchall() if cursor.description else []


def _text(statement: str) -> bytes:
    """A statement with the marks for values that the driver knows."""
    return statement.replace("?", "%s").encode()


@contextmanager
def _refusals() -> Iterator[None]:
    """What the server refuses, as one kind of error, in one line."""
    import psycopg

    try:
        yield
    except (psycopg.Error, OSError, ValueError) as error:
        raise LedgerError(" ".join(str(error).split())) from error
