"""Rules on what kind of document it is and what it must hold."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import Passage, everywhere
from briefgen.check.rule import Problem

_LICENCE = re.compile(r"(?P<sac>[SA]\d{13})|(?:编号[:：]?|CE No\.?) ?(?P<ce>[A-Z]{3}\d{3})")
REQUIRED = ("overview", "risks")


def reconstruction_without_original(dossier: Dossier) -> Iterator[Problem]:
    """A reconstruction that does not say what it rebuilds.

    Why: a rebuilt report names on every page the report whose facts it rebuilds; without
    `original` it would look like a report of that brokerage. A comparison rebuilds several: they
    stand in `compares`.

    Bad:  issuance: reconstruction
    Good: issuance: reconstruction, with original: {source: …, title: …}
    """
    briefing = dossier.briefing
    front = briefing.front
    if dossier.is_reconstruction and front.original is None and not front.compares:
        yield Problem(
            ("front", "issuance"),
            "a reconstruction must name the report that it rebuilds",
            "add `original: {source: …, title: …}`",
        )


def licence_number(dossier: Dossier) -> Iterator[Problem]:
    """The registration number of a person in a reconstruction.

    Why: a reconstruction is signed by nobody; the number of a person who had no part in it must
    not stand in it. Looked for in the values, and in all that the finished files say.

    Bad:  执业证书编号 S + 13 digits; 执证编号 + three letters and three digits
    Good: leave the signatory out
    """
    if not dossier.is_reconstruction:
        return
    for passage, number, at in everywhere(dossier, _numbers_of_persons):
        yield passage.problem(number, at, "a registration number in a reconstruction")


def _numbers_of_persons(passage: Passage) -> Iterator[tuple[str, int]]:
    for match in _LICENCE.finditer(passage.text):
        name = "sac" if match["sac"] else "ce"
        yield match[name], match.start(name)


def missing_section(dossier: Dossier) -> Iterator[Problem]:
    """A briefing without overview or without risks.

    Why: the overview is the first page; a research report that names no risks misleads.

    Bad:  sections without `kind: risks`
    Good: both are there, the others as needed
    """
    briefing = dossier.briefing
    kinds = {section.kind for section in briefing.front.sections}
    for kind in REQUIRED:
        if kind not in kinds:
            yield Problem(
                ("front", "sections"), f"there is no `{kind}` section", f"add `- kind: {kind}`"
            )


def ratings_not_defined(dossier: Dossier) -> Iterator[Problem]:
    """A rating that is given, and no table that says what it means.

    Why: a label means something only with its band, horizon and benchmark; houses use the same
    word for different bands.

    Bad:  `rating:` on the front page, no section `kind: ratings`
    Good: a `ratings` section at the end
    """
    briefing = dossier.briefing
    kinds = {section.kind for section in briefing.front.sections}
    if briefing.front.rating is not None and "ratings" not in kinds:
        yield Problem(
            ("front", "rating"), "a rating is given and not defined", "add `- kind: ratings`"
        )
