"""The rows that a query gives. The query stands in the data; the database is only read."""

from __future__ import annotations

import hashlib
import json
import os
import re
from contextvars import ContextVar
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefgen.diagnostics.finding import Collector, Severity
from briefgen.diagnostics.place import NamedPlace, Place, SourceMap, ValuePath
from briefgen.load.cells import Row, as_rows
from briefgen.load.extras import has_extra
from briefgen.load.files import Folder
from briefgen.model.table import SqlResource

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, CursorResult, Engine

EXTRA = "sql"
DRIVERS = {"duckdb": ("duckdb", "duckdb_engine"), "postgresql": ("psycopg",)}
"""What the extra holds beside SQLAlchemy; SQLite comes with Python."""
FILES = {"duckdb", "sqlite"}
"""Databases that are a file of the briefing."""
TIMEOUT_S = 10

_VARIABLE = re.compile(r"\$\{(\w*)\}")
_PASSWORD = re.compile(r"://[^/@]*?:([^/]+)@")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"[^\"]*\"|--[^\n]*|/\*.*?\*/", re.DOTALL)
"""Texts, names and comments."""
_INNER = re.compile(r"\([^()]*\)")


RUNS_QUERIES: ContextVar[bool] = ContextVar("runs queries", default=True)
"""False while data are read that somebody else sent: they reach no database, no environment."""


def sql_rows(
    resource: SqlResource,
    at: ValuePath,
    folder: Folder,
    package: str,
    places: SourceMap,
    out: Collector,
) -> list[Row] | None:
    """The rows in the order of the query, its column names as the head. None after a finding.

    A digest of the rows goes into what was read from the folder, under `package#table`.
    Reports: LOD101, LOD109, LOD307 to LOD313.
    """
    reader = _Reader(resource, at, folder, package, places, out)
    if not RUNS_QUERIES.get():
        message = "a query in data that came with a PDF is not run"
        out.report("LOD313", message, reader.at_url, "verify it with `--workspace DIR`")
        return None
    if not has_extra(EXTRA, ("sqlalchemy",), reader.at_url, out):
        return None
    url = reader.url()
    engine = None if url is None else reader.engine(url)
    if engine is None:
        return None
    try:
        return reader.rows(engine)
    finally:
        engine.dispose()


class _Reader:
    def __init__(
        self,
        resource: SqlResource,
        at: ValuePath,
        folder: Folder,
        package: str,
        places: SourceMap,
        out: Collector,
    ) -> None:
        self.resource, self.folder, self.package, self.out = resource, folder, package, out
        self.at_url = places.value((*at, "url"))
        self.at_query = places.value((*at, "query"))
        self.places, self.path = places, (*at, "url")

    def url(self) -> URL | None:
        """The URL with the variables filled in, and the file of the database found.

        Reports: LOD101, LOD109, LOD309.
        """
        from sqlalchemy import make_url
        from sqlalchemy.exc import ArgumentError

        written = self.resource.url
        password = _PASSWORD.search(written)
        if password and not _VARIABLE.fullmatch(password[1]):
            help_line = "take it from the environment: `${PGPASSWORD}`"
            self.out.report("LOD309", "a password stands in the data", self.at_url, help_line)
            return None
        filled = self._filled(written)
        if filled is None:
            return None
        try:
            url = make_url(filled)
        except (ArgumentError, ValueError):
            help_line = "write it like `sqlite:///prices.db`"
            self.out.report("LOD309", "no URL of a database", self.at_url, help_line)
            return None
        return self._with_file(url) if url.get_backend_name() in FILES else url

    def _filled(self, written: str) -> str | None:
        """The URL with `${NAME}` taken from the environment; user and password are quoted."""
        from urllib.parse import quote

        names = _VARIABLE.findall(written)
        for nth, name in enumerate(names):
            if name not in os.environ:
                place = self.places.inside(self.path, f"${{{name}}}", names[:nth].count(name))
                message = f"the environment variable `{name}` is not set"
                self.out.report("LOD309", message, place, f"export {name}=…" if name else None)
        if any(name not in os.environ for name in names):
            return None

        def value(found: re.Match[str]) -> str:
            is_login = "://" in written[: found.start()] and "@" in written[found.end() :]
            return quote(os.environ[found[1]], safe="") if is_login else os.environ[found[1]]

        return _VARIABLE.sub(value, written)

    def _with_file(self, url: URL) -> URL | None:
        """The URL with the whole path of its file, which must be in the folder of the briefing."""
        if url.database in {None, "", ":memory:"}:
            kind = url.get_backend_name()
            help_line = f"write it like `{kind}:///prices.{kind}`"
            self.out.report("LOD309", "the URL names no database file", self.at_url, help_line)
            return None
        name = (Path(self.package).parent / str(url.database)).as_posix()
        file = self.folder.locate(name, self.out, self.at_url)
        if file is not None and not file.is_file():
            self.folder.missing(name, self.out, self.at_url)
            return None
        return None if file is None else url.set(database=str(file), query={})

    def engine(self, url: URL) -> Engine | None:
        """What connects to the database, for reading only.

        Reports: LOD308, LOD309.
        """
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError, NoSuchModuleError
        from sqlalchemy.pool import NullPool

        backend = url.get_backend_name()
        if not has_extra(EXTRA, DRIVERS.get(backend, ()), self.at_url, self.out):
            return None
        connect: dict[str, Any] = {}
        if backend == "duckdb":
            connect = {"read_only": True, "config": {"enable_external_access": "false"}}
        elif backend == "postgresql":
            connect = {"connect_timeout": TIMEOUT_S}
        elif backend == "sqlite":
            file = Path(str(url.database)).resolve().as_uri()
            url = url.set(database=file, query={"mode": "ro", "uri": "true"})
        try:
            return create_engine(url, poolclass=NullPool, connect_args=connect)
        except NoSuchModuleError:
            message = f"SQLAlchemy knows no database `{url.drivername}`"
            self.out.report("LOD309", message, self.at_url)
        except ArgumentError:
            self.out.report("LOD309", "no URL of a database", self.at_url)
        except ImportError as error:
            message = f"this needs the library `{error.name}`, which is not installed"
            self.out.report("LOD308", message, self.at_url)
        return None

    def rows(self, engine: Engine) -> list[Row] | None:
        """The rows as text.

        Reports: LOD310, LOD311, LOD312.
        """
        from sqlalchemy.exc import SQLAlchemyError

        try:
            connection = engine.connect()
        except (SQLAlchemyError, OSError, ValueError) as error:
            self.out.report("LOD310", f"no connection: {self._reason(error)}", self.at_url)
            return None
        with connection:
            try:
                result = _asked(connection, self.resource.query)
                if not result.returns_rows:
                    self.out.report("LOD311", "the query gives no rows", self.at_query)
                    return None
                head, body = list(result.keys()), [tuple(row) for row in result]
            except SQLAlchemyError as error:
                self.out.report("LOD311", f"the query failed: {self._reason(error)}", self.at_query)
                return None
        if not _is_ordered(self.resource.query):
            self.out.report(
                "LOD312",
                "the query has no `order by`: its rows may come in another order next time",
                self.at_query,
                severity=Severity.WARNING,
            )
        rows = as_rows(head, body, self._place, self.out)
        if rows is not None:
            texts = json.dumps([list(cells) for cells, _ in rows], ensure_ascii=False)
            name = f"{self.folder.shown(self.package)}#{self.resource.name}"
            self.folder.reads[name] = hashlib.sha256(texts.encode()).hexdigest()
        return rows

    def _reason(self, error: Exception) -> str:
        """What a database says, in one line, less its drawing of the query and our folders."""
        said = str(getattr(error, "orig", None) or error).split("\n\n")[0]
        said = re.split(r"\nLINE \d+:", said)[0].replace(f"{self.folder.path.resolve()}/", "")
        return " ".join(said.split())

    def _place(self, row: int, column: int) -> Place:  # noqa: ARG002 a query has one place
        at = self.at_query or Place(self.folder.shown(self.package))
        return NamedPlace(at.file, at.line, at.column, at.width, name=f"row {row}") if row else at


def _asked(connection: Connection, query: str) -> CursorResult[Any]:
    """What the database answers; it is kept from changing anything."""
    import sqlite3

    if connection.dialect.name == "sqlite":
        inner = connection.connection.dbapi_connection
        assert isinstance(inner, sqlite3.Connection)
        inner.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    elif connection.dialect.name == "postgresql":
        connection = connection.execution_options(postgresql_readonly=True)
    # Without parameters the driver takes `%` and `:name` in the query as they are.
    return connection.execution_options(no_parameters=True).exec_driver_sql(query)


def _is_ordered(query: str) -> bool:
    """Whether the rows of the query itself are ordered, not only those of a query inside it."""
    outer, inner = _QUOTED.sub(" ", query), ""
    while outer != inner:
        inner, outer = outer, _INNER.sub(" ", outer)
    return re.search(r"\border\s+by\b", outer, re.IGNORECASE) is not None
