"""The contradictions that the checks found in the source, written out for the reader."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.compose.prose import Prose
from briefgen.compose.words import Words
from briefgen.model.number import Shown
from briefgen.model.verdict import Report


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the reconciliation notes."""

    topic: str
    printed: Markup
    recomputed: Markup


def contradictions(report: Report, words: Words, prose: Prose) -> list[Row]:
    """A row per contradiction: what the source prints, what follows, what the author says of it."""
    rows = []
    for found in report.contradictions:
        values = {
            name: words.number(value) if isinstance(value, Shown) else escape(value)
            for name, value in found.values.items()
        }
        recomputed = Markup(words.label(f"found_{found.kind}_recomputed")).format(**values)
        if found.explanation:
            recomputed += prose.line(found.explanation)
        rows.append(
            Row(
                found.topic or words.label(f"found_{found.kind}_topic"),
                Markup(words.label(f"found_{found.kind}_printed")).format(**values),
                recomputed,
            )
        )
    return rows
