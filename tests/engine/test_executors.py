"""The contract of all executors: the same editions, whatever happens to workers."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from multiprocessing import forkserver
from pathlib import Path

import psutil
import pytest
from dask_server import DaskServer, below, dask_server, kill, sabotaged, wait_for, worker_of

from briefgen.diagnostics.finding import has_errors
from briefgen.engine import work
from briefgen.engine.cluster import Cluster
from briefgen.engine.executor import Executor, TimeIsUpError, WorkerDiedError
from briefgen.engine.processes import Processes
from briefgen.engine.serial import Serial
from briefgen.engine.work import Equipment, Result
from briefgen.model.task import Task
from briefgen.pipeline import prepare, toolchain

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
Started = Callable[..., Executor]
TIMEOUT = 8.0
"""Seconds: far more than a small briefing takes."""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskServer]:
    with dask_server(tmp_path_factory.mktemp("dask"), workers=2) as server:
        yield server


@pytest.fixture
def marks(tmp_path: Path) -> Path:
    marks = tmp_path / "marks"
    marks.mkdir()
    return marks


@pytest.fixture
def _sabotage(marks: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Workers of this process are such in which briefings go wrong as their slugs say."""
    for name, value in sabotaged(marks).items():
        monkeypatch.setenv(name, value)
    forkserver._forkserver._stop()
    yield
    forkserver._forkserver._stop()


@pytest.fixture
def tasks(desk) -> Callable[..., list[Task]]:
    """Gives a task for each slug; one that is no briefing is a copy of `again`."""

    def made(*slugs: str) -> list[Task]:
        copied(desk, *slugs)
        workspace = desk.opened()
        found = [prepare(workspace, slug, ("html",)) for slug in slugs]
        assert all(one.value for one in found), found
        return [one.value for one in found if one.value]

    return made


def copied(desk, *slugs: str) -> None:
    for slug in slugs:
        if not desk.file(f"briefings/{slug}").exists():
            shutil.copytree(desk.file("briefings/again"), desk.file(f"briefings/{slug}"))


@pytest.fixture
def equipment(desk) -> Equipment:
    kit = desk.opened().kit
    return Equipment(kit=kit, toolchain=toolchain(kit), cache=None)


@pytest.fixture(params=["serial", "processes", "cluster"])
def started(
    request: pytest.FixtureRequest, equipment: Equipment, _sabotage: None
) -> Iterator[Callable[..., Executor]]:
    """Starts an executor; it is closed in the end."""
    running: list[Executor] = []

    def start(timeout: float | None = None, memory_mb: int = 1500) -> Executor:
        if request.param == "serial":
            executor: Executor = Serial(equipment)
        elif request.param == "processes":
            executor = Processes(equipment, 2, timeout, memory_mb)
        else:
            server = request.getfixturevalue("server")
            executor = Cluster(equipment, server.address, timeout)
        running.append(executor)
        return executor

    yield start
    for executor in running:
        executor.close(is_stopped=True)


workers_only = pytest.mark.parametrize("started", ["processes", "cluster"], indirect=True)


def results(executor: Executor, tasks: list[Task]) -> list[Result]:
    return [future.result(timeout=120) for future in [executor.submit(task) for task in tasks]]


def failure(future: Future[Result]) -> BaseException | None:
    return future.exception(timeout=120)


def test_editions_and_findings_are_those_of_one_process(
    started: Started, tasks, equipment: Equipment
) -> None:
    given = tasks("note", "again", "other")
    expected = [work.run(equipment, task) for task in given]
    assert all(one.edition for one in expected)
    assert any(one.findings for one in expected)
    found = results(started(), given)
    assert [one.edition for one in found] == [one.edition for one in expected]
    assert [one.findings for one in found] == [one.findings for one in expected]


def test_a_task_with_errors_leaves_the_others_alone(desk, started: Started, tasks) -> None:
    copied(desk, "wrong")
    desk.edit("briefings/wrong/overview.md", "\n", "\n价格为 12345 元。\n")
    wrong, good = results(started(), tasks("wrong", "again"))
    assert wrong.edition is None
    assert has_errors(wrong.findings)
    assert good.edition


def test_an_exception_is_a_result(started: Started, tasks, monkeypatch: pytest.MonkeyPatch) -> None:
    given = tasks("bug", "again")
    executor = started()
    if executor.name == "serial":
        make = work.make

        def broken(task: Task, *rest):
            if task.briefing.slug == "bug":
                raise RuntimeError("nobody expected this")
            return make(task, *rest)

        monkeypatch.setattr(work, "make", broken)
    bug, good = results(executor, given)
    assert bug.edition is None
    assert bug.bug
    assert "RuntimeError: nobody expected this" in bug.bug
    assert good.edition


@workers_only
def test_workers_that_die_or_hang_cost_their_own_task(started: Started, tasks) -> None:
    executor = started(TIMEOUT)
    given = tasks("die", "note", "hang", "again", "other")
    before = time.monotonic()
    die, note, hang, again, other = [executor.submit(task) for task in given]
    died, late = failure(die), failure(hang)
    assert isinstance(died, WorkerDiedError)
    assert isinstance(late, TimeIsUpError)
    assert str(late) == "it took longer than 8 s"
    assert time.monotonic() - before < 60
    assert all(one.result(timeout=120).edition for one in (note, again, other))
    assert all(one.edition for one in results(executor, [given[1], given[3]]))


@workers_only
def test_a_batch_tries_twice_and_tells_what_failed(
    desk, started: Started, marks: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slugs = [f"once-{id(started)}", "die", "hang", "bug", "note", "again"]
    copied(desk, *slugs)
    batch = desk.batch()
    executor = started(TIMEOUT)
    monkeypatch.setattr(batch, "_started", lambda waiting: executor)
    found = {one.slug: one for one in batch.run(slugs)}
    told = {slug: [f.message for f in one.findings] for slug, one in found.items()}
    codes = {slug: [f.code for f in one.findings] for slug, one in found.items()}
    assert codes["die"] == ["ENG102"], told
    assert codes["hang"] == ["ENG101"]
    assert codes["bug"] == ["ENG103"]
    assert found[slugs[0]].state == "built", told
    assert {one.slug: one.state for one in found.values()} == {
        slugs[0]: "built",
        "die": "failed",
        "hang": "failed",
        "bug": "failed",
        "note": "built",
        "again": "built",
    }


@workers_only
def test_a_worker_that_dies_idle_is_replaced(
    request: pytest.FixtureRequest, started: Started, tasks
) -> None:
    executor, given = started(), tasks("note", "again")
    assert all(one.edition for one in results(executor, given))
    if executor.name == "processes":
        for keeper in executor._keepers:
            kill(keeper._worker.pid)
        wait_for(lambda: not any(keeper._worker.is_alive() for keeper in executor._keepers))
    else:
        server = request.getfixturevalue("server")
        kill(worker_of(server.processes[-1]))
    assert all(one.edition for one in results(executor, given))


@workers_only
def test_a_stopped_batch_ends_at_once(started: Started, tasks) -> None:
    executor = started()
    given = tasks("slow-1", "slow-2", "slow-3", "slow-4")
    results(executor, tasks("again"))
    for task in given * 5:
        executor.submit(task)
    before = time.monotonic()
    executor.close(is_stopped=True)
    assert time.monotonic() - before < 5


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_too_much_memory_costs_the_one_that_takes_it(started: Started, tasks) -> None:
    executor = started(memory_mb=700)
    greedy, again = [executor.submit(task) for task in tasks("greedy", "again")]
    died = failure(greedy)
    assert isinstance(died, WorkerDiedError)
    assert str(died) == "its worker took more than 700 MB of memory"
    assert again.result(timeout=60).edition


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_workers_leave_nothing_behind(started: Started, tasks) -> None:
    executor = started()
    results(executor, tasks("again"))
    pids = [keeper._worker.pid for keeper in executor._keepers]
    executor.close()
    wait_for(lambda: not any(psutil.pid_exists(pid) for pid in pids), patience=5)
    assert not [c for c in below(psutil.Process().pid) if c.pid in pids]


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_a_worker_with_other_code_makes_nothing(
    started: Started, tasks, equipment: Equipment
) -> None:
    other = equipment.model_copy(update={"toolchain": {**equipment.toolchain, "code": "0" * 64}})
    executor = Processes(other, 1)
    (result,) = results(executor, tasks("again"))
    executor.close()
    assert result.edition is None
    (finding,) = result.findings
    assert finding.code == "ENG105"
    assert "not 00000000" in finding.message


def test_a_worker_that_cannot_be_started_is_told(
    tasks, equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(keeper: object) -> None:
        raise OSError("too many processes")

    monkeypatch.setattr("briefgen.engine.processes._Keeper._start_worker", refused)
    executor = Processes(equipment, 1)
    died = failure(executor.submit(*tasks("again")))
    executor.close()
    assert isinstance(died, WorkerDiedError)
    assert str(died) == "no worker could be started: too many processes"
