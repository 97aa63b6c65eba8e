"""A file that cannot be written, is damaged, or goes away: a warning, and the run goes on."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefgen.diagnostics.finding import Severity
from briefgen.ledger import sqlite
from briefgen.ledger.ledger import Ledger, open_ledger
from briefgen.ledger.records import Entry
from tests.ledger.test_contract import FINDINGS, python

NOBODY = 65534
MOST_MS = 5
"""What recording an edition may take on a busy machine; it takes well below 1 ms."""


def a_run(ledger: Ledger) -> str:
    run = ledger.start(kind="build", why="x")
    ledger.record(run, Entry("a", "built", datetime.now(UTC), findings=FINDINGS))
    ledger.finish(run, "done")
    return run


def only_warning(ledger: Ledger) -> tuple[str, str | None]:
    """The message and the help of the one finding there is."""
    (finding,) = ledger.out.findings
    assert (finding.code, finding.severity) == ("LGR101", Severity.WARNING)
    return finding.message, finding.help


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The ledger of a workspace in which we are."""
    monkeypatch.chdir(tmp_path)
    return tmp_path / "output" / "ledger.sqlite3"


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder that may only be read, for a user whom that concerns."""
    with tempfile.TemporaryDirectory(prefix="briefgen-") as made:
        folder = Path(made)
        with open_ledger(str(folder / "ledger.sqlite3")) as ledger:
            a_run(ledger)
        folder.chmod(0o555)
        (folder / "ledger.sqlite3").chmod(0o444)
        is_root = os.geteuid() == 0
        if is_root:
            os.setresuid(NOBODY, NOBODY, 0)
        yield folder
        if is_root:
            os.setresuid(0, 0, 0)
        folder.chmod(0o755)


def test_a_damaged_file(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("no database, but longer than the head of one" * 99)
    with open_ledger(str(file)) as ledger:
        a_run(ledger)
    assert only_warning(ledger) == (
        "the ledger `output/ledger.sqlite3` cannot be written: file is not a database",
        "move the file away, and a new one is begun",
    )
    assert file.read_text().startswith("no database")


def test_a_file_that_was_cut_short(file: Path) -> None:
    with open_ledger(str(file)) as ledger:
        for _ in range(30):
            a_run(ledger)
    file.write_bytes(file.read_bytes()[: 5 * 4096])
    with open_ledger(str(file)) as other:
        assert other.runs() == []
    message, help_line = only_warning(other)
    assert message.endswith("cannot be read: database disk image is malformed")
    assert help_line == "move the file away, and a new one is begun"


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        (lambda file: file.parent.write_text(""), "File exists"),
        (lambda file: file.mkdir(parents=True), "unable to open database file"),
    ],
    ids=["a file for the folder", "a folder for the file"],
)
def test_no_file_can_be_made(file: Path, prepare: Callable[[Path], None], said: str) -> None:
    prepare(file)
    with open_ledger(str(file)) as ledger:
        a_run(ledger)
    assert only_warning(ledger)[0].endswith(f"cannot be written: {said}")


def test_what_may_only_be_read(unprivileged: Path) -> None:
    with open_ledger(str(unprivileged / "ledger.sqlite3")) as ledger:
        assert [run.outcome for run in ledger.runs()] == ["done"]
        assert ledger.out.findings == []
        a_run(ledger)
        assert len(ledger.out.findings) == 1
        assert len(ledger.runs()) == 1
    assert only_warning(ledger)[0].endswith(
        "cannot be written: attempt to write a readonly database"
    )


def test_a_folder_that_may_only_be_read(unprivileged: Path) -> None:
    with open_ledger(str(unprivileged / "output" / "ledger.sqlite3")) as ledger:
        a_run(ledger)
    assert only_warning(ledger)[0].endswith("cannot be written: Permission denied")


def test_a_full_disk_and_room_again(tmp_path: Path) -> None:
    program = """
        import resource
        with open_ledger(sys.argv[1]) as ledger:
            run = ledger.start(kind="build", why="first")
            most = os.path.getsize(sys.argv[1] + "-wal") + 20_000
            _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
            for number in range(30):
                ledger.record(run, Entry(f"edition-{number}", "built", why="x" * 4000))
            print([finding.code for finding in ledger.out.findings])
            resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))
            ledger.finish(run, "done")
            ledger.finish(ledger.start(kind="build", why="second"), "done")
            print([finding.code for finding in ledger.out.findings])
    """
    file = tmp_path / "ledger.sqlite3"
    said, _ = python(program, str(file)).communicate()
    assert said.splitlines() == ["['LGR101']", "['LGR101']"]
    with open_ledger(str(file)) as ledger:
        second, first = ledger.runs()
    assert (first.why, first.outcome) == ("first", "done")
    assert 0 < first.editions["built"] < 30
    assert (second.why, second.outcome) == ("second", "done")


def test_a_file_that_another_process_does_not_let_go_of(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "TIMEOUT_S", 0.05)
    with open_ledger(str(file)) as ledger:
        run = ledger.start(kind="build", why="x")
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("begin immediate")
        began = time.perf_counter()
        for number in range(100):
            ledger.record(run, Entry(f"edition-{number}", "built"))
        assert time.perf_counter() - began < 2, "it waits once, not for each edition"
        other.execute("rollback")
        other.close()
        ledger.finish(run, "done")
        assert [one.outcome for one in ledger.runs()] == ["done"]
    assert only_warning(ledger)[0].endswith("cannot be written: database is locked")


def test_a_file_that_was_deleted_is_begun_anew(file: Path) -> None:
    with open_ledger(str(file)) as ledger:
        a_run(ledger)
        shutil.rmtree(file.parent)
        second = a_run(ledger)
        assert [run.id for run in ledger.runs()] == [second]
        assert ledger.out.findings == []
    assert file.is_file()


def test_reading_makes_no_file(file: Path) -> None:
    with open_ledger(str(file)) as ledger:
        assert ledger.runs() == []
    assert not file.parent.exists()


def test_a_name_with_signs_of_urls(tmp_path: Path) -> None:
    file = tmp_path / "100% wahr?#1 名" / "a b.sqlite3"
    with open_ledger(str(file)) as ledger:
        a_run(ledger)
    assert ledger.out.findings == []
    assert file.is_file()


def test_the_end_of_a_run_waits_for_the_disk(file: Path) -> None:
    """A log that is flushed at the end holds all that came before."""
    with open_ledger(str(file)) as ledger:
        a_run(ledger)
        database = ledger._database
        assert database is not None
        with database.lasting():
            assert database.run("pragma synchronous") == [(2,)]
        assert database.run("pragma synchronous") == [(1,)]
        assert database.run("pragma journal_mode") == [("wal",)]


def test_what_a_killed_process_recorded_is_there(file: Path) -> None:
    program = """
        ledger = open_ledger(sys.argv[1])
        run = ledger.start(kind="build", why="x")
        for number in range(20):
            ledger.record(run, Entry(f"edition-{number}", "built"))
        os.kill(os.getpid(), 9)
    """
    with python(program, str(file)) as process:
        assert process.wait() == -9
    with open_ledger(str(file)) as ledger:
        assert [run.editions for run in ledger.runs()] == [{"built": 20}]


def test_recording_costs_little(file: Path, tell: Callable[[str], None]) -> None:
    digests = {f"a.{kind}": "0" * 64 for kind in ("html", "pdf", "json")}
    with open_ledger(str(file)) as ledger:
        run = ledger.start(kind="build", why="x")
        began = time.perf_counter()
        for number in range(200):
            entry = Entry(f"edition-{number}", "built", findings=FINDINGS, digests=digests)
            ledger.record(run, entry)
        ledger.finish(run, "done")
        each_ms = (time.perf_counter() - began) * 1000 / 200
    tell(f"ledger: {each_ms:.2f} ms an edition (SQLite)")
    assert each_ms < MOST_MS


def test_the_ledger_is_imported_at_once() -> None:
    program = "import briefgen.ledger.ledger, briefgen.ledger.location, sys\n"
    program += "print(*{'pydantic', 'sqlite3', 'psycopg', 'socket', 'yaml'} & sys.modules.keys())"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")
