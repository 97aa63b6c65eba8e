"""Many editions of one family: by one worker, by two, on a cluster; and again after changes."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import psutil
from desks import FAMILY, Desk, generated
from figures import Figure, ratios, walls
from loopback import cluster, why_not
from processes import Sample, WrongRunError, measured

CHANGED_PERCENT = 5
SPEEDUP = 1.8
WORKER_MB = 300
WORKERS = 2
REPEATS = 3
"""How often the quick ones, one per cent changed and nothing changed, are done in a round."""
PAGES = 2

Samples = dict[str, list[Sample]]


def measure(
    folder: Path, editions: int, rounds: int, formats: str, tell: Callable[[str], None]
) -> list[Figure]:
    """All figures of many editions. Raises: WrongRunError."""
    reason = why_not()
    if reason:
        tell(f"the cluster is left out: {reason}")
    one, two, dask = (generated(folder / name, editions) for name in ("one", "two", "dask"))
    build = partial(_build, formats=formats)
    samples: Samples = {"one": [], "two": [], "dask": [], "changed": [], "unchanged": []}
    tell("making ready: one generated edition")
    build(one, {"built": 1}, [f"{FAMILY}.model-001"])

    def by_workers(name: str, desk: Desk, count: int) -> None:
        _begin(desk, editions)
        jobs = ("--jobs", str(count))
        samples[name].append(build(desk, {"built": editions}, ["--all", *jobs]))

    def by_two_and_again(number: int) -> None:
        by_workers("two", two, WORKERS)
        few, jobs = max(1, editions // 100), ("--jobs", str(WORKERS))
        for repeat in range(REPEATS):
            two.write_rows(editions, few, by=1 + number * REPEATS + repeat)
            expected = {"unchanged": editions - few, "built": few}
            samples["changed"].append(build(two, expected, ["--all", *jobs]))
            samples["unchanged"].append(build(two, {"unchanged": editions}, ["--all", *jobs]))

    def on_cluster() -> None:
        _begin(dask, editions)
        with cluster(folder, WORKERS) as (address, workers):
            named = ("--cluster", address)
            made = build(dask, {"built": editions}, ["--all", *named], workers)
            samples["dask"].append(made)

    for number in range(rounds):
        steps: list[tuple[str, Callable[[], None]]] = [
            ("one worker", partial(by_workers, "one", one, 1)),
            ("two workers", partial(by_two_and_again, number)),
        ]
        if not reason:
            steps.append(("Dask", on_cluster))
        for name, step in steps if number % 2 == 0 else reversed(steps):
            tell(f"{editions} editions, round {number + 1} of {rounds}: {name}")
            step()
    _compare(samples)
    return _figures(samples, editions)


def _begin(desk: Desk, editions: int) -> None:
    """As if nothing had ever been built."""
    desk.forget()
    desk.write_rows(editions)


def _build(
    desk: Desk,
    expected: dict[str, int],
    arguments: list[str],
    workers: list[psutil.Process] | None = None,
    *,
    formats: str,
) -> Sample:
    """Call `briefgen build`. Raises: WrongRunError."""
    options = ("--format", formats, "--json", "--cache", desk.cache)
    sample = measured(("-m", "briefgen", "build", *arguments, *options), desk.root, workers or ())
    states = sample.said["states"]
    if states != expected:
        whys = {why for edition in sample.said["editions"] for why in edition["why"]}
        raise WrongRunError(f"{arguments}: {states}, not {expected}; why: {sorted(whys)[:5]}")
    pages = {edition["pages"] for edition in sample.said["editions"]}
    if "pdf" in formats and pages != {PAGES}:
        raise WrongRunError(f"{arguments}: editions have {pages} pages, not {PAGES}")
    return sample


def _compare(samples: Samples) -> None:
    """Whoever makes the editions, they are the same. Raises: WrongRunError."""
    made = [
        {edition["slug"]: edition["outputs"] for edition in sample.said["editions"]}
        for name in ("one", "two", "dask")
        for sample in samples[name]
    ]
    if any(outputs != made[0] for outputs in made):
        raise WrongRunError("editions differ by who made them")


def _figures(samples: Samples, editions: int) -> list[Figure]:
    title = f"{editions} editions"
    found = [
        walls(f"{title}, cold, one worker", samples["one"]),
        walls(f"{title}, cold, two workers", samples["two"]),
        ratios(
            f"{title}: two workers, times one",
            samples["one"],
            samples["two"],
            "×",
            SPEEDUP,
            is_least=True,
        ),
    ]
    if samples["dask"]:
        found.append(walls(f"{title}, cold, Dask with two workers", samples["dask"]))
    cold = [sample for sample in samples["two"] for _ in range(REPEATS)]
    few = max(1, editions // 100)
    found += [
        walls(f"{title}, {few} changed", samples["changed"]),
        ratios(
            f"{title}, {few} changed: share of cold", samples["changed"], cold, "%", CHANGED_PERCENT
        ),
        walls(f"{title}, nothing changed", samples["unchanged"]),
        _memory("memory of a worker process", [*samples["one"], *samples["two"]]),
    ]
    if samples["dask"]:
        found.append(_memory("memory of a Dask worker", samples["dask"]))
    return found


def _memory(name: str, samples: list[Sample]) -> Figure:
    return Figure(name, tuple(sample.worker_memory for sample in samples), "MB", WORKER_MB)
