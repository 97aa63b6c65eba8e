"""Every statement of the ledger: one text for both databases, `?` standing for a value.

Times are texts of one length in UTC, so that their order is that of the texts.
"""

from __future__ import annotations

VERSION = 1
"""What this code reads and writes. A change of the tables raises it."""

CREATE = (
    "create table if not exists ledger_version (version integer not null primary key)",
    f"insert into ledger_version values ({VERSION}) on conflict (version) do nothing",
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

NEWEST_VERSION = "select max(version) from ledger_version"

RUN = "id, kind, why, who, host, pid, started, outcome, job, due, ended, toolchain"
START = f"insert into ledger_runs ({RUN}, born) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
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
}
ENTRIES = f"select {ENTRY} from ledger_entries where run = ?"
NAMED = "select id from ledger_runs where id like ? or id like ? order by id desc limit 6"
LATEST_IDS = "select id from ledger_runs order by started desc limit 1000"


def runs(filters: list[str]) -> str:
    """The runs that the filters let through, the latest first; the last value is their number."""
    return f"select {RUN}, born {_chosen(filters)}"


def tallies(filters: list[str]) -> str:
    """How many entries and findings these runs have, by outcome."""
    return f"""
        select run, outcome, count(*), sum(errors), sum(warnings), sum(notes)
        from ledger_entries where run in (select id {_chosen(filters)}) group by run, outcome
        """


def _chosen(filters: list[str]) -> str:
    where = " and ".join(FILTERS[name] for name in filters) or "1 = 1"
    return f"from ledger_runs where {where} order by started desc, id desc limit ?"
