"""A rule on sentences that give two numbers and the growth between them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.rules.numbers.written import amount, change, said
from briefgen.model.briefing import Briefing
from briefgen.model.number import Number, Shown
from briefgen.model.recomputed import agree
from briefgen.model.recomputed import change as growth_of
from briefgen.model.unit import QuantityError
from briefgen.model.verdict import Contradiction

_LAST_YEAR = re.compile(r"上年同期|去年同期|year earlier|a year ago|prior-year")
_SENTENCE_END = re.compile(r"[。；！？]|[.;!?]\s")
_RISE = re.compile(r"增长|上升|增加|提升|提高|同比\s*[+＋]?$|up|rose|increase|grew")
_FALL = re.compile(r"下降|下滑|减少|回落|降低|下跌|down|fell|decrease|declin")


def growth_in_prose_differs(dossier: Dossier) -> Iterator[Problem]:
    """A sentence with this year's number, last year's and the growth, which is another one.

    Why: “4.40, against 3.39 a year ago, down 51%” contradicts itself within a line. It is read
    from the words: 上年同期 or 去年同期, the number before it in the same unit, and behind it the
    first share after a word of rising or falling.

    Bad:  收入 {{ now }}，上年同期 {{ before }}，下降 {{ change | percent(0) }}, of 4.40 and 3.39
    Good: 收入 {{ now }}，上年同期 {{ before }}，增长 {{ change | percent(0) }}
    """
    briefing = dossier.briefing
    for name, text in briefing.prose.items():
        for line, sentence in _sentences(text):
            for now, before, printed, falls, source in _statements(sentence, briefing):
                found = growth_of(now, before)
                told = -printed if falls and printed.value > 0 else printed
                if agree(told, found):
                    continue
                values: dict[str, Shown | str] = {
                    "now": amount(now),
                    "before": amount(before),
                    "printed": Shown(number=told, style=change(printed).style),
                    "computed": change(found),
                }
                written = {key: said(value, briefing) for key, value in values.items()}
                yield Problem(
                    ("prose", name),
                    "from {before} to {now} the change is {computed}, "
                    "the sentence says {printed}".format(**written),
                    "bind the growth to a formula of the two numbers",
                    text=source,
                    line=line + sentence.count("\n", 0, sentence.find(source)),
                    column=_column(text, line, source),
                    subject=source,
                    contradiction=Contradiction(kind="growth_in_prose", values=values),
                )


def _sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text that have expressions, with the line (from 1) they begin in."""
    at = 0
    while at < len(text):
        end = _SENTENCE_END.search(text, at)
        while end and text.count("{{", at, end.start()) != text.count("}}", at, end.start()):
            end = _SENTENCE_END.search(text, end.end())
        stop = end.end() if end else len(text)
        if "{{" in text[at:stop]:
            yield text.count("\n", 0, at) + 1, text[at:stop]
        at = stop


def _statements(
    sentence: str, briefing: Briefing
) -> Iterator[tuple[Number, Number, Number, bool, str]]:
    """Now, before, printed growth, whether a fall is said, and the growth's expression."""
    parts = re.split(r"\{\{\s*(.*?)\s*\}\}", sentence, flags=re.DOTALL)
    found = [briefing.numbers.get(source, Shown()).number for source in parts[1::2]]
    for position, number in enumerate(found):
        if number is None or number.unit.is_pure or not _LAST_YEAR.search(parts[2 * position]):
            continue
        earlier = [n for n in found[:position] if n and _is_like(n, number)]
        for later in range(position + 1, len(found)):
            printed, words = found[later], parts[2 * later]
            if printed and printed.unit.is_pure and (_RISE.search(words) or _FALL.search(words)):
                if earlier:
                    falls = bool(_FALL.search(words)) and not _RISE.search(words)
                    yield earlier[-1], number, printed, falls, parts[2 * later + 1]
                break


def _is_like(number: Number, other: Number) -> bool:
    try:
        _ = number - other
    except QuantityError:
        return False
    return True


def _column(text: str, line: int, source: str) -> int:
    lines = text.split("\n")
    return lines[line - 1].find(source) + 1 if source in lines[line - 1] else 1
