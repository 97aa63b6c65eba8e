"""A cache that holds the gallery."""

from pathlib import Path

import pytest
from gallery_made import gallery_cache


@pytest.fixture(scope="session", name="gallery_cache")
def _gallery_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return gallery_cache(tmp_path_factory)
