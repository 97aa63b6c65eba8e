"""Names that values use: each must be known, the nearest known one is suggested."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping

from pydantic import BaseModel

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.reported import Reported
from briefgen.model.call import RatingCall
from briefgen.model.marks import Marked
from briefgen.model.security import Security
from briefgen.model.value import Refers

Known = dict[str, Collection[str] | Callable[[tuple[BaseModel, ...]], Collection[str] | None]]
"""Known names by kind; a function, where they depend on the values around the name."""


def check_references(
    names: Iterable[Marked],
    known: Known,
    reported: Reported,
    places: SourceMap,
    out: Collector,
) -> None:
    """Report every name that is not known, unless what it names is `reported` already.

    Reports: LOD201.
    """
    for name in names:
        if not isinstance(name.mark, Refers) or name.mark.kind not in known:
            continue
        candidates = known[name.mark.kind]
        if callable(candidates):
            found = candidates(name.owners)
            if found is None:
                continue
            candidates = found
        if name.text not in candidates and not reported.covers(name.mark.kind, name.text):
            out.report(
                "LOD201",
                f"unknown {name.mark.kind} `{name.text}`",
                places.value(name.path),
                did_you_mean(name.text, candidates),
            )


def nearest(owners: tuple[BaseModel, ...], field: str) -> str | None:
    """The text of the innermost value around a name that has such a field."""
    for owner in reversed(owners):
        text = getattr(owner, field, None)
        if isinstance(text, str):
            return text
    return None


def rating_kind(owners: tuple[BaseModel, ...]) -> str:
    """The kind of the rating call that a label stands in."""
    call = next(owner for owner in reversed(owners) if isinstance(owner, RatingCall))
    return call.kind


def with_mentioned(
    master: Mapping[str, Security], named: Collection[str], texts: Iterable[str]
) -> dict[str, Security]:
    """The securities that are named by id, and those whose name or code stands in a text."""
    whole = "\n".join(texts)
    return {
        name: security
        for name, security in master.items()
        if name in named
        or any(
            text and text in whole for text in (security.name_zh, security.name_en, security.ticker)
        )
    }
