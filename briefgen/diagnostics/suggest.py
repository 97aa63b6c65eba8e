"""“Did you mean …”: the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A help line for an unknown name: the nearest known one, or the few there are."""
    names = sorted(set(known))
    by_lower = {candidate.lower(): candidate for candidate in names}
    if near := get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6):
        return f"did you mean `{by_lower[near[0]]}`?"
    if not names:
        return None
    listed = ", ".join(f"`{candidate}`" for candidate in names[:8])
    return f"known: {listed}" + (f" and {len(names) - 8} more" if len(names) > 8 else "")
