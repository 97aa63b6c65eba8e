"""Phrases: what a stage says without knowing the language, filled in from the labels."""

from __future__ import annotations

from collections.abc import Callable

from briefgen.model.number import Shown
from briefgen.model.value import Value


class Phrase(Value):
    """A label of `templates/labels/` and what fills it in."""

    label: str
    values: dict[str, Shown | str | tuple[Phrase, ...]] = {}


def plain(phrase: Phrase, label: Callable[[str], str]) -> str:
    """A phrase that holds nothing but text, written with the labels of a language."""
    return label(phrase.label).format(**phrase.values)
