"""What the ledger promises, whatever database holds it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Barrier

import pytest

from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.ledger import statements
from briefgen.ledger.database import connect
from briefgen.ledger.ledger import Ledger, open_ledger
from briefgen.ledger.process import host
from briefgen.ledger.records import Entry, Run

SHANGHAI = timezone(timedelta(hours=8))
DUE = datetime(2024, 3, 25, 8, 30, tzinfo=SHANGHAI)
AT_A_CELL = NamedPlace("b.xlsx", 2, 3, name="cell C2")
FINDINGS = (
    Finding("LOD101", "未知的键 `captoin`", Place("a.yaml", 3, 5, 7), "did you mean `caption`?"),
    Finding("LOD309", "row", AT_A_CELL, None, Severity.WARNING, "x"),
    Finding("ENV101", "no font, \N{SNOWMAN} \0 \udcff", severity=Severity.NOTE),
)
REPOSITORY = Path(__file__).parents[2]


def python(program: str, *arguments: str) -> subprocess.Popen[str]:
    """A program in a Python of its own, with a pipe on either side."""
    imports = "import os, sys\nfrom briefgen.ledger.ledger import open_ledger\n"
    imports += "from briefgen.ledger.records import Entry\n"
    return subprocess.Popen(
        [sys.executable, "-c", imports + textwrap.dedent(program), *arguments],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def change(location: str, statement: str) -> None:
    """Change the database behind the ledger's back."""
    database = connect(location, writing=True)
    assert database is not None
    database.run(statement)
    database.close()


def test_a_run_comes_back_as_it_was_recorded(ledger: Ledger, location: str) -> None:
    run = ledger.start(
        kind="schedule", why="schedule", job="早报", due=DUE, who="desk@example", toolchain="ab12"
    )
    start = datetime(2024, 3, 25, 0, 31, 0, 7, tzinfo=UTC)
    entries = [
        Entry("a", "built", start, start + timedelta(seconds=2), 1.5, "new", (), {"a.pdf": "0f"}),
        Entry("b", "failed", start, start, 0.25, "一个单元格变了", FINDINGS),
        Entry("c", "not-run"),
        Entry("d", "unchanged", start, start),
    ]
    ledger.record(run, *reversed(entries))
    ledger.finish(run, "failed")
    expected = Run(
        id=run,
        kind="schedule",
        why="schedule",
        who="desk@example",
        host=host(),
        pid=os.getpid(),
        started=datetime(2024, 3, 25, 0, 30, 1, 250, tzinfo=UTC),
        outcome="failed",
        job="早报",
        due=DUE,
        ended=datetime(2024, 3, 25, 0, 30, 2, 250, tzinfo=UTC),
        toolchain="ab12",
        editions={"built": 1, "failed": 1, "not-run": 1, "unchanged": 1},
        findings={"error": 1, "warning": 1, "note": 1},
    )
    with open_ledger(location) as other:
        assert other.run(run).value == expected
        assert other.runs() == [expected]
        found = other.entries(run)
    assert [entry.run for entry in found] == [run] * 4
    assert [type(f.place) for f in found[1].findings] == [Place, NamedPlace, type(None)]
    unbound = [Entry(**{**values(entry), "run": ""}) for entry in found]
    assert unbound == entries


def values(entry: Entry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def test_a_run_that_goes_on_has_what_was_recorded_so_far(ledger: Ledger, location: str) -> None:
    run = ledger.start(kind="build", why="command line")
    ledger.record(run, Entry("a", "built"))
    with open_ledger(location) as other:
        (found,) = other.runs()
    assert (found.outcome, found.ended, found.editions) == ("running", None, {"built": 1})
    assert re.fullmatch(r".+@.+", found.who)


def test_a_later_entry_of_an_edition_takes_the_place_of_the_earlier(ledger: Ledger) -> None:
    run = ledger.start(kind="build", why="command line")
    ledger.record(run, Entry("a", "failed", why="new", findings=FINDINGS))
    ledger.record(run, Entry("a", "built", why="tried again"))
    assert ledger.entries(run) == [Entry("a", "built", why="tried again", run=run)]
    assert ledger.runs()[0].findings == {"error": 0, "warning": 0, "note": 0}


def test_ids_are_sorted_by_time_and_differ(ledger: Ledger) -> None:
    runs = [ledger.start(kind="build", why="x") for _ in range(5)]
    assert runs == sorted(runs)
    assert len(set(runs)) == 5
    assert all(re.fullmatch(r"[0-9a-z]{9}-[0-9a-z]{4}", run) for run in runs)
    assert [run.id for run in ledger.runs()] == runs[::-1]


def test_filters(ledger: Ledger) -> None:
    first = ledger.start(kind="build", why="command line")
    ledger.record(first, Entry("a", "built"), Entry("b", "failed"))
    ledger.finish(first, "failed")
    middle = ledger.now()
    second = ledger.start(kind="schedule", why="schedule", job="morning", due=DUE)
    ledger.record(second, Entry("a", "unchanged"))
    ledger.finish(second, "done")
    third = ledger.start(kind="schedule", why="schedule", job="evening")

    def ids(runs: list[Run]) -> list[str]:
        return [run.id for run in runs]

    assert ids(ledger.runs()) == [third, second, first]
    assert ids(ledger.runs(limit=2)) == [third, second]
    assert ids(ledger.runs(slug="a")) == [second, first]
    assert ids(ledger.runs(slug="b")) == [first]
    assert ids(ledger.runs(job="morning")) == [second]
    assert ids(ledger.runs(outcome="failed")) == [first]
    assert ids(ledger.runs(outcome="running")) == [third]
    assert ids(ledger.runs(outcome="interrupted")) == []
    assert ids(ledger.runs(since=middle)) == [third, second]
    assert ids(ledger.runs(since=middle.astimezone(SHANGHAI), slug="a", outcome="done")) == [second]
    assert ids(ledger.runs(slug="a' or 1=1 --")) == []
    assert ledger.runs(slug="b")[0].editions == {"built": 1, "failed": 1}


def test_a_run_is_found_by_its_beginning_or_its_end(ledger: Ledger) -> None:
    first, second = (ledger.start(kind="build", why="x") for _ in range(2))
    for name in (first, first.upper(), first[:-1], first[-4:], first[1:]):
        found = ledger.run(name).value
        assert found is not None
        assert found.id == first
    (ambiguous,) = ledger.run(first[:3]).findings
    assert (ambiguous.code, ambiguous.message) == ("LGR104", f"`{first[:3]}` may be several runs")
    assert ambiguous.help == f"`{second}`, `{first}`"


@pytest.mark.parametrize(
    ("mistake", "hint"),
    [
        (lambda run: run[:-1] + "!", "did you mean `{run}`?"),
        (lambda run: run[-4:-1] + "!", "did you mean `{end}`?"),
        (lambda run: "%", "`briefgen runs` lists them"),
        (lambda run: "_" * len(run), "`briefgen runs` lists them"),
        (lambda run: "", "`briefgen runs` lists them"),
    ],
)
def test_an_unknown_run(ledger: Ledger, mistake: Callable[[str], str], hint: str) -> None:
    run = ledger.start(kind="build", why="x")
    made = ledger.run(mistake(run))
    assert made.value is None
    assert [finding.code for finding in made.findings] == ["LGR104"]
    assert made.findings[0].help == hint.format(run=run, end=run[-4:])


def test_reading_what_was_never_written(ledger: Ledger, location: str) -> None:
    assert ledger.runs() == []
    assert ledger.entries("x") == []
    assert ledger.run("x").value is None
    database = connect(location, writing=False)
    assert database is None or not database.has_tables()
    if database is not None:
        database.close()


def test_threads_share_a_ledger(ledger: Ledger) -> None:
    run = ledger.start(kind="build", why="x")
    with ThreadPoolExecutor(8) as pool:
        for number in range(80):
            pool.submit(ledger.record, run, Entry(f"edition-{number}", "built"))
    ledger.finish(run, "done")
    assert ledger.runs()[0].editions == {"built": 80}


def test_many_begin_a_ledger_at_once(location: str) -> None:
    barrier = Barrier(12)

    def begin() -> list[Finding]:
        with open_ledger(location) as own:
            assert own.runs() == []
            barrier.wait()
            own.finish(own.start(kind="build", why="x"), "done")
        return own.out.findings

    with ThreadPoolExecutor(12) as pool:
        futures = [pool.submit(begin) for _ in range(12)]
    assert [future.result() for future in futures] == [[]] * 12
    with open_ledger(location) as ledger:
        assert [run.outcome for run in ledger.runs()] == ["done"] * 12


def test_processes_share_a_ledger(ledger: Ledger, location: str) -> None:
    program = """
        print("ready", flush=True)
        sys.stdin.readline()
        with open_ledger(sys.argv[1]) as ledger:
            run = ledger.start(kind="build", why="x")
            for number in range(20):
                ledger.record(run, Entry(f"edition-{number}", "built"))
            ledger.finish(run, "done")
        print(ledger.out.findings)
    """
    processes = [python(program, location) for _ in range(4)]
    for process in processes:
        assert process.stdout
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.communicate()[0] for process in processes] == ["[]\n"] * 4
    assert [(run.outcome, run.editions) for run in ledger.runs()] == [("done", {"built": 20})] * 4


def test_a_run_whose_process_died_is_interrupted(ledger: Ledger, location: str) -> None:
    program = """
        ledger = open_ledger(sys.argv[1])
        run = ledger.start(kind="build", why="x")
        ledger.record(run, Entry("a", "built"))
        print(run, flush=True)
        sys.stdin.readline()
    """
    with python(program, location) as process:
        assert process.stdout
        run = process.stdout.readline().strip()
        assert [one.outcome for one in ledger.runs()] == ["running"]
        process.send_signal(signal.SIGKILL)
    (found,) = ledger.runs(outcome="interrupted")
    assert (found.id, found.ended, found.editions) == (run, None, {"built": 1})
    assert ledger.runs(outcome="running") == []
    change(location, "update ledger_runs set host = 'another-host'")
    assert [one.outcome for one in ledger.runs()] == ["running"]


def test_another_process_with_the_number_of_a_dead_one(ledger: Ledger, location: str) -> None:
    ledger.start(kind="build", why="x")
    change(location, "update ledger_runs set born = 'before'")
    assert [run.outcome for run in ledger.runs()] == ["interrupted"]


def test_a_newer_ledger_is_left_alone(ledger: Ledger, location: str) -> None:
    run = ledger.start(kind="build", why="x")
    change(location, f"insert into ledger_version values ({statements.VERSION + 1})")
    with open_ledger(location) as other:
        other.start(kind="build", why="x")
        other.finish(run, "failed")
        assert other.runs() == []
    assert {finding.code for finding in other.out.findings} == {"LGR102"}
    assert {finding.severity for finding in other.out.findings} == {Severity.WARNING}
    assert "it has version 3, and this briefgen knows 2" in other.out.findings[0].message
    change(location, f"delete from ledger_version where version > {statements.VERSION}")
    assert [(one.id, one.outcome) for one in ledger.runs()] == [(run, "running")]


def test_a_ledger_that_was_closed_opens_again(ledger: Ledger) -> None:
    run = ledger.start(kind="build", why="x")
    ledger.close()
    ledger.finish(run, "stopped")
    assert [one.outcome for one in ledger.runs()] == ["stopped"]


@pytest.mark.parametrize(
    "statement",
    [
        "delete from ledger_version",
        "update ledger_runs set started = 'yesterday'",
        "update ledger_runs set due = '2024-03-25'",
        "update ledger_entries set findings = '{'",
        "update ledger_entries set digests = '[1]'",
    ],
)
def test_what_another_program_has_damaged_is_a_warning(
    ledger: Ledger, location: str, statement: str
) -> None:
    run = ledger.start(kind="build", why="x", due=DUE)
    ledger.record(run, Entry("a", "built"))
    change(location, statement)
    with open_ledger(location) as other:
        assert not other.runs() or not other.entries(run)
    (finding, *_) = other.out.findings
    assert (finding.code, finding.severity) == ("LGR101", Severity.WARNING)
    assert finding.help == "move it away, and a new one is begun"


def test_a_limit_beyond_all_numbers_of_a_database(ledger: Ledger) -> None:
    run = ledger.start(kind="build", why="x")
    assert [one.id for one in ledger.runs(limit=10**20)] == [run]
