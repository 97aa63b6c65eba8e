"""What only a cluster has: workers that differ, join late, or leave for good; no scheduler."""

from __future__ import annotations

import re
import shutil
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from dask_server import DaskHost, DaskServer, dask_server, kill, release, wait_for, worker_of

from briefgen.engine import cluster, crew
from briefgen.engine.cluster import Cluster
from briefgen.engine.executor import ExecutorError, NoWorkerError
from briefgen.engine.work import Equipment
from briefgen.model.task import Task
from briefgen.pipeline import prepare, toolchain

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("cluster")]


@pytest.fixture
def equipment(desk) -> Equipment:
    kit = desk.opened().kit
    return Equipment(kit=kit, toolchain=toolchain(kit), cache=str(desk.cache))


@pytest.fixture
def empty(dask_host: DaskHost, tmp_path: Path) -> Iterator[DaskServer]:
    """A scheduler without workers."""
    with dask_server(dask_host, tmp_path / "dask", workers=0) as server:
        yield server


def task(desk, slug: str = "again") -> Task:
    if not desk.file(f"briefings/{slug}").exists():
        shutil.copytree(desk.file("briefings/again"), desk.file(f"briefings/{slug}"))
    made = prepare(desk.opened(), slug, ("html",))
    assert made.value, made.findings
    return made.value


def refusal(equipment: Equipment, address: str) -> str:
    with pytest.raises(ExecutorError) as caught:
        Cluster(equipment, address)
    assert caught.value.finding.code == "ENG104"
    return caught.value.finding.message


def test_no_scheduler_is_said(
    equipment: Equipment, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(cluster, "ANSWER_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    assert f"no Dask scheduler answers at `{address}`" in refusal(equipment, address)
    assert "`nonsense://here`" in refusal(equipment, "nonsense://here")
    assert capfd.readouterr() == ("", "")


def test_something_else_that_listens_is_no_scheduler(
    equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ANSWER_S", 0.3)
    with socket.create_server(("127.0.0.1", 0)) as other:
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"
        assert "no Dask scheduler answers" in refusal(equipment, address)


def test_dask_that_is_not_installed_is_said(
    equipment: Equipment, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ExecutorError) as caught:
        Cluster(equipment, "tcp://127.0.0.1:1")
    assert caught.value.finding.help == "pip install 'briefgen[cluster]'"


def test_who_differs_gets_no_task_and_who_joins_late_is_checked(
    desk,
    equipment: Equipment,
    empty: DaskServer,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(cluster, "FIRST_WORKER_S", 1.0)
    assert refusal(equipment, empty.address) == f"`{empty.address}` has no worker"

    other = empty.add_worker(SABOTAGE_VERSION="70.99")
    absent = empty.add_worker(SABOTAGE_ABSENT="yes")
    told = refusal(equipment, empty.address)
    assert "weasyprint 70.99, not 70." in told
    assert "`briefgen` is not installed there" in told

    empty.add_worker("--name", "good")
    executor = Cluster(equipment, empty.address, timeout=60)
    try:
        assert executor.capacity == 1
        assert [psutil.Process().net_connections("tcp")][0] == [
            one for one in psutil.Process().net_connections("tcp") if one.status != "LISTEN"
        ]
        results = [executor.submit(task(desk)).result(timeout=60) for _ in range(3)]
        assert all(one.edition for one in results)

        empty.add_worker(SABOTAGE_VERSION="70.98")
        empty.add_worker()
        wait_for(lambda: executor.submit(task(desk)) and executor.capacity == 2)
        wait_for(lambda: len(executor._crew.findings) == 3)
    finally:
        executor.close()
    assert not desk.cache.exists()
    addresses = [re.findall(r"tcp://[\d.:]+", one.message) for one in executor.findings]
    assert len({*map(tuple, addresses)}) == 3
    assert {one.code for one in executor.findings} == {"ENG105"}
    assert {one.severity for one in executor.findings} == {"warning"}
    assert "weasyprint 70.98" in executor.findings[-1].message
    assert psutil.pid_exists(other)
    assert psutil.pid_exists(absent)
    assert capfd.readouterr() == ("", "")


def test_half_of_the_workers_lost_in_the_middle_of_a_batch(
    desk, empty: DaskServer, tmp_path: Path
) -> None:
    cache = tmp_path / "cache of the workers"
    nannies = [empty.add_worker(BRIEFGEN_CACHE=str(cache)) for _ in range(2)]
    slugs = [f"held-{number}" for number in range(6)]
    for slug in slugs:
        task(desk, slug)
    batch = desk.batch(cluster=empty.address)
    killer = threading.Thread(target=_kill_one, args=(empty, nannies, slugs))
    killer.start()
    outcomes = batch.run(slugs)
    killer.join()
    assert [one.state for one in outcomes] == ["built"] * 6
    assert all(one.folder and (one.folder / f"{one.slug}.html").exists() for one in outcomes)
    assert cache.exists()


def _kill_one(server: DaskServer, nannies: list[int], slugs: list[str]) -> None:
    """Kill the nanny and the worker of a task that is being made; then all may be made."""
    wait_for(lambda: list(server.marks.iterdir()))
    begun = int(next(server.marks.iterdir()).name.rpartition("-")[2])
    (nanny,) = [nanny for nanny in nannies if worker_of(nanny) == begun]
    kill(nanny)
    kill(begun)
    release(server.marks, *slugs)


def test_without_workers_tasks_fail_after_a_grace_and_go_on_with_a_new_one(
    desk, equipment: Equipment, empty: DaskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "GRACE_S", 1.0)
    nanny = empty.add_worker()
    executor = Cluster(equipment, empty.address, timeout=60)
    pid = worker_of(nanny)
    kill(nanny)
    kill(pid)
    died = executor.submit(task(desk)).exception(timeout=60)
    assert isinstance(died, NoWorkerError)
    assert str(died) == "the cluster has had no worker for 1 s"
    empty.add_worker()
    end = time.monotonic() + 60
    while executor.submit(task(desk)).exception(timeout=60) and time.monotonic() < end:
        time.sleep(0.1)
    assert executor.submit(task(desk)).result(timeout=60).edition

    empty.stop()
    monkeypatch.setattr(crew, "ANSWER_S", 0.5)  # there is none any more
    died = executor.submit(task(desk, "good")).exception(timeout=60)
    assert isinstance(died, NoWorkerError)
    before = time.monotonic()
    executor.close()
    assert time.monotonic() - before < 20


def test_a_stuck_worker_without_nanny_is_told_and_gets_no_more(
    desk, equipment: Equipment, empty: DaskServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crew, "GRACE_S", 1.0)
    empty.add_worker("--no-nanny")
    executor = Cluster(equipment, empty.address, timeout=1)
    late = executor.submit(task(desk, "hang"))
    waiting = executor.submit(task(desk))
    assert "it took longer than 1 s" in str(late.exception(timeout=60))
    assert isinstance(waiting.exception(timeout=60), NoWorkerError)
    executor.close()
    (finding,) = executor.findings
    assert finding.code == "ENG106"
