"""Charts that are drawn to be looked at: laid out once and measured, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from draw.legible import Legible, mark_contrasts, series_apart, text_contrasts
from draw.placing import assert_readable

from briefgen.draw import drawings
from briefgen.draw.canvas import Canvas, canvas

Found = dict[str, list[Legible]]


def examine(patch: pytest.MonkeyPatch) -> Found:
    """From now on, texts of charts must be readable; contrasts are gathered in what is returned."""
    found: Found = {"texts": [], "marks": [], "series": []}

    @contextmanager
    def measured(*size: Any) -> Iterator[Canvas]:
        with canvas(*size) as on:
            patch.setattr(on, "svg", str)
            yield on
            assert_readable(on)
            found["texts"] += text_contrasts(on)
            found["marks"] += mark_contrasts(on)
            found["series"] += series_apart(on)

    patch.setattr(drawings, "canvas", measured)
    return found


def least(found: Found) -> dict[str, Legible]:
    """What stands out least."""
    return {what: min(of, key=lambda one: one.ratio) for what, of in found.items() if of}


def shown(of: dict[str, Legible]) -> str:
    """For the end of the run."""
    return "; ".join(f"{what} {one.ratio:.2f} ({one.what})" for what, one in of.items())
