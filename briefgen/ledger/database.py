"""A database that can hold the ledger: what it must offer, and which one a location names."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

from briefgen.ledger.location import SCHEMES

TIMEOUT_S = 30
"""How long one statement waits for other processes."""
Values = Sequence[object]


class LedgerError(Exception):
    """A database that cannot be used: the message says why, `help` what to type."""

    def __init__(self, message: str, help: str | None = None, code: str = "LGR101") -> None:
        super().__init__(message)
        self.help, self.code = help, code


class Database(Protocol):
    """A connection. What goes wrong is raised as `LedgerError`."""

    @property
    def is_lost(self) -> bool:
        """Whether the other side is gone, so that a new connection may help."""

    def has_tables(self) -> bool:
        """Whether a ledger was begun here."""

    def create(self) -> None:
        """Begin a ledger, or change an older one, unless another process was faster."""

    def run(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Run a statement by itself, and give its rows."""

    def run_many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run a statement with each row of values: with all or with none."""

    def lasting(self) -> AbstractContextManager[None]:
        """Within, a change and all before it outlive a power cut."""

    def close(self) -> None:
        """Let go of it."""


def connect(location: str, *, writing: bool) -> Database | None:
    """The database at a location; None when one that is only read from is not there.

    Raises: LedgerError.
    """
    if location.startswith(SCHEMES):
        from briefgen.ledger.postgresql import PostgresqlServer

        return PostgresqlServer(location)
    from briefgen.ledger.sqlite import SqliteFile

    return SqliteFile.opened(location, writing=writing)
