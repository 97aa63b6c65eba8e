"""The contract of all executors: the same editions, whatever happens to workers."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import closing
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, NoReturn

import psutil
import pytest
from dask_server import (
    DaskHost,
    DaskServer,
    below,
    dask_server,
    kill,
    release,
    sabotaged,
    wait_for,
    worker_of,
)

from briefgen.diagnostics.finding import has_errors
from briefgen.engine import batch as batches
from briefgen.engine import processes, starting, work, worker
from briefgen.engine.cluster import Cluster
from briefgen.engine.executor import Executor, NoWorkerError, TimeIsUpError, WorkerDiedError
from briefgen.engine.processes import Processes
from briefgen.engine.serial import Serial
from briefgen.engine.work import Equipment, Result
from briefgen.engine.worker import Worker
from briefgen.model.task import Task
from briefgen.pipeline import prepare, toolchain

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]
Started = Callable[..., Executor]


@pytest.fixture(scope="module")
def server(dask_host: DaskHost, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskServer]:
    with dask_server(dask_host, tmp_path_factory.mktemp("dask"), workers=2) as server:
        yield server


@pytest.fixture(scope="module")
def _sabotage(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Workers of this process are such in which briefings go wrong as their slugs say."""
    with pytest.MonkeyPatch.context() as patch:
        for name, value in sabotaged(tmp_path_factory.mktemp("marks")).items():
            patch.setenv(name, value)
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


@pytest.fixture
def marks(request: pytest.FixtureRequest, started: Started) -> Path:
    """Where the workers of `started` look whether what is held may be made."""
    if request.node.callspec.params["started"] == "cluster":
        found: Path = request.getfixturevalue("server").marks
        return found
    return Path(os.environ["SABOTAGE_MARKS"])


workers_only = pytest.mark.parametrize("started", ["processes", "cluster"], indirect=True)


def results(executor: Executor, tasks: list[Task]) -> list[Result]:
    return [future.result(timeout=120) for future in [executor.submit(task) for task in tasks]]


def pid_of(keeper) -> int:
    """The process of the worker that it serves, as soon as there is one."""
    wait_for(lambda: keeper._worker)
    return keeper._worker.pid


def failure(future: Future[Result]) -> BaseException | None:
    return future.exception(timeout=120)


@pytest.mark.usefixtures("_sabotage")
def test_the_process_that_workers_are_copied_from_may_die(tasks, equipment: Equipment) -> None:
    forkserver._forkserver._stop()  # as this test comes first, there is none yet
    starting.begin()
    with closing(Processes(equipment, 2)) as executor:
        kill(forkserver._forkserver._forkserver_pid)  # while it loads, and both wait for it
        assert all(one.edition for one in results(executor, tasks("again") * 2))
        kill(forkserver._forkserver._forkserver_pid)
        assert all(one.edition for one in results(executor, tasks("again") * 2))


def test_editions_and_findings_are_those_of_one_process(
    desk, started: Started, tasks, equipment: Equipment
) -> None:
    copied(desk, "wrong")
    desk.edit("briefings/wrong/overview.md", "\n", "\n价格为 12345 元。\n")
    given = tasks("note", "wrong", "again")
    expected = [work.run(equipment, task) for task in given]
    assert [bool(one.edition) for one in expected] == [True, False, True]
    assert has_errors(expected[1].findings)
    assert expected[0].findings
    found = results(started(), given)
    assert [one.edition for one in found] == [one.edition for one in expected]
    assert [one.findings for one in found] == [one.findings for one in expected]


def test_an_exception_is_a_result(
    equipment: Equipment, tasks, monkeypatch: pytest.MonkeyPatch
) -> None:
    make = work.make

    def broken(task: Task, *rest):
        if task.briefing.slug == "bug":
            raise RuntimeError("nobody expected this")
        return make(task, *rest)

    monkeypatch.setattr(work, "make", broken)
    bug, good = results(Serial(equipment), tasks("bug", "again"))
    assert bug.edition is None
    assert bug.bug
    assert "RuntimeError: nobody expected this" in bug.bug
    assert good.edition


@workers_only
def test_what_dies_costs_its_own_task(
    desk, started: Started, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = f"once-{request.node.callspec.params['started']}"
    copied(desk, *(slugs := ["die", once, "bug", "again", "good"]))
    executor, batch = started(60), desk.batch()
    monkeypatch.setattr(batches, "executor_for", lambda *_: executor)
    found = {one.slug: one for one in batch.run(slugs)}
    told = {slug: [(f.code, f.message) for f in one.findings] for slug, one in found.items()}
    assert [slug for slug in found if found[slug].state == "built"] == [once, "again", "good"], told
    ((died, how),) = told["die"]
    assert died == "ENG102"
    assert how.startswith("`die` could not be made: its worker ")
    assert how.endswith(", 2 times")
    assert told["bug"][0][0] == "ENG103"
    assert "RuntimeError: nobody expected this" in told["bug"][0][1]
    given = found["die"].findings[0].help
    assert given
    assert ("--memory-limit" in given) is (executor.name == "cluster")


@workers_only
def test_what_hangs_costs_its_own_task(started: Started, marks: Path, tasks) -> None:
    """The limit is short for what hangs only: how long the others may take is not known.

    A cluster tells of a task that it has begun when it may have been for long, so what is made
    beside the one that hangs is looked at with processes.
    """
    executor = started(60)
    hanging, held, *after = tasks("hang", "held-by", "again", "good")
    going_on = [executor.submit(held)] if isinstance(executor, Processes) else []
    if going_on:
        wait_for(lambda: list(marks.glob("held-by-*")))
    set_limit(executor, 0.5)
    late = failure(executor.submit(hanging))
    set_limit(executor, 60)
    assert isinstance(late, TimeIsUpError)
    assert str(late) == "it took longer than 0.5 s"
    assert 0.5 <= late.seconds < 10
    assert not any(one.done() for one in going_on)
    release(marks, "held-by")
    assert all(one.result(timeout=120).edition for one in going_on)
    assert all(one.edition for one in results(executor, after))


def set_limit(executor: Executor, seconds: float) -> None:
    """How long the tasks may take that are begun from now on."""
    if isinstance(executor, Cluster):
        assert executor._crew
        executor._crew._timeout = seconds
    else:
        assert isinstance(executor, Processes)
        for keeper in executor._keepers:
            keeper._timeout = seconds


@workers_only
def test_a_worker_that_dies_idle_is_replaced(
    request: pytest.FixtureRequest, started: Started, tasks
) -> None:
    executor, given = started(), tasks("again", "good")
    assert all(one.edition for one in results(executor, given))
    if executor.name == "processes":
        for keeper in executor._keepers:
            kill(pid_of(keeper))
        wait_for(lambda: not any(keeper._worker.is_alive() for keeper in executor._keepers))
    else:
        server = request.getfixturevalue("server")
        kill(worker_of(server.processes[-1]))
    assert all(one.edition for one in results(executor, given))


@workers_only
def test_a_stopped_batch_ends_at_once(started: Started, marks: Path, tasks) -> None:
    executor = started()
    given = [executor.submit(task) for task in tasks("again", *["held"] * 40)]
    assert given[0].result(timeout=120).edition
    executor.close(is_stopped=True)
    assert len([one for one in given if one.cancelled() or not one.done()]) > 30
    release(marks, "held")  # workers of a cluster stay


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_too_much_memory_costs_the_one_that_takes_it(started: Started, tasks) -> None:
    executor = started(memory_mb=600)
    greedy, again = [executor.submit(task) for task in tasks("greedy", "again")]
    died = failure(greedy)
    assert isinstance(died, WorkerDiedError)
    assert str(died) == "its worker took more than 600 MB of memory"
    assert again.result(timeout=60).edition


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_workers_leave_nothing_behind(started: Started, tasks) -> None:
    executor = started()
    results(executor, tasks("again"))
    pids = [pid_of(keeper) for keeper in executor._keepers]
    executor.close()
    wait_for(lambda: not any(psutil.pid_exists(pid) for pid in pids), patience=5)
    assert not [c for c in below(psutil.Process().pid) if c.pid in pids]


@pytest.mark.parametrize("started", ["processes"], indirect=True)
def test_a_worker_with_other_code_makes_nothing(
    started: Started, tasks, equipment: Equipment
) -> None:
    other = equipment.model_copy(update={"toolchain": {**equipment.toolchain, "code": "0" * 64}})
    with closing(Processes(other, 1)) as executor:
        (result,) = results(executor, tasks("again"))
    assert result.edition is None
    (finding,) = result.findings
    assert finding.code == "ENG105"
    assert "not 00000000" in finding.message


def test_tasks_without_a_worker_are_told(
    tasks, equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*_: object) -> NoReturn:
        raise BrokenPipeError("too many processes")

    monkeypatch.setattr(processes, "Worker", refused)
    monkeypatch.setattr(processes, "WAIT_S", 0.05)
    with closing(Processes(equipment, 2)) as executor:
        for future in [executor.submit(task) for task in tasks("again") * 9]:
            died = failure(future)
            assert isinstance(died, NoWorkerError)
            assert str(died) == "no worker could be started: too many processes"


@pytest.mark.usefixtures("_sabotage")
def test_who_has_no_worker_leaves_the_tasks_to_who_has(
    tasks, equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    turns = iter(range(1000))

    def refused(memory_mb: int) -> Worker:
        if next(turns):
            raise BlockingIOError("too many processes")
        return Worker(memory_mb)

    monkeypatch.setattr(processes, "Worker", refused)
    monkeypatch.setattr(processes, "WAIT_S", 0.05)
    with closing(Processes(equipment, 2)) as executor:
        assert all(one.edition for one in results(executor, tasks("again") * 9))


@pytest.mark.usefixtures("_sabotage")
def test_a_worker_that_is_never_ready_is_told(
    tasks, equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worker, "context", lambda: SleepingContext())
    monkeypatch.setattr(processes, "READY_S", 0.2)
    with closing(Processes(equipment, 1)) as executor:
        for future in [executor.submit(task) for task in tasks("again") * 9]:
            died = failure(future)
            assert str(died) == "no worker could be started: not one was ready within 0.2 s"


class SleepingContext:
    """Starts processes that never say that they are ready."""

    def Pipe(self):  # noqa: N802
        return starting.context().Pipe()

    def Process(self, args: object, target: object, **given: Any):  # noqa: N802
        return starting.context().Process(target=Connection.recv, args=args, **given)


@pytest.mark.usefixtures("_sabotage")
def test_one_briefing_has_a_worker_if_it_has_limits(desk) -> None:
    copied(desk, "hang")
    (found,) = desk.batch(timeout=0.5).run(["hang"])
    told = [(finding.code, finding.message) for finding in found.findings]
    assert told == [("ENG101", "`hang` could not be made: it took longer than 0.5 s")]
    assert found.seconds < 10, "the time until there was a worker does not count"


@pytest.mark.usefixtures("_sabotage")
def test_there_are_no_more_workers_than_editions(desk, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[int] = []
    hired = processes.Processes.__init__

    def counting(self: Processes, equipment: Equipment, jobs: int, *limits: Any) -> None:
        started.append(jobs)
        hired(self, equipment, jobs, *limits)

    monkeypatch.setattr(processes.Processes, "__init__", counting)
    states = [one.state for one in desk.batch(jobs=24).run(["again", "note"])]
    assert (states, started) == (["built", "built"], [2])
