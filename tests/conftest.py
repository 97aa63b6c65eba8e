"""What tests share: the desk, a copy of a briefing and its data that a test may break."""

from __future__ import annotations

import gc
import os
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import chdir
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from browsing import browser  # noqa: F401 a fixture
from click.testing import CliRunner, Result
from pg_server import Server, started
from shipped import alone, as_pinned, composed, rehearsed

from briefgen import pipeline
from briefgen.check.rules import RULES
from briefgen.cli.main import cli
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.show import show
from briefgen.engine.collecting import collect_seldom
from briefgen.ledger.location import FILE
from briefgen.model.edition import Page
from briefgen.model.verdict import Mode
from briefgen.workspace import open_workspace

REPOSITORY = Path(__file__).parents[1]

collect_seldom()


@dataclass(frozen=True, slots=True)
class Desk:
    """A workspace with one of the repository's briefings; file names count from its root."""

    root: Path
    slug: str = "tfzq-kimi-2024-03-25"

    @property
    def briefing(self) -> str:
        """The folder of the briefing."""
        return f"data/briefings/{self.slug}"

    def read(self, name: str) -> str:
        return (self.root / name).read_text(encoding="utf-8")

    def write(self, name: str, content: str | bytes) -> None:
        """A file with this content, in place of what is there."""
        data = content.encode() if isinstance(content, str) else content
        (self.root / name).parent.mkdir(parents=True, exist_ok=True)
        (self.root / name).write_bytes(data)

    def edit(self, name: str, old: str, new: str) -> None:
        """Replace the one occurrence of `old`."""
        text = self.read(name)
        assert text.count(old) == 1, f"{text.count(old)} times in {name}: {old}"
        self.write(name, text.replace(old, new))

    def delete(self, name: str) -> None:
        (self.root / name).unlink()

    def findings(self) -> tuple[Finding, ...]:
        """What opening the workspace and checking the briefing finds; notes are left out."""
        opened = open_workspace(self.root)
        if opened.value is None:
            return opened.findings
        checked = pipeline.check(opened.value, self.slug)
        found = (*opened.findings, *checked.findings)
        return tuple(finding for finding in found if finding.severity is not Severity.NOTE)

    def outputs(self) -> dict[str, bytes]:
        """Every file below `output/`; the record of runs, which knows the time, is left out."""
        found = [
            path
            for path in (self.root / "output").rglob("*")
            if not path.name.startswith(FILE.name)
        ]
        return {
            str(path.relative_to(self.root)): path.read_bytes() for path in found if path.is_file()
        }

    def check(self) -> str:
        """The findings as the terminal shows them."""
        return show(self.findings(), self.root)

    def run(self, *arguments: str) -> Result:
        """Call `briefgen` in the root of the desk."""
        with chdir(self.root):
            return CliRunner().invoke(cli, arguments, prog_name="briefgen")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long comes first: at the end no worker is left alone with it."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: whoever looks for garbage need not look at it again."""
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _what_is_there_stays() -> None:
    """Typesetting looks for garbage each time: what earlier tests keep need not be looked at."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure() -> None:
    gc.unfreeze()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How the catalogue of clauses decides: what needs data, and what needs people."""
    rules = [rule for rule in RULES if rule.clause is not None]
    counts = Counter(rule.mode for rule in rules)
    reports = (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed"))
    properties = (one for report in reports for one in report.user_properties)
    figures = {line for name, line in properties if name == FIGURE}
    for line in sorted(figures):
        terminalreporter.write_line(line)
    told = ", ".join(f"{counts[mode]} {DECIDES[mode]}" for mode in Mode)
    terminalreporter.write_line(f"{len(rules)} rules with clauses: {told}")


DECIDES = {
    Mode.DOCUMENT: "decide from the document alone",
    Mode.FEED: "need a feed of the firm, a register or the market",
    Mode.HEURISTIC: "flag and leave it to a human",
    Mode.HUMAN: "need a human's attestation",
}


FIGURE = "figure"
"""The property of a test that holds a line for the end of the run."""


@pytest.fixture
def tell(record_property: Callable[[str, object], None]) -> Callable[[str], None]:
    """Has a measured figure printed at the end of the run, in the order of the lines."""
    return partial(record_property, FIGURE)


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], pipeline.Checked]:
    """Gives a shipped edition with everything that was found; each is made once per run."""
    return lambda slug: rehearsed(slug, _kept(tmp_path_factory))


@pytest.fixture(scope="session", name="composed")
def _composed(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Page]:
    """Gives the page that the PDF of a shipped edition was typeset from."""
    return lambda slug: composed(slug, _kept(tmp_path_factory))


def _kept(factory: pytest.TempPathFactory) -> Path:
    """The folder that the workers of this run share."""
    base = factory.getbasetemp()
    return base.parent if "PYTEST_XDIST_WORKER" in os.environ else base


@pytest.fixture(scope="session", autouse=True)
def _any_build_of_the_fonts() -> Iterator[None]:
    """On a machine with another build of the theme's fonts, it counts as the one that is pinned."""
    with pytest.MonkeyPatch.context() as patch:
        as_pinned(patch)
        yield


@pytest.fixture(scope="session")
def postgresql() -> Iterator[Server]:
    """A PostgreSQL server of this run; what is skipped without one fails on CI."""
    with started() as server:
        yield server


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A fresh copy of `data/` with one briefing; templates are the repository's."""
    return _copy(tmp_path / "desk")


@pytest.fixture(scope="session")
def _edition(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """The desk with an edition, made once per run."""
    kept = _kept(tmp_path_factory)
    with alone(kept / "desk.lock"):
        if (kept / "desk").exists():
            return Desk(kept / "desk")
        desk = _copy(kept / "desk")
        done = desk.run("build", desk.slug)
        assert done.exit_code == 0, done.output
        return desk


@pytest.fixture
def built(tmp_path: Path, _edition: Desk) -> Desk:
    """A desk whose briefing has an edition in `output/`; the first one takes some seconds."""
    shutil.copytree(_edition.root, tmp_path / "built")
    return Desk(tmp_path / "built")


def _copy(root: Path) -> Desk:
    desk, data = Desk(root), REPOSITORY / "data"
    others = {path.name for path in (data / "briefings").iterdir()} - {desk.slug}
    shutil.copytree(data, root / "data", ignore=lambda *_: others)
    return desk
