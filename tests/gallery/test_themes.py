"""Every theme that ships draws charts that can be read: measured on those of the gallery."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from draw.legible import Legible, mark_contrasts, series_apart, text_contrasts
from draw.placing import assert_readable
from draw.test_print import LIGHTER, MARK, TEXT

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.diagnostics.finding import Collector
from briefgen.draw import drawings
from briefgen.draw.canvas import Canvas, canvas
from briefgen.workspace import bundled_templates, open_workspace

THEMES = sorted(path.stem for path in (bundled_templates() / "themes").glob("*.yaml"))


@pytest.mark.slow
@pytest.mark.parametrize("theme", THEMES)
def test_charts_in_a_theme(
    theme: str, monkeypatch: pytest.MonkeyPatch, tell: Callable[[str], None]
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
    home = open_workspace(bundled_templates() / "gallery").value
    assert home is not None
    loaded = pipeline.load(home, "charts")
    briefing, out = loaded.made.value, Collector()
    assert briefing is not None
    look = home.templates.themes[theme]
    made = pipeline.drawings_of(briefing, look, loaded.places, Memory(), out)
    assert len(made) == len(briefing.exhibits)
    assert out.findings == []
    least = {what: min(all_of, key=lambda one: one.ratio) for what, all_of in found.items()}
    tell(
        f"contrast in the gallery's charts, theme {theme}: "
        + "; ".join(f"{what} {one.ratio:.2f} ({one.what})" for what, one in least.items())
    )
    assert least["texts"].ratio >= TEXT
    assert least["marks"].ratio >= MARK
    assert least["series"].ratio >= LIGHTER
