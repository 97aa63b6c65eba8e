"""Every theme that ships draws charts that can be read: measured on those of the gallery."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from draw.examined import examine, least, shown
from draw.test_print import LIGHTER, MARK, TEXT

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.diagnostics.finding import Collector
from briefgen.workspace import bundled_templates, open_workspace

THEMES = sorted(path.stem for path in (bundled_templates() / "themes").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_charts_in_a_theme(
    theme: str, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    found = examine(monkeypatch)
    home = open_workspace(bundled_templates() / "gallery").value
    assert home is not None
    loaded = pipeline.load(home, "charts")
    briefing, out = loaded.made.value, Collector()
    assert briefing is not None
    look = home.templates.themes[theme]
    made = pipeline.drawings_of(briefing, look, loaded.places, Memory(), out)
    assert len(made) == len(briefing.exhibits)
    assert out.findings == []
    lowest = least(found)
    tell(f"contrast in the gallery's charts, theme {theme}: {shown(lowest)}")
    assert lowest["texts"].ratio >= TEXT
    assert lowest["marks"].ratio >= MARK
    assert lowest["series"].ratio >= LIGHTER
