"""A workspace and this machine as they are now, against what a build saw of them.

Nothing heavy is imported here: that nothing has changed is known before a library is loaded.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from briefgen.diagnostics.finding import Collector
from briefgen.engine.trace import Trace
from briefgen.load.csv_rows import read_rows
from briefgen.load.files import Folder
from briefgen.load.parts import part_of
from briefgen.toolchain.fonts import listing
from briefgen.toolchain.versions import versions
from briefgen.workspace import bundled_templates

DATA, TEMPLATES = "data", "templates"


@dataclass
class Present:
    """A workspace and this machine as they are now; each file is read once at most."""

    root: Path
    _digests: dict[Path, str | None] = field(default_factory=dict)
    _tables: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def toolchain(self) -> dict[str, str]:
        """Versions of code and libraries, and which fonts are installed."""
        with ThreadPoolExecutor(1) as aside:  # fontconfig is another process
            fonts = aside.submit(listing)
            return versions() | {"fonts": fonts.result()}

    @cached_property
    def names(self) -> str:
        """The digest of the names of all files below the data and the templates."""
        found = hashlib.sha256()
        for folder in self.folders:
            for name in sorted(names_below(folder, b"", set())):
                found.update(name + b"\0")
            found.update(b"\0")
        return found.hexdigest()

    def digest(self, file: Path) -> str | None:
        """SHA-256 of a file; None where it cannot be read."""
        if file not in self._digests:
            try:
                is_regular = stat.S_ISREG(file.stat().st_mode)
                content = file.read_bytes() if is_regular else None
            except (OSError, ValueError):
                content = None
            found = None if content is None else hashlib.sha256(content).hexdigest()
            self._digests[file] = found
        return self._digests[file]

    def holds(self, trace: Trace, formats: Iterable[str], folder: Path) -> bool:
        """Whether a build would see what the last one saw, and find its files in `folder`."""
        return (
            not trace.has_queries
            and trace.formats == tuple(formats)
            and all(trace.toolchain.get(name) == now for name, now in self.toolchain.items())
            and trace.names == self.names
            and all(face == face_of(Path(face[0])) for face in trace.faces)
            and all(self._is_as_seen(name, trace) for name in trace.files)
            and not self.spoilt(trace, folder)
        )

    def spoilt(self, trace: Trace, folder: Path) -> list[str]:
        """Which files of an edition are missing or not as they were written, in words."""
        found = []
        for name, known in trace.outputs.items():
            now = self.digest(folder / name)
            if now != known:
                found.append(f"`{name}` is missing" if now is None else f"`{name}` was altered")
        return found

    def _is_as_seen(self, name: str, trace: Trace) -> bool:
        """Whether a file is the same; or the rows of it that the edition of a family is made of."""
        if self.digest(self.file(name)) == trace.files[name]:
            return True
        parts = [read for read in trace.reads if read.startswith(f"{name}#")]
        is_whole = name in trace.reads or not parts
        if is_whole or any(found.place and found.place.file == name for found in trace.findings):
            return False
        return all(self._part(name, part) == trace.reads[part] for part in parts)

    def _part(self, name: str, part: str) -> str | None:
        """SHA-256 of a part of a table; None of settings, or if something is wrong with it."""
        column, _, key = part.removeprefix(f"{name}#").rpartition("=")
        text = self._table(name) if column else None
        return text and hashlib.sha256(part_of(text, name, column, key)).hexdigest()

    def _table(self, name: str) -> str | None:
        """The text of a CSV file that has no mistakes."""
        if name not in self._tables:
            out, folder = Collector(), Folder(self.root, self.root)
            content = folder.peek(name, out)
            text = None if content is None else folder.text(content, name, out)
            read_rows(text or "", name, out)
            self._tables[name] = None if out.findings else text
        return self._tables[name]

    def file(self, name: str) -> Path:
        """The file that findings call so: a template is the workspace's own or the bundled one."""
        own = self.root / name
        is_bundled = name.startswith(f"{TEMPLATES}/") and not own.is_file()
        return bundled_templates().parent / name if is_bundled else own

    @property
    def folders(self) -> list[Path]:
        """The data, and the templates: the workspace's own, and those that come with briefgen."""
        own, bundled = self.root / TEMPLATES, bundled_templates()
        is_one = own.resolve() == bundled.resolve()
        return [self.root / DATA, *([bundled] if is_one else [own, bundled])]


def face_of(file: Path) -> tuple[str, int, int] | None:
    """A font file with what shows that it was replaced: size in bytes, time in nanoseconds."""
    try:
        found = file.stat()
    except (OSError, ValueError):
        return None
    return (str(file), found.st_size, found.st_mtime_ns)


def names_below(folder: Path, above: bytes, seen: set[tuple[int, int]]) -> Iterator[bytes]:
    """All files below a folder, with what links point to; folders that hold themselves end."""
    try:
        own = folder.stat()
        entries = list(os.scandir(folder))
    except OSError:
        return
    if (own.st_dev, own.st_ino) in seen:
        return
    seen.add((own.st_dev, own.st_ino))
    for entry in entries:
        name, path = above + os.fsencode(entry.name), Path(entry.path)
        yield name + b"\0" + os.fsencode(path.readlink()) if entry.is_symlink() else name
        if entry.is_dir():
            yield from names_below(path, name + b"/", seen)
