"""Where a problem is: file, line, column."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

ValuePath = tuple[str | int, ...]
"""The way to a value inside a briefing: keys and list positions."""


@dataclass(frozen=True, slots=True)
class Place:
    """A stretch of one line in a file.

    Units: `line` and `column` count from 1, `column` and `width` count characters.
    """

    file: str
    line: int = 1
    column: int = 1
    width: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"

    @property
    def within_file(self) -> str:
        """The place in words, for a reader who knows the file."""
        return f"line {self.line}"


@dataclass(frozen=True, slots=True)
class NamedPlace(Place):
    """A place that has a name of its own, which messages add: a cell, a row of a query.

    Shape: in a workbook, `line` is the row and `column` the column of the cell.
    """

    name: str = field(kw_only=True)

    @property
    def within_file(self) -> str:
        """The place in words, for a reader who knows the file."""
        return self.name


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a value was read: its own place, its key's place, its one-line source text."""

    value: NamedPlace | Place
    key: NamedPlace | Place | None = None
    text: str = ""


class SourceMap:
    """Turns the path of a value into the place in the file that it was read from.

    Values do not know their places, so moving a line in a file changes no value.
    """

    def __init__(self) -> None:
        self._origins: dict[ValuePath, Origin] = {}
        self._digest: str | None = None
        """The digest of what there is; None after a change."""

    def add(self, path: ValuePath, origin: Origin) -> None:
        """Record where the value at `path` was read."""
        self._origins[path], self._digest = origin, None

    def packed(self) -> list[Any]:
        """All of it as lists of texts and numbers, for `unpacked` in another process."""
        return [
            [path, _packed(origin.value), origin.key and _packed(origin.key), origin.text]
            for path, origin in self._origins.items()
        ]

    @classmethod
    def unpacked(cls, rows: Iterable[Any]) -> SourceMap:
        """The map that was packed into these lists. Raises: TypeError, ValueError."""
        found = cls()
        for path, value, key, text in rows:
            place = _unpacked(*value)
            found._origins[tuple(path)] = Origin(place, _unpacked(*key) if key else None, text)
        return found

    def digest(self) -> str:
        """SHA-256 of all paths and their origins."""
        if self._digest is None:
            told = repr(list(self._origins.items()))
            self._digest = hashlib.sha256(told.encode()).hexdigest()
        return self._digest

    def include(self, other: SourceMap) -> None:
        """Take over all places of another map."""
        self._origins.update(other._origins)
        self._digest = None

    def value(self, path: ValuePath) -> Place | None:
        """The place of the value at `path`, or of the nearest value around it."""
        for end in range(len(path), -1, -1):
            if origin := self._origins.get(path[:end]):
                return origin.value
        return None

    def key(self, path: ValuePath) -> Place | None:
        """The place of the key at `path`; without one, the place of the value."""
        origin = self._origins.get(path)
        return origin.key if origin and origin.key else self.value(path)

    def has(self, path: ValuePath) -> bool:
        """Whether a value was read there."""
        return path in self._origins

    def blur(self, path: ValuePath) -> None:
        """The value at `path` is no longer what is written there: only its whole place counts."""
        if origin := self._origins.get(path):
            self.add(path, replace(origin, text=""))

    def line(self, path: ValuePath, line: int, column: int, width: int) -> Place | None:
        """A place in the prose at `path`; all of a line that has a place of its own."""
        if origin := self._origins.get((*path, line)):
            return origin.value
        place = self.value(path)
        return place and replace(place, line=line, column=column, width=width)

    def inside(self, path: ValuePath, text: str, nth: int = 0) -> Place | None:
        """The place of the nth `text` within the scalar at `path`, else of the whole scalar."""
        origin = self._origins.get(path)
        if origin is None:
            return self.value(path)
        offset = _nth(origin.text, text, nth)
        if offset < 0:
            return origin.value
        return replace(origin.value, column=origin.value.column + offset, width=len(text))

    def holds(self, path: ValuePath, text: str, nth: int = 0) -> bool:
        """Whether the nth `text` stands in the file as it is read: not folded, not escaped."""
        origin = self._origins.get(path)
        written = origin.text if origin else ""
        return "\\" not in written and _nth(written, text, nth) >= 0


def _packed(place: Place) -> list[Any]:
    name = [place.name] if isinstance(place, NamedPlace) else []
    return [place.file, place.line, place.column, place.width, *name]


def _unpacked(file: str, line: int, column: int, width: int, name: str | None = None) -> Place:
    if name is None:
        return Place(file, line, column, width)
    return NamedPlace(file, line, column, width, name=name)


def _nth(written: str, text: str, nth: int) -> int:
    """The offset of the nth `text`; -1 without one."""
    offset = -1
    for _ in range(nth + 1):
        offset = written.find(text, offset + 1)
        if offset < 0:
            break
    return offset
