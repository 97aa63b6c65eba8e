"""Publishing: an edition is there whole, or the old one stays, whenever the process is killed."""

import errno
import multiprocessing
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefgen.diagnostics.finding import Made
from briefgen.model.edition import Edition
from briefgen.publish import swap, writer
from briefgen.publish.writer import clear_left, publish

HTML, PDF, MANIFEST = "note.html", "note.pdf", "manifest.json"
STEPS = (
    *((os, name) for name in ("mkdir", "fsync", "open", "rename", "chmod", "unlink", "rmdir")),
    (shutil, "rmtree"),
    (swap, "_exchange"),
)
"""Everything that changes the disk, or orders what is on it."""
Step = Callable[..., Any]


def edition(mark: bytes = b"new", names: tuple[str, ...] = (HTML, PDF, MANIFEST)) -> Edition:
    files = {name: mark + b" " + name.encode() for name in names}
    return Edition(slug="note", files=files, pages=1, figures=0, tables=0)


def files(output: Path) -> dict[str, bytes]:
    folder = output / "note"
    return {file.name: file.read_bytes() for file in folder.iterdir()} if folder.exists() else {}


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """An output folder that holds an older edition."""
    publish(edition(b"old"), tmp_path / "output")
    return tmp_path / "output"


@pytest.fixture
def old(output: Path) -> dict[str, bytes]:
    return files(output)


@pytest.fixture(params=["exchanging", "renaming"])
def system(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A file system that can exchange two names, and one that cannot."""
    if request.param == "renaming":
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    return str(request.param)


def test_all_files_are_there(tmp_path: Path) -> None:
    made = publish(edition(), tmp_path / "deep" / "output")
    assert made == Made(tmp_path / "deep" / "output" / "note")
    assert files(tmp_path / "deep" / "output") == edition().files


def test_files_can_be_read_by_everybody(tmp_path: Path) -> None:
    publish(edition(), tmp_path)
    modes = {(tmp_path / "note" / name).stat().st_mode & 0o777 for name in (HTML, PDF, MANIFEST)}
    assert modes == {0o644}


def test_a_new_edition_replaces_the_old(system: str, output: Path, old: dict[str, bytes]) -> None:
    publish(edition(), output)
    assert files(output) == edition().files != old
    assert [path.name for path in output.iterdir()] == ["note"]


def test_files_of_an_older_build_go_and_those_of_others_stay(system: str, output: Path) -> None:
    (output / "note" / "comments.txt").write_text("mine")
    publish(edition(names=(HTML, MANIFEST)), output)
    assert sorted(files(output)) == ["comments.txt", MANIFEST, HTML]


def test_an_edition_appears_in_one_step(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []
    real = swap._exchange

    def watch(new: Path, place: Path) -> bool:
        seen.append({file.name: file.read_bytes() for file in new.iterdir()})
        assert files(output) == edition(b"old").files
        return real(new, place)

    monkeypatch.setattr(swap, "_exchange", watch)
    publish(edition(), output)
    assert seen == [edition().files]


def dying_at(number: int, output: Path, counted: Any) -> None:
    """Publish in a process that ends, as by a power cut, before its `number`th step."""

    def counting(plain: Step) -> Step:
        def step(*given: Any, **named: Any) -> Any:
            counted.value += 1
            if counted.value == number:
                os._exit(9)
            return plain(*given, **named)

        return step

    for owner, name in STEPS:
        setattr(owner, name, counting(getattr(owner, name)))
    publish(edition(), output)


def test_killed_at_any_moment_an_edition_is_whole_and_the_next_run_completes(
    system: str, tmp_path: Path
) -> None:
    process, number, died = multiprocessing.get_context("fork"), 0, True
    while died:
        number += 1
        output = tmp_path / str(number)
        publish(edition(b"old"), output)
        (output / "note" / "comments.txt").write_text("mine")
        killed = process.Process(target=dying_at, args=(number, output, process.Value("i", 0)))
        killed.start()
        killed.join()
        died = killed.exitcode == 9
        found = files(output)
        found.pop("comments.txt", None)
        if system == "exchanging" or found:
            assert found in (edition(b"old").files, edition().files), number
        clear_left(output)
        publish(edition(b"newest"), output)
        assert files(output) == {**edition(b"newest").files, "comments.txt": b"mine"}, number
        assert [path.name for path in output.iterdir()] == ["note"], number
    assert number > 15, "there are that many steps"


def test_an_edition_that_was_moved_aside_comes_back(output: Path, old: dict[str, bytes]) -> None:
    (output / "note").rename(output / ".note~old")
    clear_left(output)
    assert files(output) == old


def test_what_another_edition_left_is_not_mixed_up(output: Path, old: dict[str, bytes]) -> None:
    (output / ".note.en~1234").mkdir()
    (output / ".note.en~1234" / "note.en.html").write_text("half")
    clear_left(output)
    assert files(output) == old
    assert [path.name for path in output.iterdir()] == ["note"]


def test_two_at_once(tmp_path: Path) -> None:
    process, rounds = multiprocessing.get_context("fork"), 15

    def repeat(mark: bytes) -> None:
        for _ in range(rounds):
            assert publish(edition(mark), tmp_path).value

    both = [process.Process(target=repeat, args=(mark,)) for mark in (b"one", b"two")]
    for one in both:
        one.start()
    while any(one.is_alive() for one in both):
        if found := files(tmp_path):
            assert set(found) == {HTML, PDF, MANIFEST}
    assert [one.exitcode for one in both] == [0, 0]
    assert files(tmp_path) in (edition(b"one").files, edition(b"two").files)


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("step", ["fsync", "chmod"])
def test_a_full_disk_changes_nothing(
    step: str, failing: int, output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: object = Path if step == "chmod" else os
    plain, calls = getattr(owner, step), [0]

    def full(*arguments: object, **more: object) -> object:
        calls[0] += 1
        if calls[0] == failing:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return plain(*arguments, **more)

    monkeypatch.setattr(owner, step, full)
    made = publish(edition(), output)
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "PUB101"
    assert finding.message == f"cannot write `{output / 'note'}`: no space left on device"
    assert files(output) == old
    assert [path.name for path in output.iterdir()] == ["note"]


def test_a_rename_that_fails_leaves_the_old_edition(
    output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    rename, calls = os.rename, [0]

    def refuse(one: object, other: object) -> None:
        calls[0] += 1
        if calls[0] == 2:
            raise PermissionError(errno.EACCES, "Permission denied", str(other))
        rename(one, other)  # type: ignore[arg-type]

    monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    monkeypatch.setattr(os, "rename", refuse)
    made = publish(edition(), output)
    assert [finding.code for finding in made.findings] == ["PUB101"]
    assert files(output) == old


def test_an_interrupted_build_leaves_nothing_behind(
    output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(edition(), output)
    assert files(output) == old
    assert [path.name for path in output.iterdir()] == ["note"]


def test_interrupted_when_it_is_in_place_files_of_others_stay(
    system: str, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (output / "note" / "comments.txt").write_text("mine")

    def interrupt(_: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(writer, "sync", lambda path: interrupt(path) if path == output else None)
    with pytest.raises(KeyboardInterrupt):
        publish(edition(), output)
    assert files(output) == {**edition().files, "comments.txt": b"mine"}
    assert [path.name for path in output.iterdir()] == ["note"]


def test_files_of_others_that_cannot_be_moved_come_with_the_next_call(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (output / "note" / "comments.txt").write_text("mine")
    rename = Path.rename

    def full(path: Path, to: Path) -> Path:
        if path.name == "comments.txt":
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", full)
    assert publish(edition(), output) == Made(output / "note")
    assert files(output) == edition().files
    monkeypatch.undo()
    clear_left(output)
    assert files(output) == {**edition().files, "comments.txt": b"mine"}
    assert [path.name for path in output.iterdir()] == ["note"]


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("here is a file")
    made = publish(edition(), tmp_path / "output")
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "PUB101"
