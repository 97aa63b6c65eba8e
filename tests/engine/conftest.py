"""A small workspace with three briefings, built by batches in this process."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from dask_server import DaskHost

from briefgen.engine.batch import Batch
from briefgen.engine.options import Options
from briefgen.engine.outcome import Outcome
from briefgen.workspace import Workspace, open_workspace

SMALL = Path(__file__).parents[1] / "small_desk"
CHART = """
price-chart:
  caption: 价格
  chart: {kind: ranked-bar, table: prices, label: model, value: input}
  sources: [report]
"""


@dataclass
class Desk:
    """A workspace, and what its last batch said of it."""

    root: Path

    @property
    def output(self) -> Path:
        return self.root / "output"

    @property
    def cache(self) -> Path:
        return self.root / ".cache"

    def file(self, name: str) -> Path:
        return self.root / "data" / name

    def edit(self, name: str, old: str, new: str) -> None:
        text = self.file(name).read_text(encoding="utf-8")
        assert old in text
        self.file(name).write_text(text.replace(old, new), encoding="utf-8")

    def opened(self) -> Workspace:
        made = open_workspace(self.root)
        assert made.value is not None, made.findings
        return made.value

    def batch(self, watch: Callable[[Outcome], None] = lambda _: None, **options: Any) -> Batch:
        given = Options(self.output, formats=("html",), cache=self.cache, jobs=None)
        return Batch(self.root, replace(given, **options), self.opened, watch)

    def build(self, slugs: Iterable[str] = ("again", "note"), **options: Any) -> dict[str, Outcome]:
        """Build in this process, one after another."""
        outcomes = {}
        for slug in slugs:
            (outcomes[slug],) = self.batch(**options).run([slug])
        return outcomes

    def states(self, **options: Any) -> dict[str, str]:
        return {slug: outcome.state for slug, outcome in self.build(**options).items()}

    def files(self) -> dict[str, bytes]:
        found = (path for path in self.output.rglob("*") if path.is_file())
        return {path.relative_to(self.output).as_posix(): path.read_bytes() for path in found}


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return small(tmp_path / "desk")


@pytest.fixture(scope="session")
def _both_built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Where a desk with two editions was built, and a copy of it."""
    folder = tmp_path_factory.mktemp("built")
    desk = small(folder / "desk")
    states = {slug: outcome.state for slug, outcome in desk.build().items()}
    assert states == {"again": "built", "note": "built"}
    shutil.copytree(desk.root, folder / "copy")
    return desk.root, folder / "copy"


@pytest.fixture
def built(_both_built: tuple[Path, Path]) -> Desk:
    """A desk with its editions and its cache; as the past knows places, all are at one place."""
    place, copy = _both_built
    shutil.rmtree(place)
    shutil.copytree(copy, place)
    return Desk(place)


def small(root: Path) -> Desk:
    """A new small workspace, in which one briefing has a chart."""
    desk = Desk(root)
    shutil.copytree(SMALL, desk.root)
    exhibits = desk.file("briefings/note/exhibits.yaml")
    exhibits.write_text(exhibits.read_text(encoding="utf-8") + CHART, encoding="utf-8")
    with desk.file("briefings/note/pricing.md").open("a", encoding="utf-8") as file:
        file.write("\n:::{figure} price-chart\n:::\n")
    return desk


@pytest.fixture(scope="session")
def dask_host() -> Iterator[DaskHost]:
    """What Dask servers are started by; tests that ask for it are one group of xdist."""
    host = DaskHost()
    yield host
    host.stop()
