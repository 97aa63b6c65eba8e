"""Where the cache of a workspace is, where nothing else is said."""

from __future__ import annotations

from pathlib import Path


def cache_folder(root: Path) -> Path:
    """The cache of the workspace at `root`."""
    return root / ".cache" / "briefgen"
