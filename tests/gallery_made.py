"""The gallery, made once per run: the first one takes some seconds."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from shipped import alone, opened

from briefgen.gallery.entries import Gallery
from briefgen.gallery.make import gallery


def gallery_cache(factory: pytest.TempPathFactory) -> Path:
    """A cache that holds the gallery; the workers of a run share it."""
    base = factory.getbasetemp()
    kept = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with alone(kept / "gallery.lock"):
        assert gallery(opened(), kept / "gallery").value is not None
    return kept / "gallery"


def with_gallery(root: Path, cache: Path) -> None:
    """Put the gallery into the cache of a workspace that has the bundled templates."""
    unfinished = shutil.ignore_patterns(".writing-*")
    shutil.copytree(cache, root / ".cache/briefgen", dirs_exist_ok=True, ignore=unfinished)


def made(cache: Path) -> Gallery:
    """The bundled gallery, which has nothing to report."""
    found = gallery(opened(), cache)
    assert found.findings == ()
    assert found.value is not None
    return found.value
