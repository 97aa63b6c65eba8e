"""The register of sources that facts and exhibits name."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.value import Period, Slug, Text, Url, Value

SourceKind = Literal["report", "website", "survey", "database", "media", "filing", "standard"]

MaxAge = dict[SourceKind, Annotated[int, Field(ge=1)]]
"""How many months old sources may be, by kind; kinds that are not named may be of any age."""


class Source(Value):
    """One entry of `sources.yaml`."""

    title: Text
    """The title, as the list of sources prints it."""
    publisher: Text
    """Who published it."""
    kind: SourceKind
    """What it is."""
    date: Period | None = None
    """When it was published or looked up, as precisely as is known."""
    url: Url | None = None
    """Where it is found; the list of sources links to it."""
    note: Text | None = None
    """A remark for the list of sources."""
    reliability: Literal["reliable", "doubtful"] | None = None
    """What the house thinks of it; `note` says why a source is doubtful."""


Sources = dict[Slug, Source]
"""`sources.yaml`: sources by id."""
