"""What a worker needs to make an edition, and nothing that lies on a disk."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, ConfigDict, PlainSerializer

from briefgen.diagnostics.finding import Finding
from briefgen.diagnostics.place import SourceMap
from briefgen.model.asset import Content
from briefgen.model.briefing import Briefing
from briefgen.model.release import Release
from briefgen.model.value import Value
from briefgen.model.workspace import Templates


def _as_map(value: Any) -> Any:
    return value if isinstance(value, SourceMap) else SourceMap.unpacked(value)


Places = Annotated[SourceMap, BeforeValidator(_as_map), PlainSerializer(SourceMap.packed)]
"""A source map; packed into lists in JSON."""


class Task(Value):
    """One edition to be made: the loaded briefing, and the files it was read from."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    formats: tuple[str, ...]
    briefing: Briefing
    release: Release
    reads: dict[str, str]
    """SHA-256 of what was read, by name."""
    contents: dict[str, Content]
    """What was read; empty, where the edition carries no sources."""
    files: dict[str, str] = {}
    """SHA-256 of the whole files, also of those of which a part was read."""
    has_queries: bool = False
    """Whether rows come from a database, so that no file says whether they have changed."""
    places: Places
    findings: tuple[Finding, ...]
    """Those of loading."""


class Kit(Value):
    """What all tasks of a workspace share."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    templates: Templates
    places: Places
    """Where labels and themes were read from."""
