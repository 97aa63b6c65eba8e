"""How often Python looks for garbage that refers to itself."""

from __future__ import annotations

import gc

COLLECT_AFTER = (100_000, 50, 1000)
"""How many objects are made before Python looks for cycles among them, by generation.

A page is laid out as very many objects with nearly no cycles: looking as often as Python does on
its own takes a seventh of the time.
"""


def collect_seldom() -> None:
    """Have Python look less often, in this process."""
    gc.set_threshold(*COLLECT_AFTER)
