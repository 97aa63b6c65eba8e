"""Every statement of the ledger: one text for both databases, `?` standing for a value.

Times are texts of one length in UTC, so that their order is that of the texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

CREATE = (
    "create table if not exists ledger_version (version integer not null primary key)",
    "insert into ledger_version values (1) on conflict (version) do nothing",
    """
    create table if not exists ledger_runs (
        id text not null primary key,
        kind text not null,
        why text not null,
        job text,
        due text,
        who text not null,
        host text not null,
        pid integer not null,
        born text not null,
        started text not null,
        ended text,
        outcome text not null,
        toolchain text
    )
    """,
    """
    create table if not exists ledger_entries (
        run text not null,
        slug text not null,
        outcome text not null,
        started text,
        ended text,
        seconds double precision not null,
        why text not null,
        errors integer not null,
        warnings integer not null,
        notes integer not null,
        findings text not null,
        digests text not null,
        primary key (run, slug)
    )
    """,
    "create index if not exists ledger_runs_started on ledger_runs (started)",
    "create index if not exists ledger_runs_due on ledger_runs (job, due)",
    "create index if not exists ledger_entries_slug on ledger_entries (slug, started)",
)
"""The tables as they were at first."""
CHANGES = {2: ("alter table ledger_runs add column workspace text",)}
"""What has changed in them since, by version."""
VERSION = max(CHANGES)
"""What this code reads and writes; it reads what was written before, too."""

NEWEST_VERSION = "select max(version) from ledger_version"

RUN = "id, kind, why, who, host, pid, started, outcome, job, due, ended, toolchain, workspace"
START = f"insert into ledger_runs ({RUN}, born) values ({', '.join('?' * 14)})"
FINISH = "update ledger_runs set ended = ?, outcome = ? where id = ?"

ENTRY = "slug, outcome, started, ended, seconds, why, findings, digests, run"
RECORD = f"""
    insert into ledger_entries ({ENTRY}, errors, warnings, notes)
    values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    on conflict (run, slug) do update set
        outcome = excluded.outcome, started = excluded.started, ended = excluded.ended,
        seconds = excluded.seconds, why = excluded.why, findings = excluded.findings,
        digests = excluded.digests, errors = excluded.errors, warnings = excluded.warnings,
        notes = excluded.notes
    """

FILTERS = {
    "slug": "id in (select run from ledger_entries where slug = ?)",
    "job": "job = ?",
    "outcome": "outcome = ?",
    "since": "started >= ?",
    "id": "id = ?",
    "workspace": "(workspace is null or workspace = ?)",
    "named": "(id like ? or id like ?)",
}
ENTRIES = f"select {ENTRY} from ledger_entries where run = ?"


def bring_up_to_date(run: Callable[[str], list[tuple[Any, ...]]]) -> None:
    """Make the tables, or change those of an older version; `run` is in a transaction for that."""
    for statement in CREATE:
        run(statement)
    ((version,),) = run(NEWEST_VERSION)
    for later in range(version + 1, VERSION + 1):
        for statement in CHANGES[later]:
            run(statement)
        run(f"insert into ledger_version values ({later})")


def runs(filters: Iterable[str], version: int) -> str:
    """The runs that the filters let through, the latest first; the last value is their number.

    After `born` it is told whether a later due time of the job is run, of those that may go on.
    """
    return f"""
        select {RUN}, born, outcome = 'running' and exists (
            select 1 from {_table(version)} as later
            where later.job = this.job and later.started > this.started
            and coalesce(later.workspace, '') = coalesce(this.workspace, '')
            and later.due is not null and later.outcome not in ('missed', 'skipped')
        ) {_chosen(filters, version)}
        """


def tallies(filters: Iterable[str], version: int) -> str:
    """How many entries and findings these runs have, by outcome, and when the newest was made."""
    return f"""
        select run, outcome, count(*), sum(errors), sum(warnings), sum(notes), max(ended)
        from ledger_entries where run in (select id {_chosen(filters, version)})
        group by run, outcome
        """


def ids(filters: Iterable[str], version: int) -> str:
    """The ids of the runs that the filters let through, as `runs` gives them."""
    return f"select id {_chosen(filters, version)}"


def _chosen(filters: Iterable[str], version: int) -> str:
    where = " and ".join(FILTERS[name] for name in filters) or "1 = 1"
    return f"from {_table(version)} as this where {where} order by started desc, id desc limit ?"


def _table(version: int) -> str:
    """The runs with the columns of today."""
    if version >= 2:
        return "ledger_runs"
    return "(select *, cast(null as text) as workspace from ledger_runs)"
