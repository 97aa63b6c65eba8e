"""The ledger in a file of SQLite."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.ledger.database import TIMEOUT_S, LedgerError, Values
from briefgen.ledger.statements import bring_up_to_date

if TYPE_CHECKING:
    from sqlite3 import Connection


class SqliteFile:
    """A connection to a file.

    Changes go through a write-ahead log where the file system allows it: they outlive this process
    at once, and a power cut when they are `lasting`.
    """

    def __init__(self, connection: Connection, path: Path) -> None:
        self._connection, self._path = connection, path
        self._inode = _inode(path)

    @classmethod
    def opened(cls, location: str, *, writing: bool) -> SqliteFile | None:
        """The file, made with its folder if it is written to; None if it is not there to read.

        Raises: LedgerError.
        """
        import sqlite3

        path, mode = Path(location), "mode=rw"
        with _refusals():
            if writing:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.touch()
            elif not path.exists():
                return None
            elif not os.access(path.parent, os.W_OK) and not Path(f"{path}-wal").exists():
                mode = "mode=ro&immutable=1"  # nobody writes, and no log can be begun
            found = sqlite3.connect(
                f"{path.absolute().as_uri()}?{mode}",
                uri=True,
                timeout=TIMEOUT_S,
                isolation_level=None,
                check_same_thread=False,
            )
            found.execute("pragma synchronous = normal")
            found.execute("pragma fullfsync = on")
            return cls(found, path)

    @property
    def is_lost(self) -> bool:
        """Whether the file was deleted, or another one put in its place."""
        return self._inode != _inode(self._path)

    def has_tables(self) -> bool:
        """Whether a ledger was begun here."""
        return bool(self.run("select 1 from sqlite_master where name = 'ledger_version'"))

    def create(self) -> None:
        """Begin a ledger, or change an older one, unless another process was faster."""
        import sqlite3

        with suppress(sqlite3.OperationalError):  # another process does so right now
            self._connection.execute("pragma journal_mode = wal")
        with _refusals(), self._transaction():
            bring_up_to_date(lambda statement: self._connection.execute(statement).fetchall())

    def run(self, statement: str, values: Values = ()) -> list[tuple[Any, ...]]:
        """Run a statement by itself, and give its rows."""
        with _refusals():
            return self._connection.execute(statement, tuple(values)).fetchall()

    def run_many(self, statement: str, rows: Sequence[Values]) -> None:
        """Run a statement with each row of values: with all or with none."""
        with _refusals(), self._transaction():
            self._connection.executemany(statement, [tuple(row) for row in rows])

    @contextmanager
    def lasting(self) -> Iterator[None]:
        """Within, a change and all before it outlive a power cut."""
        self.run("pragma synchronous = full")
        try:
            yield
        finally:
            self.run("pragma synchronous = normal")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("begin immediate")
        with self._connection:
            yield


def _inode(path: Path) -> int | None:
    try:
        return path.stat().st_ino
    except OSError:
        return None


@contextmanager
def _refusals() -> Iterator[None]:
    """What SQLite and the file system refuse, as one kind of error."""
    import sqlite3

    try:
        yield
    except sqlite3.DatabaseError as error:
        is_damaged = error.sqlite_errorcode in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}
        help_line = "move the file away, and a new one is begun" if is_damaged else None
        raise LedgerError(str(error), help_line) from error
    except OSError as error:
        raise LedgerError(error.strerror or str(error)) from error
    except ValueError as error:  # a text that no database takes
        raise LedgerError(str(error)) from error
