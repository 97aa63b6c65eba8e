"""The shipped charts in print: contrast, what tells series apart, texts inside and apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from draw.legible import Legible, mark_contrasts, series_apart, text_contrasts
from draw.placing import assert_readable
from shipped import SLUGS, opened

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.diagnostics.finding import Collector
from briefgen.draw import drawings
from briefgen.draw.canvas import Canvas, canvas

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
    found: dict[str, list[Legible]] = {"texts": [], "marks": [], "series": []}

    @contextmanager
    def measured(*size: Any) -> Iterator[Canvas]:
        with canvas(*size) as on:
            yield on
            found["texts"] += text_contrasts(on)
            found["marks"] += mark_contrasts(on)
            found["series"] += series_apart(on)
            assert_readable(on)

    monkeypatch.setattr(drawings, "canvas", measured)
    workspace = opened()
    loaded = pipeline.load(workspace, slug)
    briefing = loaded.made.value
    assert briefing is not None
    theme = workspace.templates.themes[briefing.front.theme]
    made = pipeline.drawings_of(briefing, theme, loaded.places, Memory(), Collector())
    least = {
        what: min(all_of, key=lambda one: one.ratio) for what, all_of in found.items() if all_of
    }
    tell(
        f"contrast in {len(made)} charts of {slug}: "
        + "; ".join(f"{what} {one.ratio:.2f} ({one.what})" for what, one in least.items())
    )
    assert [one for one in found["texts"] if one.ratio < TEXT] == []
    assert [one for one in found["marks"] if one.ratio < MARK] == []
    assert [one for one in found["series"] if one.ratio < LIGHTER] == []
