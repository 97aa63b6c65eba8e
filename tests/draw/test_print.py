"""The shipped charts in print: contrast, what tells series apart, texts inside and apart."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from draw.examined import examine, least, shown
from shipped import SLUGS, opened

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.diagnostics.finding import Collector

TEXT = 4.5
"""Source: WCAG 2.2, 1.4.3 Contrast (Minimum)."""
MARK = 3.0
"""Source: WCAG 2.2, 1.4.11 Non-text Contrast."""
LIGHTER = 1.5
"""The contrast of two areas in one chart that only their lightness tells apart."""


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_shipped_charts(
    slug: str, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
) -> None:
    found = examine(monkeypatch)
    workspace = opened()
    loaded = pipeline.load(workspace, slug)
    briefing = loaded.made.value
    assert briefing is not None
    theme = workspace.templates.themes[briefing.front.theme]
    made = pipeline.drawings_of(briefing, theme, loaded.places, Memory(), Collector())
    tell(f"contrast in {len(made)} charts of {slug}: {shown(least(found))}")
    assert [one for one in found["texts"] if one.ratio < TEXT] == []
    assert [one for one in found["marks"] if one.ratio < MARK] == []
    assert [one for one in found["series"] if one.ratio < LIGHTER] == []
