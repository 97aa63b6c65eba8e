"""Rules on what kind of document it is and what it must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefgen.check.rule import Problem
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing

_LICENCE = re.compile(r"[SA]\d{13}")
REQUIRED = ("overview", "risks")


def reconstruction_without_original(briefing: Briefing) -> Iterator[Problem]:
    """A reconstruction that does not say what it rebuilds.

    Why: a rebuilt report names on every page the report whose facts it rebuilds; without
    `original` it would look like a report of that brokerage.

    Bad:  issuance: reconstruction
    Good: issuance: reconstruction, with original: {source: …, title: …}
    """
    if briefing.front.issuance == "reconstruction" and briefing.front.original is None:
        yield Problem(
            ("front", "issuance"),
            "a reconstruction must name the report that it rebuilds",
            "add `original: {source: …, title: …}`",
        )


def licence_number(briefing: Briefing) -> Iterator[Problem]:
    """An analyst's registration number in a reconstruction.

    Why: a reconstruction is signed by nobody; the number of a person who had no part in it must
    not stand in it.

    Bad:  执业证书编号 S + 13 digits
    Good: leave the signatory out
    """
    if briefing.front.issuance != "reconstruction":
        return
    message = "a registration number in a reconstruction"
    for name, text in briefing.prose.items():
        for match in _LICENCE.finditer(text):
            before = text[: match.start()].split("\n")
            column = len(before[-1]) + 1
            yield Problem(("prose", name), message, None, match[0], len(before), column)
    parts = briefing.model_dump(include={"front", "facts", "exhibits", "recommendations"})
    for path, text in _texts(parts):
        for nth, match in enumerate(_LICENCE.finditer(text)):
            yield Problem(path, message, text=match[0], nth=nth)


def _texts(value: Any, path: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """Every text in a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _texts(inner, (*path, key))
    elif isinstance(value, tuple | list):
        for position, inner in enumerate(value):
            yield from _texts(inner, (*path, position))


def missing_section(briefing: Briefing) -> Iterator[Problem]:
    """A briefing without overview or without risks.

    Why: the overview is the first page; a research report that names no risks misleads.

    Bad:  sections without `kind: risks`
    Good: both are there, the others as needed
    """
    kinds = {section.kind for section in briefing.front.sections}
    for kind in REQUIRED:
        if kind not in kinds:
            yield Problem(
                ("front", "sections"), f"there is no `{kind}` section", f"add `- kind: {kind}`"
            )


def ratings_not_defined(briefing: Briefing) -> Iterator[Problem]:
    """A rating that is given, and no table that says what it means.

    Why: a label means something only with its band, horizon and benchmark; houses use the same
    word for different bands.

    Bad:  `rating:` on the front page, no section `kind: ratings`
    Good: a `ratings` section at the end
    """
    kinds = {section.kind for section in briefing.front.sections}
    if briefing.front.rating is not None and "ratings" not in kinds:
        yield Problem(
            ("front", "rating"), "a rating is given and not defined", "add `- kind: ratings`"
        )
