"""The contradictions that the checks found in the source, written out for the reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup, escape

from briefgen.compose.prose import Prose
from briefgen.compose.words import Words
from briefgen.model.number import Shown
from briefgen.model.phrase import Phrase
from briefgen.model.verdict import Report


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the reconciliation notes."""

    topic: str
    printed: Markup
    recomputed: Markup
    explanation: Markup
    """What the author says of it; empty for nothing."""


def contradictions(report: Report, words: Words, prose: Prose) -> list[Row]:
    """A row per contradiction: what the source prints, what follows, what the author says of it."""
    rows = []
    for found in report.contradictions:
        name = f"found_{found.kind}"
        rows.append(
            Row(
                found.topic or _filled(f"{name}_topic", found.values, words),
                _filled(f"{name}_printed", found.values, words),
                _filled(f"{name}_recomputed", found.values, words),
                prose.line(found.explanation) if found.explanation else Markup(),
            )
        )
    return rows


def _filled(
    label: str,
    values: Mapping[str, Shown | str | tuple[Phrase, ...]],
    words: Words,
    separator: str = "part_separator",
) -> Markup:
    """A label with numbers as `<data>` elements and phrases one after another.

    The phrases of a contradiction are parts (；), those within a phrase are a list (、).
    """
    written = {}
    for name, value in values.items():
        if isinstance(value, Shown):
            written[name] = words.number(value)
        elif isinstance(value, tuple):
            phrases = (
                _filled(phrase.label, phrase.values, words, "list_separator") for phrase in value
            )
            written[name] = Markup(words.label(separator)).join(phrases)
        else:
            written[name] = escape(value)
    return Markup(words.label(label)).format(**written)
