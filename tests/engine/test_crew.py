"""Who gets which task, seen from within: a cluster whose messages come when the test says so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from briefgen.engine.crew import Crew, Job, Worker
from briefgen.engine.executor import WorkerDiedError
from briefgen.engine.work import Result

MADE = Result().model_dump_json().encode()


class Coming(asyncio.Future[bytes]):
    """A result to come, which Dask wants to be told that nobody needs any more."""

    def release(self) -> None:
        pass


class Client:
    """Stands for Dask's: what is submitted is made, or lost, when the test says so."""

    def __init__(self) -> None:
        self.given: dict[bytes, tuple[str, Coming, str]] = {}
        """The worker, the result to come and the key of each task."""
        self.tell: Callable[[Any], None]

    def subscribe_topic(self, _: str, tell: Callable[[Any], None]) -> None:
        self.tell = tell

    def submit(self, *arguments: Any, key: str, workers: list[str], **_: Any) -> Any:
        coming = Coming()
        self.given[arguments[3]] = workers[0], coming, key
        return coming

    def begin(self, task: bytes) -> None:
        self.tell((0.0, (self.given[task][2], True)))

    async def end(self, task: bytes) -> None:
        self.given.pop(task)[1].set_result(MADE)
        await rest()

    async def lose(self, crew: Crew, address: str) -> None:
        """The worker is gone, with all that it has."""
        for task, (worker, coming, _) in list(self.given.items()):
            if worker == address:
                del self.given[task]
                coming.set_exception(OSError("connection lost"))
        await rest()
        assert address not in crew.workers

    def at(self, address: str) -> list[bytes]:
        return [task for task, (worker, *_) in self.given.items() if worker == address]


async def rest() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_what_a_lost_worker_had_is_made_alone_and_only_the_guilty_are_charged() -> None:
    with ThreadPoolExecutor(1) as aside:  # a browser that tests share has the loop of this thread
        aside.submit(asyncio.run, _made_alone()).result()


async def _made_alone() -> None:
    client = Client()
    crew = Crew(client, b"", None)
    crew.workers["one"] = Worker("one", None, None)
    innocent, guilty, others = Job(b"innocent"), Job(b"guilty"), [Job(b"a"), Job(b"b"), Job(b"c")]
    for job in (innocent, guilty):
        crew.take(job)
    await rest()
    assert client.at("one") == [b"innocent", b"guilty"]
    client.begin(b"innocent")  # it is made, but the next one ends the worker before it is told
    await client.lose(crew, "one")
    assert not innocent.made.done()
    assert not guilty.made.done()

    for job in others:
        crew.take(job)
    crew.workers["two"] = Worker("two", None, None)
    crew._hand_out()
    await rest()
    assert client.at("two") == [b"guilty"], "it has a worker of its own"
    await client.lose(crew, "two")
    assert isinstance(guilty.made.exception(timeout=0), WorkerDiedError)

    crew.workers["three"] = Worker("three", None, None)
    crew.take(again := Job(b"guilty"))
    await rest()
    assert client.at("three") == [b"innocent"], "nothing is given to its worker beside it"
    await client.end(b"innocent")
    assert innocent.made.result(timeout=0) == Result()
    assert client.at("three") == [b"a", b"b"], "the others are made as ever"
    for task in (b"a", b"b", b"c"):
        await client.end(task)
    assert client.at("three") == [b"guilty"]
    await client.lose(crew, "three")
    assert isinstance(again.made.exception(timeout=0), WorkerDiedError), "it is known"
