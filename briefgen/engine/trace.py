"""What the last build of an edition saw: where all of it is still so, nothing needs to be done."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from briefgen.cache.store import Store
from briefgen.diagnostics.finding import Finding, Severity
from briefgen.diagnostics.place import NamedPlace, Place

_MAPPINGS = ("counts", "files", "outputs", "reads", "toolchain")
STAGE = "trace"
"""What the cache calls them."""


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


@dataclass(frozen=True, slots=True)
class Traces:
    """The traces of the editions in an output folder; losing one costs time and nothing else."""

    store: Store
    output: Path

    def read(self, slug: str) -> Trace | None:
        """The trace of an edition; None without one, or if it cannot be read."""
        content = self.store.get(STAGE, self._key(slug))
        try:
            told = json.loads(content or b"")
            if not all(isinstance(told[name], dict) for name in _MAPPINGS):
                return None
            told["findings"] = tuple(_finding(finding) for finding in told["findings"])
            told["faces"] = tuple((str(name), *map(int, rest)) for name, *rest in told["faces"])
            return Trace(**{**told, "formats": tuple(told["formats"])})
        except (ValueError, KeyError, TypeError):
            return None

    def write(self, trace: Trace) -> None:
        """Keep a trace. Raises: OSError."""
        content = json.dumps(asdict(trace), ensure_ascii=False).encode()
        self.store.put(STAGE, self._key(trace.slug), content)

    def _key(self, slug: str) -> str:
        place = os.fsencode(self.output.resolve() / slug)
        return hashlib.sha256(place).hexdigest()


def _finding(told: dict[str, Any]) -> Finding:
    place = told["place"]
    if place is not None:
        place = NamedPlace(**place) if "name" in place else Place(**place)
    return Finding(**{**told, "place": place, "severity": Severity(told["severity"])})
