"""Missed and overlapping runs, restarts, clocks that are set; the clock is a fake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from briefgen.ledger.records import Run, RunOutcome
from briefgen.model.job import Job
from briefgen.schedule.agenda import Agenda
from briefgen.schedule.history import record
from briefgen.schedule.runner import Runner

Wait = Callable[[], None]
START = datetime.fromisoformat("2026-03-02T06:00+08:00")


@dataclass
class FakeLedger:
    """Remembers runs."""

    now: Callable[[], datetime]
    kept: list[dict[str, Any]] = field(default_factory=list)

    def start(self, *, kind: str, why: str, job: str | None, due: datetime | None) -> str:
        number = str(len(self.kept))
        self.kept.append(
            {
                "id": number,
                "kind": kind,
                "why": why,
                "who": "a",
                "host": "b",
                "pid": 1,
                "started": self.now(),
                "outcome": "running",
                "job": job,
                "due": due,
            }
        )
        return number

    def finish(self, run: str, outcome: RunOutcome) -> None:
        self.kept[int(run)]["outcome"] = outcome

    def runs(self, *, job: str | None, limit: int | None) -> list[Run]:
        found = [Run(**kept) for kept in self.kept if kept["job"] == job]
        return sorted(found, key=lambda run: run.started, reverse=True)[:limit]


@dataclass
class Scene:
    """A machine with a clock, a ledger that outlives schedulers, and one job."""

    clock: datetime = START
    ends_as: RunOutcome = "done"
    during: Wait = lambda: None
    said: list[str] = field(default_factory=list)
    job: Job = field(
        default_factory=lambda: Job(all=True, at=("07:30",), timezone="Asia/Shanghai", grace="2h")
    )

    def __post_init__(self) -> None:
        self.ledger = FakeLedger(self.now)
        self.restart()

    def now(self) -> datetime:
        return self.clock.astimezone(UTC)

    def restart(self) -> None:
        self.runner = Runner(self.ledger, self.run, self.now, self.said.append)
        self.runner.take({"morning": Agenda(self.job)}, self.now())

    def change(self, **job: object) -> None:
        seen = self.now()
        self.job = self.job.model_copy(update=job)
        self.runner.take({"morning": Agenda(self.job)}, seen)

    def run(self, name: str, due: datetime) -> int:
        run = self.ledger.start(kind="schedule", why="schedule", job=name, due=due)
        self.during()
        self.ledger.finish(run, self.ends_as)
        return 0

    def at(self, moment: str) -> list[str]:
        """Look at the job at this time; what was recorded since."""
        before = len(self.ledger.kept)
        self.clock = datetime.fromisoformat(f"2026-{moment}+08:00")
        self.runner.attend("morning")
        return [
            f"{kept['outcome']} {kept['due'].astimezone(self.clock.tzinfo):%m-%dT%H:%M}"
            for kept in self.ledger.kept[before:]
        ]


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_a_job_is_run_once_when_it_is_due(scene: Scene) -> None:
    assert scene.at("03-02T07:29") == []
    assert scene.at("03-02T07:30") == ["done 03-02T07:30"]
    assert scene.at("03-02T07:30") == []
    assert scene.at("03-02T23:00") == []
    assert scene.at("03-03T07:30") == ["done 03-03T07:30"]
    assert scene.said[:2] == [
        "morning: begins, due 2026-03-02 07:30 Asia/Shanghai",
        "morning: ended with exit code 0, due 2026-03-02 07:30 Asia/Shanghai",
    ]


def test_a_machine_that_slept_makes_up_the_latest_and_misses_the_others(scene: Scene) -> None:
    assert scene.at("03-05T08:00") == [
        "missed 03-02T07:30",
        "missed 03-03T07:30",
        "missed 03-04T07:30",
        "done 03-05T07:30",
    ]
    assert scene.ledger.kept[0]["why"] == "nobody was there, seen 3 days later"


def test_what_is_too_late_is_missed_once(scene: Scene) -> None:
    assert scene.at("03-02T09:31") == ["missed 03-02T07:30"]
    assert scene.at("03-02T09:32") == []
    assert "missed, due 2026-03-02 07:30 Asia/Shanghai: nobody was there" in scene.said[-1]


def test_a_restart_makes_up_within_grace_and_else_misses(scene: Scene) -> None:
    scene.at("03-02T07:30")
    scene.clock += timedelta(days=1, hours=1)
    scene.restart()
    assert scene.at("03-03T09:00") == ["done 03-03T07:30"]
    scene.clock += timedelta(days=2)
    scene.restart()
    assert scene.at("03-05T12:00") == ["missed 03-04T07:30", "missed 03-05T07:30"]


def test_a_restart_does_not_repeat_what_was_done(scene: Scene) -> None:
    scene.at("03-02T07:30")
    scene.restart()
    assert scene.at("03-02T07:31") == []


@pytest.mark.parametrize("outcome", ["stopped", "interrupted"])
def test_a_restart_makes_up_a_run_that_did_not_end(scene: Scene, outcome: RunOutcome) -> None:
    scene.ends_as = outcome
    assert scene.at("03-02T07:30") == [f"{outcome} 03-02T07:30"]
    assert scene.at("03-02T07:40") == []
    scene.ends_as = "done"
    scene.restart()
    assert scene.at("03-02T08:00") == ["done 03-02T07:30"]
    scene.restart()
    assert scene.at("03-02T08:10") == []


def test_a_run_that_did_not_end_is_made_up_though_another_was_skipped_for_it(scene: Scene) -> None:
    scene.ends_as = "interrupted"
    scene.at("03-02T07:30")
    due = datetime.fromisoformat("2026-03-02T07:30+08:00")
    record(scene.ledger, "morning", due, "skipped", "its earlier run was still going")
    scene.ends_as = "done"
    scene.restart()
    assert scene.at("03-02T08:00") == ["done 03-02T07:30"]


def test_a_run_that_did_not_end_is_not_made_up_too_late(scene: Scene) -> None:
    scene.ends_as = "interrupted"
    scene.at("03-02T07:30")
    scene.clock += timedelta(hours=3)
    scene.restart()
    assert scene.at("03-02T10:31") == []


def test_a_run_that_failed_is_not_repeated(scene: Scene) -> None:
    scene.ends_as = "failed"
    scene.at("03-02T07:30")
    scene.restart()
    assert scene.at("03-02T08:00") == []


def test_a_clock_that_goes_back_repeats_nothing(scene: Scene) -> None:
    scene.at("03-02T07:30")
    assert scene.at("03-02T07:29") == []
    assert scene.at("03-02T07:30") == []
    scene.clock -= timedelta(hours=2)
    scene.restart()
    assert scene.at("03-02T07:30") == []
    assert scene.at("03-03T07:30") == ["done 03-03T07:30"]


def test_a_clock_that_was_ahead_for_a_while_has_missed_nothing(scene: Scene) -> None:
    scene.at("03-02T07:30")
    assert scene.at("03-05T08:00")[-1] == "done 03-05T07:30"
    scene.clock = datetime.fromisoformat("2026-03-02T08:01+08:00")
    assert scene.runner.next("morning", scene.now()) == datetime.fromisoformat(
        "2026-03-03T07:30+08:00"
    )
    assert scene.at("03-03T07:30") == ["done 03-03T07:30"]
    scene.restart()
    assert scene.at("03-04T07:30") == ["done 03-04T07:30"]
    assert scene.at("03-05T07:30") == []  # that one was run, if too early
    assert scene.at("03-06T07:30") == ["done 03-06T07:30"]


def test_what_comes_while_the_earlier_run_goes_on_is_skipped(scene: Scene) -> None:
    scene.change(at=("07:30", "08:00"))

    def later() -> None:
        scene.clock += timedelta(minutes=31)
        scene.runner.overlap("morning")

    scene.during = later
    assert scene.at("03-02T07:30") == ["done 03-02T07:30", "skipped 03-02T08:00"]
    scene.during = lambda: None
    assert scene.at("03-02T08:05") == []
    assert scene.ledger.kept[-1]["why"] == "its earlier run was still going"


def test_what_comes_while_the_job_waits_for_its_turn_is_not_skipped(scene: Scene) -> None:
    scene.change(at=("07:30", "08:00"))
    scene.clock = datetime.fromisoformat("2026-03-02T08:01+08:00")
    scene.runner.overlap("morning")
    assert scene.at("03-02T08:02") == ["missed 03-02T07:30", "done 03-02T08:00"]


def test_a_changed_job_counts_from_its_change(scene: Scene) -> None:
    scene.at("03-02T07:30")
    scene.clock = datetime.fromisoformat("2026-03-02T12:00+08:00")
    scene.change(at=("11:30",))
    assert scene.at("03-02T12:01") == []
    assert scene.at("03-03T11:30") == ["done 03-03T11:30"]


def test_another_change_than_of_times_loses_no_due_time(scene: Scene) -> None:
    scene.at("03-02T07:30")
    scene.clock = datetime.fromisoformat("2026-03-03T07:30:01+08:00")
    scene.change(formats=("pdf",))
    assert scene.at("03-03T07:30:02") == ["done 03-03T07:30"]


def test_a_job_that_is_gone_is_left_alone(scene: Scene) -> None:
    scene.runner.take({}, scene.now())
    assert scene.at("03-03T07:30") == []
    scene.runner.overlap("morning")
    assert scene.runner.next("morning", scene.now()) is None
