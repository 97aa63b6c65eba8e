"""Names that have findings of their own: what follows from those is not reported again."""

from __future__ import annotations

REPORTED = ""
"""The code of an error that follows from another finding and is not shown."""


class Reported:
    """Facts, tables, exhibits and groups that could not be read."""

    def __init__(self) -> None:
        self._names: set[tuple[str, str | None]] = set()

    def add(self, kind: str, name: str | None = None) -> None:
        """One name; without `name` all of its kind, where nobody knows which there would be."""
        self._names.add((kind, name))

    def covers(self, kind: str, name: str) -> bool:
        """Whether it is known why there is nothing of that name."""
        return (kind, name) in self._names or (kind, None) in self._names
