"""Publishing: an edition is there whole, or the old one stays."""

import errno
import os
from pathlib import Path

import pytest

from briefgen.diagnostics.finding import Made
from briefgen.model.edition import Edition
from briefgen.publish.writer import publish

HTML, PDF, MANIFEST = "note.html", "note.pdf", "manifest.json"


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


def test_all_files_are_there(tmp_path: Path) -> None:
    made = publish(edition(), tmp_path / "deep" / "output")
    assert made == Made(tmp_path / "deep" / "output" / "note")
    assert files(tmp_path / "deep" / "output") == edition().files


def test_files_can_be_read_by_everybody(tmp_path: Path) -> None:
    publish(edition(), tmp_path)
    modes = {(tmp_path / "note" / name).stat().st_mode & 0o777 for name in (HTML, PDF, MANIFEST)}
    assert modes == {0o644}


def test_a_new_edition_replaces_the_old(output: Path, old: dict[str, bytes]) -> None:
    publish(edition(), output)
    assert files(output) == edition().files != old


def test_the_manifest_comes_last_and_files_are_only_renamed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    renamed: list[str] = []
    replace = Path.replace

    def watch(self: Path, target: Path) -> Path:
        assert self.parent == target.parent, "a rename within one folder is atomic"
        assert target.read_bytes().startswith(b"old"), "until then the old file stands there"
        assert all(not f.name.startswith(".") or f.stat().st_size for f in self.parent.iterdir())
        renamed.append(target.name)
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    publish(edition(), output)
    assert renamed == [HTML, PDF, MANIFEST]
    assert files(output) == edition().files


def test_all_files_are_written_before_the_first_is_renamed(
    output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    beside: list[int] = []
    replace = Path.replace

    def watch(self: Path, target: Path) -> Path:
        beside.append(sum(file.name.startswith(".") for file in target.parent.iterdir()))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", watch)
    publish(edition(), output)
    assert beside == [3, 2, 1]


@pytest.mark.parametrize("failing", [1, 2, 3])
@pytest.mark.parametrize("step", ["fsync", "fdopen", "chmod"])
def test_a_full_disk_changes_nothing(
    step: str, failing: int, output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    owner: object = Path if step == "chmod" else os
    plain, calls = getattr(owner, step), [0]

    def full(*arguments: object, **more: object) -> object:
        calls[0] += 1
        if calls[0] == failing:
            if step == "fdopen":
                os.close(arguments[0])  # type: ignore[arg-type]
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return plain(*arguments, **more)

    monkeypatch.setattr(owner, step, full)
    made = publish(edition(), output)
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "PUB101"
    assert finding.message == f"cannot write `{output / 'note'}`: no space left on device"
    assert files(output) == old


@pytest.mark.parametrize("failing", [1, 2, 3])
def test_a_rename_that_fails_leaves_no_temporary_file_and_no_new_manifest(
    failing: int, output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, calls = Path.replace, [0]

    def refuse(self: Path, target: Path) -> Path:
        calls[0] += 1
        if calls[0] == failing:
            raise PermissionError(errno.EACCES, "Permission denied", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", refuse)
    made = publish(edition(), output)
    assert [finding.code for finding in made.findings] == ["PUB101"]
    assert set(files(output)) == set(old)
    assert files(output)[MANIFEST] == old[MANIFEST]


def test_an_interrupted_build_leaves_no_temporary_file(
    output: Path, old: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
        publish(edition(), output)
    assert files(output) == old


def test_an_output_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "output").write_text("here is a file")
    made = publish(edition(), tmp_path / "output")
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == "PUB101"
    assert finding.message == f"cannot write `{tmp_path / 'output' / 'note'}`: not a directory"
    assert (tmp_path / "output").read_text() == "here is a file"


def test_an_edition_whose_folder_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "note").write_text("here is a file")
    made = publish(edition(), tmp_path)
    assert [finding.message for finding in made.findings] == [
        f"cannot write `{tmp_path / 'note'}`: file exists"
    ]


@pytest.mark.parametrize(("made", "stale"), [(HTML, PDF), (PDF, HTML)])
def test_a_format_that_is_not_made_again_is_removed(made: str, stale: str, output: Path) -> None:
    publish(edition(names=(made, MANIFEST)), output)
    assert set(files(output)) == {made, MANIFEST}
    assert stale not in files(output)


def test_other_files_of_the_folder_are_left_alone(output: Path) -> None:
    (output / "note" / "mine.txt").write_bytes(b"mine")
    publish(edition(), output)
    assert files(output)["mine.txt"] == b"mine"


def test_a_first_edition_that_cannot_be_written_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    made = publish(edition(), tmp_path)
    assert made.failed
    assert list(tmp_path.iterdir()) == []
