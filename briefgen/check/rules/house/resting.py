"""Rules of the house that hold when rules on every briefing do."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, rests_on

_FALL = re.compile(
    r"(?:下降|下跌|下滑|减少|降低|缩减|缩小|回落)(?:了|约|近|超过?|逾|至少|\s)*"
    r"(?:\{\{[^}]*\btimes\b[^}]*\}\}|[一二两三四五六七八九十百千数几]+\s*倍)"
    r"|\b(?:f[ae]ll\w*|declin\w*|drop\w*|decreas\w*)\s+(?:by\s+)?"
    r"(?:\{\{[^}]*\btimes\b[^}]*\}\}|(?:two|three|four|five|ten|several)(?:\s+times|-?fold))",
    re.IGNORECASE,
)
"""Words of falling and right after them a multiple, in words or bound with the filter `times`."""


def exhibits_out_of_order(dossier: Dossier) -> Iterator[Answer]:
    """An exhibit that is not placed or placed twice, has the caption of another, or is not named.

    Why: readers are sent to an exhibit by its number; two reports of the samples printed numbers
    twice and captions of other figures. Numbers are given by the place in the text, so they are
    contiguous where CHK301 and CHK302 hold; CHK303 and CHK305 see to captions and references.

    Bad:  `:::{table} token-prices` in two sections
    Good: the directive once, and a sentence that names it
    """
    yield from rests_on(dossier, "CHK301", "CHK302", "CHK303", "CHK305")


def residue_of_templates(dossier: Dossier) -> Iterator[Answer]:
    """A placeholder, a name of a template or an encoded token that was left in the text.

    Why: it shows every reader that nobody read the report. Rests on CHK601, on the values and once
    more on the finished text.

    Bad:  [table_main] 待补
    Good: the table
    """
    yield from rests_on(dossier, "CHK601")


def growth_not_as_computed(dossier: Dossier) -> Iterator[Answer]:
    """A growth whose sign or size does not follow from the two numbers beside it.

    Why: “X, a year before Y, up Z%” can be recomputed by anybody who reads it. Rests on CHK111,
    CHK112 and CHK124.

    Bad:  本期 4.4 亿，去年同期 4.5 亿，增长 30%
    Good: 本期 4.4 亿，去年同期 3.4 亿，增长 30%
    """
    yield from rests_on(dossier, "CHK111", "CHK112", "CHK124")


def fall_by_multiples(dossier: Dossier) -> Iterator[Answer]:
    """A fall that is counted in multiples.

    Why: nothing falls by more than itself; 下降三倍 can be read in two ways. Rests on CHK113 for
    numbers with a relation; in prose, words of falling before a multiple are found.

    Bad:  价格下降三倍
    Good: 价格降至三分之一，或下降 67%
    """
    yield from rests_on(dossier, "CHK113")
    for name, text in dossier.briefing.prose.items():
        for match in _FALL.finditer(text):
            before = text[: match.start()]
            if before.count("“") == before.count("”"):
                yield Problem(
                    ("prose", name),
                    f"“{match[0]}” counts a fall in multiples",
                    "write to what part it fell, or by how much of itself",
                    match[0],
                    line=before.count("\n") + 1,
                    column=len(before) - before.rfind("\n"),
                    subject=match[0],
                )


def result_not_as_computed(dossier: Dossier) -> Iterator[Answer]:
    """A sum, share, ratio, growth rate or converted amount that its inputs do not give.

    Why: a result that does not recompute is wrong, or one of its inputs is. Rests on CHK114 to
    CHK118 and CHK121; units are part of the arithmetic, and CHK308 finds mixed ones.

    Bad:  parts 3, 4 and 5, and a total of 13
    Good: parts 3, 4 and 5, and a total of 12
    """
    codes = ("CHK114", "CHK115", "CHK116", "CHK117", "CHK118", "CHK121", "CHK308")
    yield from rests_on(dossier, *codes)


def security_listed_twice(dossier: Dossier) -> Iterator[Answer]:
    """A security that stands twice in one list, or under two stances.

    Why: it is counted twice, and nobody can tell what the house thinks of it. Rests on CHK501 and
    CHK502.

    Bad:  示例股份 under 推荐 and under 建议关注
    Good: 示例股份 under 推荐
    """
    yield from rests_on(dossier, "CHK501", "CHK502")


def code_name_or_venue_wrong(dossier: Dossier) -> Iterator[Answer]:
    """A code that does not fit its exchange, its market or its name.

    Why: a wrong code recommends another company. Rests on CHK506, which knows the securities
    master and the forms of codes; it runs as a warning, for the register of exchanges is cited
    from memory.

    Bad:  609991.SZ
    Good: 609991.SH
    """
    yield from rests_on(dossier, "CHK506")
