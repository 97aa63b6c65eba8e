"""Rules on where exhibits stand, and how they are named to a reader."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import pieces
from briefgen.model.marks import marked
from briefgen.model.value import Markdown

FEW_WORDS = 4
"""How many words a text for those who cannot see a chart has at least; an ideograph is half one."""


def exhibit_not_placed(dossier: Dossier) -> Iterator[Problem]:
    """An exhibit that no prose places.

    Why: it was prepared and nobody sees it; mostly the directive was forgotten.

    Bad:  `token-prices` in exhibits.yaml, and no directive
    Good: `:::{table} token-prices` in the prose
    """
    briefing = dossier.briefing
    placed = _placed(briefing)
    for exhibit_id, exhibit in briefing.exhibits.items():
        if exhibit_id not in placed:
            kind = "figure" if exhibit.is_figure else "table"
            yield Problem(
                ("exhibits", exhibit_id),
                f"exhibit `{exhibit_id}` is not placed in any section",
                f"place it with `:::{{{kind}}} {exhibit_id}`, or delete it",
                subject=exhibit_id,
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
                subject=exhibit,
            )


def exhibit_not_referenced(dossier: Dossier) -> Iterator[Problem]:
    """An exhibit that is placed and that no sentence names.

    Why: a reader must learn from the text what an exhibit is there for. Links in prose and in the
    texts of `briefing.yaml` count; the note of another exhibit says where data come from, and
    does not.

    Bad:  `:::{table} token-prices` after a paragraph that speaks of prices
    Good: 两款模型的价格见[](#token-prices)。
    """
    briefing = dossier.briefing
    linked = set(_linked(briefing))
    for exhibit in _placed(briefing):
        if exhibit not in linked:
            yield Problem(
                ("exhibits", exhibit),
                f"no sentence refers to exhibit `{exhibit}`",
                f"name it where the text draws on it: `[](#{exhibit})`",
                subject=exhibit,
            )


def alt_text(dossier: Dossier) -> Iterator[Problem]:
    """A text for those who cannot see a figure that tells them nothing.

    Why: a screen reader reads the caption already; a repetition or a single word leaves the
    reader without the figure. A table is read cell by cell and has no such text. Without `alt`, the
    text of a chart is written from its data.

    Bad:  alt: 价格图
    Good: no `alt`, or alt: 输入价两家接近，输出价 GPT-4 Turbo 约为 moonshot 的三倍多
    """
    for exhibit_id, exhibit in dossier.briefing.exhibits.items():
        if exhibit.alt is None:
            continue
        if not exhibit.is_figure:
            message = f"`{exhibit_id}` is a table, and a table has no `alt`"
        elif _words(exhibit.alt) == _words(exhibit.caption):
            message = f"the alt text of `{exhibit_id}` repeats the caption"
        elif len(found := _words(exhibit.alt)) < FEW_WORDS:
            message = f"the alt text of `{exhibit_id}` says too little, {len(found)} of at least"
            message += f" {FEW_WORDS} words"
        else:
            continue
        help_line = "say what it shows"
        if exhibit.image is None:
            help_line += ", or delete `alt`: for a chart it is then written from the data"
        yield Problem(("exhibits", exhibit_id, "alt"), message, help_line, subject=exhibit_id)


def _words(text: str) -> list[str]:
    """Words of letters, and pairs of ideographs."""
    return re.findall(r"[㐀-鿿]{1,2}|[^\W㐀-鿿]+", text.casefold())


def _placed(briefing: Briefing) -> Counter[str]:
    return Counter(
        piece.text
        for text in briefing.prose.values()
        for piece in pieces(text)
        if piece.kind == "exhibit"
    )


def _linked(briefing: Briefing) -> Iterator[str]:
    lines = [field.text for field in marked(briefing.front) if isinstance(field.mark, Markdown)]
    for text in (*briefing.prose.values(), *lines):
        yield from (piece.text for piece in pieces(text) if piece.kind == "link")
