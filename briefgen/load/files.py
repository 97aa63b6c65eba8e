"""Files of a workspace: read as text, or reported with the reason why not."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import Place
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.parameters import Member

_CONTROL = re.compile(
    r"[^\t\n -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
    r"|[\u202a-\u202e\u2066-\u2069]"  # these turn the order of what follows
)

REMEMBERED = 32
"""Of how many texts it is remembered that they are clean: many editions may read a large table."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder below the workspace root; files are named in findings as seen from the root."""

    root: Path
    path: Path
    reads: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every file that was read, by its name in findings."""
    contents: dict[str, bytes] = field(default_factory=dict)
    """What was read, by the same names; rows that a query gave are in no file and not here."""
    files: dict[str, str] = field(default_factory=dict)
    """SHA-256 of every whole file that was looked into, also where only a part of it is read."""
    variant: str = ""
    """A language: where there is `name.LANGUAGE.ext`, it stands in for `name.ext`."""
    member: Member | None = None
    """Which edition of a family is read, where the folder holds one."""

    def shown(self, name: str) -> str:
        """The file's name in findings."""
        try:
            return self._file(name).relative_to(self.root).as_posix()
        except ValueError:
            return self._file(name).as_posix()

    def has(self, name: str) -> bool:
        """Whether there is something of that name, be it readable or not."""
        return os.path.lexists(self._file(name))

    def _file(self, name: str) -> Path:
        """The file that is meant by a name."""
        plain = self.path / name
        own = (
            plain.with_name(f"{plain.stem}.{self.variant}{plain.suffix}") if plain.suffix else plain
        )
        return own if self.variant and is_file(own) else plain

    def names(self, pattern: str) -> list[str]:
        """Files that match, sorted."""
        return sorted(found.name for found in self.path.glob(pattern))

    def locate(self, name: str, out: Collector, named_at: Place | None = None) -> Path | None:
        """Where a file of the folder is, be it there or not; None after a finding.

        Reports: LOD101, LOD109 for a name that leads out of the folder.
        """
        if "\0" in name:
            out.report("LOD101", "no file name holds a null character", named_at)
            return None
        target = self._file(name)
        try:
            is_inside = target.resolve().is_relative_to(self.path.resolve())
        except OSError as error:
            self._unreadable(_reason(error), name, out)
            return None
        except RuntimeError:  # Python before 3.13
            self._unreadable(os.strerror(errno.ELOOP).lower(), name, out)
            return None
        if not is_inside:
            out.report(
                "LOD109",
                f"`{name}` leaves its folder",
                named_at or Place(self.shown("")),
                f"name a file inside `{self.shown('')}`",
            )
            return None
        return target

    def missing(self, name: str, out: Collector, named_at: Place | None = None) -> None:
        """Report a file that is not there, at `named_at` where another file names it: LOD101."""
        target = self._file(name)
        near = [found.name for found in target.parent.glob(f"*{target.suffix}")]
        out.report(
            "LOD101",
            f"there is no file `{name}`" if named_at else "the file is missing",
            named_at or Place(self.shown(name)),
            did_you_mean(target.name, near if named_at else []),
        )

    def read_bytes(self, name: str, out: Collector, named_at: Place | None = None) -> bytes | None:
        """The file's content; None after a finding when it cannot be read.

        Reports: LOD101 (at `named_at`, where another file names this one), LOD109.
        """
        content = self.peek(name, out, named_at)
        if content is not None:
            self.keep(self.shown(name), content)
        return content

    def keep(self, shown: str, content: bytes) -> None:
        """Record what was read, by its name in findings."""
        self.reads[shown] = hashlib.sha256(content).hexdigest()
        self.contents[shown] = content

    def peek(self, name: str, out: Collector, named_at: Place | None = None) -> bytes | None:
        """The file's content, as `read_bytes` gives it, but not recorded as read."""
        target = self.locate(name, out, named_at)
        if target is None:
            return None
        try:
            mode = target.stat().st_mode
            if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
                self._unreadable("it is no regular file", name, out)
                return None
            content = target.read_bytes()
        except FileNotFoundError:
            self.missing(name, out, named_at)
            return None
        except OSError as error:
            self._unreadable(_reason(error), name, out)
            return None
        self.files[self.shown(name)] = hashlib.sha256(content).hexdigest()
        return content

    def read(self, name: str, out: Collector, named_at: Place | None = None) -> str | None:
        """The file's text; None after a finding when it cannot be read.

        Reports: LOD101 (at `named_at`, where another file names this one), LOD109.
        """
        content = self.read_bytes(name, out, named_at)
        return None if content is None else self.text(content, name, out)

    def text(self, content: bytes, name: str, out: Collector) -> str | None:
        """The text that a file of this name holds; None after a finding.

        Reports: LOD101.
        """
        try:
            text = content.decode("utf-8-sig").replace("\r\n", "\n")
        except UnicodeDecodeError as error:
            before = content[: error.start]
            line = before.count(b"\n") + 1
            column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
            out.report(
                "LOD101",
                f"not UTF-8: byte 0x{content[error.start]:02x}",
                Place(self.shown(name), line, column),
                "save the file as UTF-8",
            )
            return None
        start = None if name.endswith(".yaml") else _control(text)
        if start is not None:
            lines = text[:start].split("\n")
            at = Place(self.shown(name), len(lines), len(lines[-1]) + 1)
            out.report("LOD101", f"a control character, U+{ord(text[start]):04X}", at)
            return None
        return text

    def check_listing(self, name: str, out: Collector) -> None:
        """Report a folder that is there and whose files cannot be listed or reached: LOD101."""
        try:
            with os.scandir(self.path / name) as found:
                for entry in found:
                    entry.stat(follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return
        except OSError as error:
            self._unreadable(_reason(error), name, out)

    def _unreadable(self, reason: str, name: str, out: Collector) -> None:
        out.report("LOD101", f"cannot be read: {reason}", Place(self.shown(name)))


@lru_cache(maxsize=REMEMBERED)
def _control(text: str) -> int | None:
    """Where the first control character of a text stands."""
    found = _CONTROL.search(text)
    return found.start() if found else None


def is_file(path: Path) -> bool:
    """Whether a file is there and can be reached."""
    try:
        return path.is_file()
    except OSError:
        return False


def _reason(error: OSError) -> str:
    return (error.strerror or str(error)).lower()
