"""Numbers of sections and exhibits, in the order in which a reader meets them."""

from __future__ import annotations

from dataclasses import dataclass

from briefgen.model.briefing import Briefing
from briefgen.model.markdown import pieces

FRONT_PAGE = "overview"
"""The kind of section that opens the first page and carries no number."""


@dataclass(frozen=True, slots=True)
class Numbering:
    """Section numbers by anchor, exhibit numbers by id; both count from 1."""

    sections: dict[str, int]
    exhibits: dict[str, int]


def number(briefing: Briefing) -> Numbering:
    """Count sections (the front page's left out) and exhibits as they are placed."""
    sections: dict[str, int] = {}
    exhibits: dict[str, int] = {}
    for anchor, section in briefing.anchored().items():
        if section.kind != FRONT_PAGE:
            sections[anchor] = len(sections) + 1
        for piece in pieces(briefing.prose.get(section.prose or "", "")):
            if piece.kind == "exhibit":
                exhibits.setdefault(piece.text, len(exhibits) + 1)
    return Numbering(sections, exhibits)
