"""Stages remembered: the same inputs give the same value and findings, others never."""

from pathlib import Path

import pytest

from briefgen.cache.remember import Memory, Step
from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding, Made, Severity
from briefgen.diagnostics.place import NamedPlace, Origin, Place, SourceMap
from briefgen.model.edition import Pdf

HERE = Place("a.yaml", 3, 2, 5)


def found_at(place: Place | None, severity: Severity = Severity.WARNING) -> Finding:
    return Finding("SET131", "a word is too long", place, "shorten it", severity)


def places(line: int = 1) -> SourceMap:
    made = SourceMap()
    made.add(("exhibits", 0), Origin(Place("a.yaml", line)))
    return made


class Desk:
    """A memory, and how often the stage was run."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.runs = folder, 0

    def memory(self, **toolchain: str) -> Memory:
        return Memory(Store(self.folder), toolchain)

    def run(
        self,
        *inputs: object,
        memory: Memory | None = None,
        made: Made[Pdf] | None = None,
        at: SourceMap | None = None,
    ) -> Made[Pdf]:
        memory = memory or self.memory()

        def make() -> Made[Pdf]:
            self.runs += 1
            return made or Made(Pdf(content=b"%PDF \xff", pages=2))

        return memory.made("pdf", "pdf", Pdf, memory.key("pdf", *inputs), at or places(), make)


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_a_value_is_made_once(desk: Desk) -> None:
    first = desk.run("a", {"b": 1})
    assert desk.run("a", {"b": 1}) == first == Made(Pdf(content=b"%PDF \xff", pages=2))
    assert desk.runs == 1


@pytest.mark.parametrize(
    "inputs", [("b", {"b": 1}), ("a", {"b": 2}), ("a",), ("a", {"b": 1}, None), ("a", {"b": b"1"})]
)
def test_other_inputs_are_made_anew(desk: Desk, inputs: tuple[object, ...]) -> None:
    desk.run("a", {"b": 1})
    desk.run(*inputs)
    assert desk.runs == 2


def test_another_toolchain_is_another_key(desk: Desk) -> None:
    for version in ("70.0", "70.1", "70.0"):
        desk.run("a", memory=desk.memory(weasyprint=version))
    assert desk.runs == 2


@pytest.mark.parametrize("place", [None, HERE, NamedPlace("a.xlsx", 2, 3, name="B2")])
def test_findings_are_replayed(desk: Desk, place: Place | None) -> None:
    made = Made(Pdf(content=b"", pages=1), (found_at(place),))
    assert desk.run("a", made=made) == desk.run("a") == made
    assert desk.runs == 1


def test_findings_that_have_moved_are_found_again(desk: Desk) -> None:
    desk.run("a", made=Made(Pdf(content=b"", pages=1), (found_at(HERE),)), at=places(line=1))
    moved = Made(Pdf(content=b"", pages=1), (found_at(Place("a.yaml", 4)),))
    assert desk.run("a", made=moved, at=places(line=2)) == moved
    assert desk.runs == 2


def test_moved_lines_do_not_matter_without_findings(desk: Desk) -> None:
    desk.run("a", at=places(line=1))
    desk.run("a", at=places(line=2))
    assert desk.runs == 1


def test_errors_are_not_kept(desk: Desk) -> None:
    failed: Made[Pdf] = Made(None, (found_at(HERE, Severity.ERROR),))
    assert desk.run("a", made=failed) == desk.run("a", made=failed) == failed
    assert desk.runs == 2


@pytest.mark.parametrize("content", [b"", b"{}\n{}", b"no json\n{}", b'{"places":null}\n{}'])
def test_what_cannot_be_read_is_made_anew(desk: Desk, content: bytes) -> None:
    memory = desk.memory()
    Store(desk.folder).put("pdf", memory.key("pdf", "a"), content)
    assert desk.run("a").value == Pdf(content=b"%PDF \xff", pages=2)


def test_without_a_store_everything_is_made(desk: Desk) -> None:
    for _ in range(2):
        desk.run("a", memory=Memory())
    assert desk.runs == 2


def test_what_was_made_is_told(desk: Desk) -> None:
    memory = desk.memory()
    desk.run("a", memory=memory)
    desk.run("a", memory=memory)
    assert memory.steps == [Step("pdf", "pdf", is_made=True), Step("pdf", "pdf", is_made=False)]


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("here is a file")
    desk = Desk(tmp_path / "file")
    memory = desk.memory()
    assert desk.run("a", memory=memory).value
    assert isinstance(memory.problem, OSError)
