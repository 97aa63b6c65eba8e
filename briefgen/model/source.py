"""The register of sources that facts and exhibits name."""

from __future__ import annotations

from typing import Literal

from briefgen.model.value import Period, Slug, Text, Value


class Source(Value):
    """One entry of `sources.yaml`."""

    title: Text
    publisher: Text
    kind: Literal["report", "website", "survey", "database", "media", "filing", "standard"]
    date: Period | None = None
    """When it was published or looked up, as precisely as is known."""
    note: Text | None = None


Sources = dict[Slug, Source]
"""`sources.yaml`: sources by id."""
