"""Writing to the ledger and reading from it, whatever database holds it."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from threading import RLock
from typing import Self, TypeVar

from briefgen.diagnostics.finding import Collector, Finding, Made, Severity
from briefgen.diagnostics.suggest import nearest
from briefgen.ledger import rows, statements
from briefgen.ledger.database import Database, LedgerError, connect
from briefgen.ledger.ids import new_id
from briefgen.ledger.location import shown, without_password
from briefgen.ledger.process import born, host, user
from briefgen.ledger.records import Entry, Run, RunOutcome

T = TypeVar("T")

EVERYTHING = 2**31 - 1
_NAMED = 5
"""How many runs are named when a name means several."""
_LATEST = 1000
"""How many runs a wrong name is compared with."""
Wanted = Mapping[str, Sequence[str]]
"""The values of filters, by the names that `statements.FILTERS` has for them."""


def utc_now() -> datetime:
    """The time of this machine."""
    return datetime.now(UTC)


class Ledger:
    """A ledger; threads may share one, processes open their own.

    Writing never fails: what cannot be recorded is a warning in `out`, and the run goes on. Its
    further entries are then left out at once; its end, and the next run, are tried again. Reading
    that fails gives nothing, and a warning.

    What is read are the runs of one workspace, and those that bear no name of any.
    Reports: LGR101, LGR102, and what it is `refused` for.
    """

    def __init__(
        self,
        location: str,
        now: Callable[[], datetime] = utc_now,
        workspace: str | None = None,
        refused: Sequence[Finding] = (),
    ) -> None:
        self.now = now
        """The clock: times of entries are taken from it."""
        self.workspace = workspace
        """The name that its runs bear."""
        self.out = Collector()
        self._location = location
        self._refused = refused
        self._database: Database | None = None
        self._version = 0
        self._unknown: set[str] = set()
        self._incomplete: set[str] = set()
        self._lock = RLock()

    def start(
        self,
        *,
        kind: str,
        why: str,
        job: str | None = None,
        due: datetime | None = None,
        who: str | None = None,
        toolchain: str | None = None,
    ) -> str:
        """Record that a run begins, and give its id; without `who` it is `user@host`."""
        begun, pid = self.now(), os.getpid()
        run = Run(
            id=new_id(begun),
            kind=kind,
            why=why,
            who=who or user(),
            host=host(),
            pid=pid,
            started=begun,
            outcome="running",
            job=job,
            due=due,
            toolchain=toolchain,
            workspace=self.workspace,
        )
        values = (*rows.of_run(run), born(pid) or "")
        if not self._write(lambda database: database.run(statements.START, values)):
            self._unknown.add(run.id)
        return run.id

    def record(self, run: str, *entries: Entry) -> None:
        """Record editions of a run; a later entry of an edition takes the place of an earlier."""
        if run in self._unknown | self._incomplete:
            return
        written = [rows.of_entry(run, entry) for entry in entries]
        if not self._write(lambda database: database.run_many(statements.RECORD, written)):
            self._incomplete.add(run)

    def finish(self, run: str, outcome: RunOutcome) -> None:
        """Record how a run ended; from here on all of it outlives a power cut."""
        values = (rows.text(self.now()), outcome, run)

        def write(database: Database) -> None:
            with database.lasting():
                database.run(statements.FINISH, values)

        if run not in self._unknown:
            self._write(write)

    def runs(
        self,
        *,
        slug: str | None = None,
        job: str | None = None,
        outcome: RunOutcome | None = None,
        since: datetime | None = None,
        limit: int | None = None,
        everywhere: bool = False,
    ) -> list[Run]:
        """Runs that all filters let through, the latest first; `since` is about their start.

        `everywhere` means those of all workspaces.
        """
        most = EVERYTHING if limit is None else min(limit, EVERYTHING)
        wanted = self._wanted(everywhere, slug=slug, job=job, since=rows.text(since))
        if outcome in {"running", "interrupted"}:
            begun = self._runs({**wanted, "outcome": ["running"]}, EVERYTHING)
            return [run for run in begun if run.outcome == outcome][:most]
        return self._runs({**wanted, "outcome": [outcome]} if outcome else wanted, most)

    def run(self, name: str, *, everywhere: bool = False) -> Made[Run]:
        """The run of this id, or the only one whose id begins or ends so.

        Reports: LGR104.
        """
        wanted = self._wanted(everywhere)
        ends = [f"{_plain(name)}%", f"%{_plain(name)}"]
        matches = self._ids({**wanted, "named": ends}, _NAMED + 1)
        chosen = name if name in matches else matches[0] if len(matches) == 1 else None
        found = self._runs({"id": [chosen]}, 1) if chosen else []
        if found or self.out.findings:
            return Made(found[0] if found else None, tuple(self.out.findings))
        out = Collector()
        if matches:
            named = ", ".join(f"`{match}`" for match in matches[:_NAMED])
            rest = " and more" if len(matches) > _NAMED else ""
            out.report("LGR104", f"`{name}` may be several runs", help=f"{named}{rest}")
        else:
            known = self._ids(wanted, _LATEST)
            ends = [known_id.rpartition("-")[2] for known_id in known]
            near = nearest(name, (*known, *ends))
            hint = f"did you mean `{near}`?" if near else "`briefgen runs` lists them"
            out.report("LGR104", f"there is no run `{name}`", help=hint)
        return out.made(None)

    def entries(self, run: str) -> list[Entry]:
        """The entries of a run, by slug."""

        def read(database: Database) -> list[Entry]:
            found = database.run(statements.ENTRIES, (run,))
            with rows.readable():
                return [rows.to_entry(row) for row in found]

        nothing: list[Entry] = []
        found = self._read(read, nothing)
        return sorted(found, key=lambda entry: entry.slug)  # alike in every database

    def close(self) -> None:
        """Let go of the database; a `with` block does so at its end. Later use opens it again."""
        with self._lock:
            if self._database is not None:
                self._database.close()
            self._database = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _wanted(self, everywhere: bool, **filters: str | None) -> Wanted:
        mine = {} if everywhere else {"workspace": [self.workspace or ""]}
        return mine | {name: [value] for name, value in filters.items() if value is not None}

    def _runs(self, wanted: Wanted, limit: int) -> list[Run]:
        values = (*chain(*wanted.values()), limit)

        def read(database: Database) -> list[Run]:
            tallies = database.run(statements.tallies(wanted, self._version), values)
            found = database.run(statements.runs(wanted, self._version), values)
            with rows.readable():
                return rows.to_runs(found, tallies, self.now())

        return self._read(read, [])

    def _ids(self, wanted: Wanted, limit: int) -> list[str]:
        values = (*chain(*wanted.values()), limit)

        def read(database: Database) -> list[str]:
            found = database.run(statements.ids(wanted, self._version), values)
            return [row[0] for row in found]

        return self._read(read, [])

    def _write(self, work: Callable[[Database], object]) -> bool:
        """Do some work; False after a finding."""
        with self._lock:
            try:
                self._attempt(work, writing=True)
            except LedgerError as error:
                self._tell(error, "cannot be written")
                return False
            return True

    def _read(self, work: Callable[[Database], T], otherwise: T) -> T:
        with self._lock:
            try:
                found = self._attempt(work, writing=False)
            except LedgerError as error:
                self._tell(error, "cannot be read")
                return otherwise
            return otherwise if found is None else found

    def _attempt(self, work: Callable[[Database], T], *, writing: bool) -> T | None:
        """Do some work; once more if a connection of earlier work turns out to be lost."""
        if self._database is not None and self._database.is_lost:
            self.close()
        was_open = self._database is not None
        try:
            database = self._opened(writing=writing)
            return None if database is None else work(database)
        except LedgerError:
            is_lost = was_open and self._database is not None and self._database.is_lost
            self.close()
            if not is_lost:
                raise
        return self._attempt(work, writing=writing)

    def _opened(self, *, writing: bool) -> Database | None:
        """The database with its tables; None when nothing was ever written that could be read.

        Tables of an older version are read as they are, and changed when they are written.
        """
        if self._refused:
            raise LedgerError("it has no place")
        if self._database is None:
            self._database, self._version = connect(self._location, writing=writing), 0
        if self._database is None or self._version == statements.VERSION:
            return self._database
        if not self._database.has_tables():
            if not writing:
                return None
            self._database.create()
        ((version,),) = self._database.run(statements.NEWEST_VERSION)
        if not isinstance(version, int):
            raise LedgerError("its version is missing", rows.MEND)
        if version > statements.VERSION:
            message = f"it has version {version}, and this briefgen knows {statements.VERSION}"
            raise LedgerError(message, "pip install --upgrade briefgen", code="LGR102")
        if version < statements.VERSION and writing:
            self._database.create()
            version = statements.VERSION
        self._version = version
        return self._database

    def _tell(self, error: LedgerError, what: str) -> None:
        if self._refused:
            self.out.add(replace(one, severity=Severity.WARNING) for one in self._refused)
            return
        why = without_password(str(error), self._location)
        message = f"the ledger `{shown(self._location)}` {what}: {why}"
        self.out.report(error.code, message, help=error.help, severity=Severity.WARNING)


def _plain(name: str) -> str:
    """A name without what stands for other characters; no id holds such."""
    return name.lower().replace("%", "!").replace("_", "!").replace("\\", "!") or "!"


def open_ledger(
    location: str,
    *,
    now: Callable[[], datetime] = utc_now,
    workspace: str | None = None,
    refused: Sequence[Finding] = (),
) -> Ledger:
    """The ledger at a path or URL that `ledger_location` gave, or which that `refused`.

    The first use connects. One that several workspaces share needs the name of this one.
    """
    return Ledger(location, now, workspace, refused)
