"""“Did you mean …”: the nearest known name."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name that an unknown one is most like, if any is like it."""
    by_lower = {candidate.lower(): candidate for candidate in sorted(set(known))}
    near = get_close_matches(name.lower(), list(by_lower), n=1, cutoff=0.6)
    return by_lower[near[0]] if near else None


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A help line for an unknown name: the nearest known one, or the few there are."""
    names = sorted(set(known))
    if near := nearest(name, names):
        return f"did you mean `{near}`?"
    if not names:
        return None
    listed = ", ".join(f"`{candidate}`" for candidate in names[:8])
    return f"known: {listed}" + (f" and {len(names) - 8} more" if len(names) > 8 else "")
