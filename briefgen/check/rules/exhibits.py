"""Rules on exhibits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import pieces


def exhibit_not_placed(dossier: Dossier) -> Iterator[Problem]:
    """An exhibit that no prose places.

    Why: it was prepared and nobody sees it; mostly the directive was forgotten.

    Bad:  `token-prices` in exhibits.yaml, and no directive
    Good: `:::{table} token-prices` in the prose
    """
    briefing = dossier.briefing
    placed = _placed(briefing)
    for exhibit in briefing.exhibits:
        if exhibit not in placed:
            yield Problem(
                ("exhibits", exhibit),
                f"exhibit `{exhibit}` is not placed in any section",
                f"place it with `:::{{figure}} {exhibit}`, or delete it",
            )


def exhibit_placed_twice(dossier: Dossier) -> Iterator[Problem]:
    """An exhibit that stands in the briefing more than once.

    Why: its number and its anchor can name one place only.

    Bad:  `:::{figure} token-prices` in two sections
    Good: the directive once, `[](#token-prices)` elsewhere
    """
    briefing = dossier.briefing
    for exhibit, count in _placed(briefing).items():
        if count > 1:
            yield Problem(
                ("exhibits", exhibit),
                f"exhibit `{exhibit}` is placed {count} times",
                f"refer to it with `[](#{exhibit})`",
            )


def _placed(briefing: Briefing) -> Counter[str]:
    return Counter(
        piece.text
        for text in briefing.prose.values()
        for piece in pieces(text)
        if piece.kind == "exhibit"
    )
