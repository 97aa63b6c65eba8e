"""Measures briefgen in whole processes: `make bench`, or `python bench/run.py --help`.

Every figure is a median over rounds with changing order, next to the bar that it has to hold. A run
that did something else than what is measured ends the benchmark with exit code 1.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from statistics import quantiles

import batch
import live
import single
from desks import ADVERBS, BENCH, SHORT, generated, shipped
from figures import Figure, table
from loopback import cluster, why_not
from processes import WrongRunError, measured

PARTS = ("single", "batch", "overhead", "preview", "justification")
OVERHEAD_MS = 3
JUSTIFIED = 8
"""Per cent that justification may add to typesetting."""


def main() -> int:
    """Measure what is asked for, and print the table."""
    given = _arguments()
    started = time.perf_counter()
    load = os.getloadavg()[0]
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="briefgen-bench-") as folder:
        try:
            for part in given.parts:
                figures += _measured(part, Path(folder) / part, given)
        except WrongRunError as error:
            print(f"bench: a run was wrong, so nothing is said of it: {error}", file=sys.stderr)
            return 1
    print(table(figures))
    machine = (
        f"{os.cpu_count()} processors, {platform.system()}, Python {platform.python_version()}"
    )
    took = time.perf_counter() - started
    print(f"\n{machine}; load at the beginning {load:.1f}; {took / 60:.0f} minutes")
    if given.json:
        told = {"machine": machine, "load": load, "figures": [one.as_record() for one in figures]}
        given.json.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")
    has_missed = any(figure.holds is False for figure in figures)
    return 1 if given.strict and has_missed else 0


def _measured(part: str, folder: Path, given: argparse.Namespace) -> list[Figure]:
    folder.mkdir()
    if part == "single":
        return single.measure(folder, given.rounds, _tell)
    if part == "batch":
        return batch.measure(folder, given.editions, given.batch_rounds, given.format, _tell)
    if part == "preview":
        return live.measure(folder, given.rounds, _tell)
    if part == "justification":
        return _justification(folder)
    return _overhead(folder, given.tasks)


def _justification(folder: Path) -> list[Figure]:
    _tell(f"justification: {SHORT.slug}")
    root = shipped(folder / "desk").root
    said = measured((BENCH / "justified.py", root, SHORT.slug), root).said
    remark = f"{said['seconds']:.2f} s with it"
    more = (100 * said["more"],)
    return [Figure("justification, added to typesetting", more, "%", JUSTIFIED, remark=remark)]


def _overhead(folder: Path, tasks: int) -> list[Figure]:
    root = generated(folder / "desk", 1).root
    command = (BENCH / "overhead.py", root, "--tasks", str(tasks))
    _tell("overhead of a task: a worker process")
    values = measured(command, root).said["milliseconds"]
    found = [_middle("overhead of a task, worker process", values)]
    if not why_not():
        _tell("overhead of a task: a Dask worker")
        with cluster(folder, 1) as (address, _):
            values = measured((*command, "--cluster", address), root).said["milliseconds"]
        found.append(_middle("overhead of a task, Dask worker", values))
    return found


def _middle(name: str, values: list[float]) -> Figure:
    """The figure of many values: a few that were disturbed are no part of the spread."""
    low, high = (quantiles(values, n=4)[i] for i in (0, 2)) if len(values) > 1 else values * 2
    kept = tuple(value for value in values if low <= value <= high)
    return Figure(name, kept, "ms", OVERHEAD_MS, remark=f"middle half of {len(values)} tasks")


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(PARTS)}; all")
    parser.add_argument("--rounds", type=int, default=5, help="of single briefings (5)")
    parser.add_argument("--editions", type=int, default=200, help="of the generated family (200)")
    parser.add_argument("--batch-rounds", type=int, default=2, help="of all the editions (2)")
    parser.add_argument("--format", default="html,pdf", help="of the editions (html,pdf)")
    parser.add_argument("--tasks", type=int, default=200, help="for the overhead of a task (200)")
    parser.add_argument("--strict", action="store_true", help="exit code 1 if a bar is missed")
    parser.add_argument("--json", type=Path, metavar="FILE", help="where all values go")
    given = parser.parse_args()
    given.parts = given.parts or list(PARTS)
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no such part: {', '.join(sorted(unknown))}")
    if not 1 <= given.rounds <= len(ADVERBS):
        parser.error(f"--rounds is from 1 to {len(ADVERBS)}")
    return given


def _tell(step: str) -> None:
    print(f"bench: {step}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
