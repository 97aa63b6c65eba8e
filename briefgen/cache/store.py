"""A folder of values by key: written whole or not at all, checked when they are read.

Several processes, on several machines, may use one folder at once: an entry is written beside its
place and renamed, so nobody reads half of one, and equal keys have equal contents.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

LIMIT = 2_000_000_000
"""How many bytes a cache may hold, where nothing else is said."""
_LARGEST = 1_000_000_000
"""How many bytes a value may have; what claims more is no value of ours."""
_DIGEST = hashlib.sha256().digest_size
_TEMPORARY = ".writing-"
_QUICK = 1
"""How hard zlib packs: entries are read more often than a disk is full."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A value of the store: its stage, its key, its file's size in bytes, when it was last used."""

    stage: str
    key: str
    size: int
    used: float


@dataclass(frozen=True, slots=True)
class Store:
    """Values by stage and key below a folder, which is made when the first value is kept."""

    folder: Path

    @classmethod
    def at(cls, folder: str | None) -> Store | None:
        """The store in a folder; none without one."""
        return None if folder is None else cls(Path(folder))

    def get(self, stage: str, key: str) -> bytes | None:
        """A value; None where there is none. A damaged one is removed."""
        file = self._file(stage, key)
        try:
            content = _opened(file.read_bytes())
        except OSError:
            return None
        if content is None:
            with suppress(OSError):
                file.unlink()
            return None
        with suppress(OSError):
            os.utime(file)
        return content

    def holds(self, stage: str, key: str) -> bool:
        """Whether there is an entry, be it readable or not."""
        return self._file(stage, key).is_file()

    def put(self, stage: str, key: str, content: bytes) -> None:
        """Keep a value; nothing is left of one that cannot be written. Raises: OSError."""
        file = self._file(stage, key)
        if not self.folder.is_dir():
            self._begin()
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(prefix=_TEMPORARY, dir=file.parent)
        try:
            with os.fdopen(handle, "wb") as written:
                written.write(_sealed(content))
            Path(beside).replace(file)
        except BaseException:
            with suppress(OSError):
                Path(beside).unlink()
            raise

    def entries(self) -> Iterator[Entry]:
        """All entries, in no order; what other processes remove meanwhile is left out."""
        for file in self.folder.glob("*/??/*"):
            if not file.name.startswith(_TEMPORARY):
                with suppress(OSError):
                    found = file.stat()
                    yield Entry(file.parts[-3], file.name, found.st_size, found.st_mtime)

    def damaged(self) -> list[Entry]:
        """Look at every entry; those that are not as they were written are removed and told."""
        found = []
        for entry in self.entries():
            file = self._file(entry.stage, entry.key)
            with suppress(OSError):
                if _opened(file.read_bytes()) is None:
                    file.unlink()
                    found.append(entry)
        return found

    def prune(self, limit: int = LIMIT) -> list[Entry]:
        """Remove what was used longest ago until at most `limit` bytes are left; tell what went."""
        entries = sorted(self.entries(), key=lambda entry: entry.used)
        excess, gone = sum(entry.size for entry in entries) - limit, []
        for entry in entries:
            if excess <= 0:
                break
            with suppress(OSError):
                self._file(entry.stage, entry.key).unlink()
                gone.append(entry)
            excess -= entry.size
        return gone

    def sweep(self, before: float) -> None:
        """Remove what was being written by processes that died, if it is older than `before`."""
        for file in self.folder.glob(f"*/??/{_TEMPORARY}*"):
            with suppress(OSError):
                if file.stat().st_mtime < before:
                    file.unlink()

    def _file(self, stage: str, key: str) -> Path:
        return self.folder / stage / key[:2] / key

    def _begin(self) -> None:
        """The folder, with what keeps it out of backups and of version control."""
        self.folder.mkdir(parents=True, exist_ok=True)
        tag = "Signature: 8a477f597d28d172789f06886806bc55\n# Made by briefgen; may be deleted.\n"
        (self.folder / "CACHEDIR.TAG").write_text(tag, encoding="ascii")
        (self.folder / ".gitignore").write_text("*\n", encoding="ascii")


def _sealed(content: bytes) -> bytes:
    packed = zlib.compress(content, _QUICK)
    return hashlib.sha256(packed).digest() + packed


def _opened(sealed: bytes) -> bytes | None:
    """What was sealed; None if it is not as it was written."""
    digest, packed = sealed[:_DIGEST], sealed[_DIGEST:]
    if hashlib.sha256(packed).digest() != digest:
        return None
    unpacking = zlib.decompressobj()
    try:
        content = unpacking.decompress(packed, _LARGEST)
    except zlib.error:
        return None
    return content if unpacking.eof else None
