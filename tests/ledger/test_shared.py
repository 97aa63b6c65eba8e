"""Ledgers that several workspaces or hosts share, and those of an older version."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest

from briefgen.diagnostics.finding import Finding
from briefgen.ledger import statements
from briefgen.ledger.database import connect
from briefgen.ledger.ledger import Ledger, open_ledger
from briefgen.ledger.records import Entry
from briefgen.ledger.rows import SILENCE
from tests.ledger.test_contract import DUE, change


@pytest.fixture
def desks(ledger: Ledger, location: str) -> Iterator[tuple[Ledger, Ledger]]:
    """The ledger as two workspaces open it that share it, `a` and `b`."""
    a, b = (open_ledger(location, now=ledger.now, workspace=name) for name in "ab")
    with a, b:
        yield a, b
    assert a.out.findings + b.out.findings == []


def test_workspaces_that_share_a_ledger_see_their_own_runs(
    ledger: Ledger, desks: tuple[Ledger, Ledger]
) -> None:
    a, b = desks
    first = a.start(kind="schedule", why="schedule", job="morning", due=DUE)
    second = b.start(kind="schedule", why="schedule", job="morning", due=DUE)
    a.finish(first, "done")
    assert [(run.id, run.workspace) for run in a.runs(job="morning")] == [(first, "a")]
    assert [(run.id, run.workspace) for run in b.runs(outcome="running")] == [(second, "b")]
    assert [run.id for run in a.runs(everywhere=True)] == [second, first]
    assert ledger.runs() == []
    assert [finding.code for finding in a.run(second).findings] == ["LGR104"]
    assert a.run(second[-4:], everywhere=True).value == b.run(second).value


def test_a_run_without_the_name_of_a_workspace_is_everybodys(
    ledger: Ledger, desks: tuple[Ledger, Ledger]
) -> None:
    run = ledger.start(kind="build", why="x")
    assert [[one.id for one in desk.runs()] for desk in desks] == [[run], [run]]


@pytest.fixture
def older(location: str) -> str:
    """A ledger as the first version wrote it, with a run of a job."""
    database = connect(location, writing=True)
    assert database is not None
    for statement in statements.CREATE:
        database.run(statement)
    database.run(
        "insert into ledger_runs (id, kind, why, who, host, pid, started, outcome, job, born)"
        " values ('1jmd64vn0-x4k2', 'build', 'x', 'a@b', 'b', 1, '2024-03-25T00:30:00.000000Z',"
        " 'done', 'morning', '')"
    )
    database.run(
        "insert into ledger_entries values"
        " ('1jmd64vn0-x4k2', 'note', 'built', null, null, 0.5, '', 0, 0, 0, '[]', '{}')"
    )
    database.close()
    return location


def test_an_older_ledger_is_read_as_it_is_and_changed_when_it_is_written(older: str) -> None:
    with open_ledger(older, workspace="a") as ledger, open_ledger(older) as other:
        for _ in range(2):
            (old,) = ledger.runs(job="morning", slug="note")
            assert (old.id, old.workspace, old.editions) == ("1jmd64vn0-x4k2", None, {"built": 1})
            assert ledger.run("x4k2").value == old
            assert other.runs() == [old]
        version = "select max(version) from ledger_version"
        database = connect(older, writing=False)
        assert database is not None
        assert database.run(version) == [(1,)]
        new = ledger.start(kind="build", why="x")
        assert [(run.id, run.workspace) for run in ledger.runs()] == [(new, "a"), (old.id, None)]
        assert other.runs() == [old]
        assert database.run(version) == [(statements.VERSION,)]
        database.close()
    assert ledger.out.findings + other.out.findings == []


def test_many_change_an_older_ledger_at_once(older: str) -> None:
    barrier = Barrier(8)

    def begin() -> list[Finding]:
        with open_ledger(older, workspace="a") as own:
            assert len(own.runs()) == 1
            barrier.wait()
            own.finish(own.start(kind="build", why="x"), "done")
        return own.out.findings

    with ThreadPoolExecutor(8) as pool:
        futures = [pool.submit(begin) for _ in range(8)]
    assert [future.result() for future in futures] == [[]] * 8
    with open_ledger(older, workspace="a") as ledger:
        assert len(ledger.runs(outcome="done")) == 9


def test_a_run_on_another_host_goes_on_while_it_gives_signs(location: str) -> None:
    clock = datetime(2024, 3, 25, 0, 30, tzinfo=UTC)
    with open_ledger(location, now=lambda: clock) as ledger:
        run = ledger.start(kind="schedule", why="schedule", job="morning", due=DUE)
        change(location, "update ledger_runs set host = 'pod-7'")

        def outcome() -> str:
            (found,) = ledger.runs(job="morning")
            assert ledger.runs(outcome=found.outcome) == [found]
            return found.outcome

        clock += SILENCE
        assert outcome() == "running"
        ledger.record(run, Entry("a", "built", clock, clock), Entry("b", "not-run"))
        clock += SILENCE
        assert outcome() == "running"
        clock += timedelta(seconds=1)
        assert outcome() == "interrupted"
        ledger.finish(run, "done")
        assert outcome() == "done"


def test_a_later_run_of_the_job_means_that_one_on_another_host_has_ended(
    ledger: Ledger, desks: tuple[Ledger, Ledger], location: str
) -> None:
    a, b = desks
    first = a.start(kind="schedule", why="schedule", job="morning", due=DUE)
    change(location, "update ledger_runs set host = 'pod-7'")
    for one, job, outcome in ((b, "morning", "done"), (a, "evening", "done")):
        one.finish(one.start(kind="schedule", why="by hand", job=job), outcome)
    a.finish(a.start(kind="schedule", why="schedule", job="morning", due=DUE), "skipped")
    assert [run.id for run in a.runs(outcome="running")] == [first]
    by_hand = a.start(kind="schedule", why="by hand", job="morning")
    assert {run.id for run in a.runs(outcome="running")} == {first, by_hand}
    a.finish(by_hand, "done")
    later = DUE + timedelta(days=1)
    second = a.start(kind="schedule", why="schedule", job="morning", due=later)
    assert [run.id for run in a.runs(outcome="running")] == [second]
    assert [run.id for run in a.runs(outcome="interrupted")] == [first]
