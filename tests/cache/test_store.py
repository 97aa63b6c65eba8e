"""The store: values whole or not at all, damaged ones found, a limit kept."""

import errno
import multiprocessing
import os
from pathlib import Path
from typing import NoReturn

import pytest

from briefgen.cache.store import Store

KEY, OTHER = "ab" * 32, "cd" * 32


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "cache")


def file_of(store: Store, key: str = KEY) -> Path:
    return store.folder / "page" / key[:2] / key


def test_what_was_put_is_got_by_stage_and_key(store: Store) -> None:
    assert store.get("page", KEY) is None
    store.put("page", KEY, b"content")
    assert store.get("page", KEY) == b"content"
    assert store.get("page", OTHER) is store.get("pdf", KEY) is None


def test_the_folder_is_kept_out_of_backups_and_version_control(store: Store) -> None:
    store.put("page", KEY, b"content")
    assert (store.folder / ".gitignore").read_text() == "*\n"
    tag = (store.folder / "CACHEDIR.TAG").read_text()
    assert tag.startswith("Signature: 8a477f597d28d172789f06886806bc55")


@pytest.mark.parametrize("length", [0, 10, 31, 32, 40])
def test_an_entry_cut_short_is_no_entry(store: Store, length: int) -> None:
    store.put("page", KEY, b"content that is long enough to be cut")
    whole = file_of(store).read_bytes()
    file_of(store).write_bytes(whole[:length])
    assert store.get("page", KEY) is None
    assert not file_of(store).exists()


def test_one_changed_byte_is_noticed(store: Store) -> None:
    store.put("page", KEY, b"content")
    store.put("page", OTHER, b"other")
    spoilt = bytearray(file_of(store).read_bytes())
    spoilt[-1] ^= 1
    file_of(store).write_bytes(spoilt)
    assert [entry.key for entry in store.damaged()] == [KEY]
    assert [entry.key for entry in store.entries()] == [OTHER]
    assert store.damaged() == []


def test_a_full_disk_leaves_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> NoReturn:
        raise OSError(errno.ENOSPC, "No space left on device")

    store.put("page", OTHER, b"other")
    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        store.put("page", KEY, b"content")
    assert [path.name for path in store.folder.glob("*/??/*")] == [OTHER]


def test_what_was_used_longest_ago_goes_first(store: Store) -> None:
    for age, key in enumerate(("aa" * 32, "bb" * 32, "cc" * 32)):
        store.put("page", key, os.urandom(1000))
        os.utime(file_of(store, key), (1000 + age, 1000 + age))
    store.get("page", "aa" * 32)
    room = sum(entry.size for entry in store.entries()) - 1
    assert [entry.key[:2] for entry in store.prune(room)] == ["bb"]
    assert {entry.key[:2] for entry in store.entries()} == {"aa", "cc"}
    assert store.prune(room) == []
    assert len(store.prune(0)) == 2


def test_what_killed_processes_left_is_swept(store: Store) -> None:
    store.put("page", KEY, b"content")
    left = file_of(store).with_name(".writing-1")
    left.write_bytes(b"half")
    assert [entry.key for entry in store.entries()] == [KEY]
    store.sweep(before=left.stat().st_mtime)
    assert left.exists()
    store.sweep(before=left.stat().st_mtime + 1)
    assert not left.exists()


def _use(folder: Path, mark: int) -> None:
    store = Store(folder)
    for turn in range(60):
        key = f"{turn % 7:02x}" * 32
        store.put("page", key, key.encode() * 50)
        found = store.get("page", key)
        assert found in (None, key.encode() * 50)
        if turn % 10 == mark:
            store.prune(200)


def test_several_processes_at_once(tmp_path: Path) -> None:
    process = multiprocessing.get_context("fork")
    users = [process.Process(target=_use, args=(tmp_path, mark)) for mark in range(4)]
    for user in users:
        user.start()
    for user in users:
        user.join()
    assert [user.exitcode for user in users] == [0] * 4
    assert Store(tmp_path).damaged() == []
