"""The gallery, made once per run: the first one takes some seconds."""

from __future__ import annotations

from pathlib import Path

import pytest
from shipped import alone

from briefgen.gallery.entries import Gallery
from briefgen.gallery.make import gallery


def gallery_cache(factory: pytest.TempPathFactory, worker: bool) -> Path:
    """A cache that holds the gallery; the workers of a run share it."""
    base = factory.getbasetemp()
    kept = base.parent if worker else base
    with alone(kept / "gallery.lock"):
        assert gallery(None, kept / "gallery").value is not None
    return kept / "gallery"


def made(cache: Path) -> Gallery:
    """The bundled gallery, which has nothing to report."""
    found = gallery(None, cache)
    assert found.findings == ()
    assert found.value is not None
    return found.value
