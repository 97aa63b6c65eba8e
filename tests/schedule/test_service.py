"""The scheduler at work under a clock that is set by hand: nothing here waits for real."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event, Thread

import pytest
import time_machine

from briefgen.ledger.ledger import Ledger
from briefgen.model.job import Job
from briefgen.schedule import service
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.alone import alone, alone_with
from briefgen.schedule.runner import Runner
from briefgen.schedule.service import OwnProcess, Service

LONG_S = 30
"""How long a test waits for what comes at once, before it fails."""


class Machine:
    """A workspace with one job, and the scheduler that runs it."""

    def __init__(self, root: Path, clock: time_machine.Traveller) -> None:
        (root / "data").mkdir(parents=True)
        self.clock, self.root = clock, root
        self.job: Job | None = Job(all=True, at=("07:30",), timezone="Asia/Shanghai")
        self.ran: list[str] = []
        self.began, self.may_end = Event(), Event()
        self.may_end.set()
        self.write("first")

    def write(self, text: str) -> None:
        (self.root / "data/workspace.yaml").write_text(text, "utf-8")

    def start(self) -> None:
        self.ledger = Ledger(str(self.root / "ledger.sqlite3"))
        runner = Runner(self.ledger, self.run, lambda: datetime.now(UTC), lambda _: None)
        self.service = Service(self.root, runner, self.load)
        self.service.start()

    def stop(self) -> None:
        self.may_end.set()
        self.service.stop()
        self.ledger.close()

    def load(self) -> dict[str, Agenda] | None:
        return {"morning": Agenda(self.job)} if self.job else None

    def run(self, name: str, due: datetime) -> int:
        run = self.ledger.start(kind="schedule", why="schedule", job=name, due=due)
        self.ran.append(f"{due:%d %H:%M}")
        self.began.set()
        assert self.may_end.wait(LONG_S)
        self.ledger.finish(run, "done")
        return 0

    def look_at(self, moment: str) -> None:
        """Set the clock, and have the scheduler look at it."""
        self.began.clear()
        self.clock.move_to(datetime.fromisoformat(f"2026-03-{moment}+08:00"))
        self.service.look()

    def runs_at(self, moment: str) -> str:
        """The due time that is run when the clock is set to this."""
        self.look_at(moment)
        assert self.began.wait(LONG_S), "nothing was run"
        return self.ran[-1]

    def settled(self) -> None:
        """Wait until all that was submitted is done."""
        done = Event()
        self.service.scheduler.add_job(done.set)
        assert done.wait(LONG_S)


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[Machine]:
    start = datetime.fromisoformat("2026-03-02T06:00+08:00")
    with time_machine.travel(start, tick=False) as clock:
        made = Machine(tmp_path, clock)
        made.start()
        yield made
        made.stop()


def test_a_job_runs_when_the_clock_says_so(machine: Machine) -> None:
    machine.look_at("02T07:29")
    machine.settled()
    assert machine.ran == []
    assert machine.runs_at("02T07:30") == "02 07:30"
    machine.look_at("02T07:31")
    machine.settled()
    assert machine.runs_at("05T08:00") == "05 07:30"  # it slept for three days
    machine.settled()
    assert machine.ran == ["02 07:30", "05 07:30"]
    missed = machine.ledger.runs(job="morning", outcome="missed")
    assert sorted(f"{run.due:%d %H:%M}" for run in missed) == ["02 23:30", "03 23:30"]


def test_a_clock_that_goes_back_repeats_nothing(machine: Machine) -> None:
    assert machine.runs_at("02T07:30") == "02 07:30"
    machine.look_at("02T05:00")
    machine.look_at("02T07:30")
    machine.settled()
    assert machine.ran == ["02 07:30"]
    assert machine.runs_at("03T07:30") == "03 07:30"


def test_what_comes_while_a_run_goes_on_is_recorded_as_skipped(machine: Machine) -> None:
    machine.may_end.clear()
    assert machine.runs_at("02T07:30") == "02 07:30"
    machine.look_at("03T07:30")
    skipped = wait_for(lambda: machine.ledger.runs(job="morning", outcome="skipped"))
    machine.may_end.set()
    machine.settled()
    assert [run.why for run in skipped] == ["its earlier run was still going"]
    assert machine.ran == ["02 07:30"]


def test_changes_of_the_settings_are_seen(machine: Machine) -> None:
    machine.job = Job(all=True, at=("06:30",), timezone="Asia/Shanghai")
    machine.write("second")
    machine.look_at("02T06:20")
    assert machine.runs_at("02T06:30") == "02 06:30"
    machine.settled()
    machine.job = None
    machine.write("with errors")
    assert machine.runs_at("03T06:30") == "03 06:30"


def test_a_restart_makes_up_what_is_due(machine: Machine) -> None:
    assert machine.runs_at("02T07:30") == "02 07:30"
    machine.stop()
    machine.began.clear()
    machine.clock.move_to(datetime.fromisoformat("2026-03-03T08:30+08:00"))
    machine.start()
    assert machine.began.wait(LONG_S)
    machine.settled()
    assert machine.ran == ["02 07:30", "03 07:30"]


def test_a_clock_that_was_ahead_stops_nothing(machine: Machine) -> None:
    assert machine.runs_at("02T07:30") == "02 07:30"
    machine.settled()
    assert machine.runs_at("20T08:00") == "20 07:30"
    machine.settled()
    machine.look_at("02T08:01")
    assert machine.runs_at("03T07:30") == "03 07:30"
    machine.settled()
    assert machine.runs_at("04T07:30") == "04 07:30"


def test_a_clock_that_was_ahead_at_the_start_stops_nothing(tmp_path: Path) -> None:
    ahead = datetime.fromisoformat("2026-03-20T06:00+08:00")
    with time_machine.travel(ahead, tick=False) as clock:
        machine = Machine(tmp_path, clock)
        machine.start()
        machine.look_at("02T06:00")
        assert machine.runs_at("02T07:30") == "02 07:30"
        machine.settled()
        assert machine.runs_at("03T07:30") == "03 07:30"
        machine.stop()


def test_settings_with_errors_are_read_until_they_have_none(machine: Machine) -> None:
    machine.job = None  # another file has errors, and its mending does not show in this one
    machine.write("second")
    machine.look_at("02T06:20")
    machine.job = Job(all=True, at=("06:30",), timezone="Asia/Shanghai")
    machine.look_at("02T06:25")
    assert machine.runs_at("02T06:30") == "02 06:30"


def test_one_scheduler_for_a_workspace(tmp_path: Path) -> None:
    with alone(tmp_path) as taken:
        assert taken is None
        with alone(tmp_path) as second:
            assert second is not None
            assert second.code == "SCH105"
    with alone(tmp_path) as taken:
        assert taken is None


def test_after_a_stop_no_run_begins(tmp_path: Path) -> None:
    jobs = OwnProcess(tmp_path)
    jobs.stop()
    assert jobs.run("morning", datetime.now(UTC)) == 130
    assert jobs.process is None


def test_a_stop_waits_for_a_run_that_is_just_beginning(tmp_path: Path) -> None:
    jobs = OwnProcess(tmp_path)
    stopping = Thread(target=jobs.stop)
    with jobs.beginning:
        stopping.start()
        jobs.process = subprocess.Popen(["sleep", "60"], process_group=0)
    stopping.join(LONG_S)
    assert jobs.process.wait(LONG_S) == -signal.SIGINT


def test_a_run_that_does_not_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "_STOPPING_S", 0.1)
    ignores = "import signal, time; signal.signal(2, signal.SIG_IGN); print(); time.sleep(60)"
    jobs = OwnProcess(tmp_path)
    command = [sys.executable, "-uc", ignores]
    jobs.process = subprocess.Popen(command, process_group=0, stdout=subprocess.PIPE)
    assert jobs.process.stdout
    with jobs.process.stdout as said:
        said.readline()
        jobs.stop()
    assert jobs.process.wait(LONG_S) == -signal.SIGKILL


@pytest.mark.parametrize("name", [".cache", ".cache/briefgen"])
def test_no_place_for_a_lock(tmp_path: Path, name: str) -> None:
    (tmp_path / name).parent.mkdir(exist_ok=True)
    (tmp_path / name).write_text("")
    with alone(tmp_path) as taken, alone_with(tmp_path, "morning") as also:
        assert [found and found.code for found in (taken, also)] == ["SCH108"] * 2


def wait_for(look: Callable[[], list[object]]) -> list[object]:
    """What is there, when it is."""
    for _ in range(100_000):
        if found := look():
            return found
    raise AssertionError("it never came")
