"""What the last build of an edition saw: where all of it is still so, nothing needs to be done.

Nothing heavy is imported here: that nothing has changed is known before a library is loaded.
"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from briefgen.diagnostics.finding import Collector, Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.load.csv_rows import read_rows
from briefgen.load.files import Folder
from briefgen.load.parts import part_of
from briefgen.toolchain.fonts import listing
from briefgen.toolchain.versions import versions
from briefgen.workspace import bundled_templates

DATA, TEMPLATES = "data", "templates"


@dataclass(frozen=True, slots=True)
class Trace:
    """The last build of an edition.

    Shape: `files` (whole ones that were looked into), `reads` (what was used of them) and `outputs`
    map names to SHA-256; `faces` are the files of the fonts with size and time of change.
    """

    slug: str
    key: str
    """That of the edition in the cache."""
    formats: tuple[str, ...]
    toolchain: Mapping[str, str]
    faces: tuple[tuple[str, int, int], ...]
    names: str
    """The digest of the names of all files that could be read."""
    files: Mapping[str, str]
    reads: Mapping[str, str]
    outputs: Mapping[str, str]
    counts: Mapping[str, int | None]
    findings: tuple[Finding, ...]
    has_queries: bool = False


@dataclass
class Present:
    """A workspace and this machine as they are now; each file is read once at most."""

    root: Path
    _digests: dict[Path, str | None] = field(default_factory=dict)
    _tables: dict[str, str | None] = field(default_factory=dict)

    @cached_property
    def toolchain(self) -> dict[str, str]:
        """Versions of code and libraries, and which fonts are installed."""
        return versions() | {"fonts": listing()}

    @cached_property
    def names(self) -> str:
        """The digest of the names of all files below the data and the templates."""
        found = hashlib.sha256()
        for folder in (self.root / DATA, *self._template_folders()):
            for name in sorted(_names(folder)):
                found.update(f"{name}\0".encode())
            found.update(b"\0")
        return found.hexdigest()

    def digest(self, file: Path) -> str | None:
        """SHA-256 of a file; None where it cannot be read."""
        if file not in self._digests:
            try:
                self._digests[file] = hashlib.sha256(file.read_bytes()).hexdigest()
            except OSError:
                self._digests[file] = None
        return self._digests[file]

    def holds(self, trace: Trace, formats: Iterable[str], folder: Path) -> bool:
        """Whether a build would see what the last one saw, and find its files in `folder`."""
        return (
            not trace.has_queries
            and trace.formats == tuple(formats)
            and all(trace.toolchain.get(name) == now for name, now in self.toolchain.items())
            and trace.names == self.names
            and all(_face(path) == (path, size, time) for path, size, time in trace.faces)
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
        if self.digest(self._file(name)) == trace.files[name]:
            return True
        parts = [read for read in trace.reads if read.startswith(f"{name}#")]
        is_whole = name in trace.reads or not parts
        if is_whole or any(found.place and found.place.file == name for found in trace.findings):
            return False
        return all(self._part(name, part) == trace.reads[part] for part in parts)

    def _part(self, name: str, part: str) -> str | None:
        """SHA-256 of a part of a table; None where something is wrong with the table."""
        text = self._table(name)
        column, _, key = part.removeprefix(f"{name}#").rpartition("=")
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

    def _file(self, name: str) -> Path:
        """The file that findings call so: a template is the workspace's own or the bundled one."""
        own = self.root / name
        is_bundled = name.startswith(f"{TEMPLATES}/") and not own.is_file()
        return bundled_templates().parent / name if is_bundled else own

    def _template_folders(self) -> list[Path]:
        own, bundled = self.root / TEMPLATES, bundled_templates()
        return [bundled] if own.resolve() == bundled.resolve() else [own, bundled]


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of the editions in an output folder; losing one costs time and nothing else."""

    folder: Path

    @classmethod
    def of(cls, cache: Path, output: Path) -> Traces:
        """Those in a cache that are about an output folder."""
        name = hashlib.sha256(os.fsencode(output.resolve())).hexdigest()[:16]
        return cls(cache / "builds" / name)

    def read(self, slug: str) -> Trace | None:
        """The trace of an edition; None without one, or if it cannot be read."""
        try:
            told = json.loads((self.folder / f"{slug}.json").read_bytes())
            told["findings"] = tuple(_finding(finding) for finding in told["findings"])
            told["faces"] = tuple(tuple(face) for face in told["faces"])
            return Trace(**{**told, "formats": tuple(told["formats"])})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def write(self, trace: Trace) -> None:
        """Keep a trace. Raises: OSError."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=self.folder)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(asdict(trace), file, ensure_ascii=False)
            Path(beside).replace(self.folder / f"{trace.slug}.json")
        except BaseException:
            Path(beside).unlink(missing_ok=True)
            raise


def faces_as_they_are(files: Iterable[Path]) -> tuple[tuple[str, int, int], ...]:
    """Font files with what shows that they were replaced: size in bytes, time in nanoseconds."""
    return tuple(face for file in sorted(set(files)) if (face := _face(str(file))))


def _face(path: str) -> tuple[str, int, int] | None:
    try:
        found = Path(path).stat()
    except OSError:
        return None
    return (path, found.st_size, found.st_mtime_ns)


def _names(folder: Path) -> Iterable[str]:
    seen = set()
    for path, folders, files in os.walk(folder, followlinks=True):
        found = Path(path).stat()
        if (found.st_dev, found.st_ino) in seen:
            folders.clear()
            continue
        seen.add((found.st_dev, found.st_ino))
        for name in files:
            yield Path(path, name).relative_to(folder).as_posix()


def _finding(told: dict[str, Any]) -> Finding:
    place = told["place"]
    if place is not None:
        place = NamedPlace(**place) if "name" in place else Place(**place)
    return Finding(**{**told, "place": place, "severity": Severity(told["severity"])})
