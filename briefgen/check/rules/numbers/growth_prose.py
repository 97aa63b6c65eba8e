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

_BEFORE = re.compile(r"上年同期|去年同期|较(?:此前|上年|去年)的|year earlier|a year ago|prior-year")
_FROM = re.compile(r"(?:从|自|由|\bfrom)[^，,]*$")
_TO = re.compile(
    r"^[^，,]*(?:下降|下滑|下跌|回落|走低|减少|降低|降|跌|上升|上涨|攀升|增长|增加|提升|提高|升|涨|增)[至到]"
    r"|^[^,]*\bto\b"
)
_SENTENCE_END = re.compile(r"[。；！？]|[.;!?]\s")
_RISE = (
    r"增长|上升|增加|提升|提高|上涨|大涨|攀升|涨幅|增幅|升幅|涨|同比\s*[+＋]?$"
    r"|\bup\b|\brose|increas|\bgrew|\bgain"
)
_FALL = (
    r"下降|下滑|减少|回落|降低|下跌|大跌|走低|降幅|跌幅|减幅|跌"
    r"|\bdown\b|\bfell|decreas|declin"
)
_VERB = re.compile(rf"(?P<rise>{_RISE})|(?P<fall>{_FALL})")
_CLAUSE_START = re.compile(r".*[，,、：:（(]", re.DOTALL)
_NO_SUBJECT = re.compile(
    r"同比|环比|较(?:上年|去年|此前)(?:同期)?|相比|则|即|约|大幅|显著|小幅|明显|再|又|共|累计"
    r"|year on year|\b(?:which|it|and|is|was|an?|has|of)\b|\s"
)


def growth_in_prose_differs(dossier: Dossier) -> Iterator[Problem]:
    """A sentence with this year's number, last year's and the growth, which is another one.

    Why: “4.40, against 3.39 a year ago, down 51%” contradicts itself within a line. It is read
    from the words: 上年同期, 去年同期 or 较此前的, the number before it in the same unit, and
    behind it the first share after a word of rising or falling; and 从 … 降至 …, 降幅 …. Where a
    subject of its own stands before that word, the share is another one.

    Bad:  收入 {{ now }}，上年同期 {{ before }}，下降 {{ change | percent(0) }}, of 4.40 and 3.39
    Good: 收入 {{ now }}，上年同期 {{ before }}，增长 {{ change | percent(0) }}
    """
    briefing = dossier.briefing
    for name, text in briefing.prose.items():
        for line, sentence in _sentences(text):
            for now, before, printed, falls, source in _statements(sentence, briefing):
                at = line + sentence.count("\n", 0, sentence.find(source))
                column = _column(text, at, source)
                if before.value <= 0:
                    yield Problem(
                        ("prose", name),
                        f"from {said(amount(before), briefing)} a rate of growth has no meaning",
                        "say the two numbers without a rate",
                        text=source,
                        line=at,
                        column=column,
                        subject=source,
                    )
                    continue
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
                    line=at,
                    column=column,
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
        ends = _ends(parts, found, position)
        if number is None or ends is None:
            continue
        now, before = ends
        for later in range(position + 1, len(found)):
            printed, verb = found[later], _verb(parts[2 * later])
            if printed and printed.unit.is_pure and verb:
                if not _has_other_subject(parts[2 * later], verb, "".join(parts[: 2 * later : 2])):
                    yield now, before, printed, bool(verb["fall"]), parts[2 * later + 1]
                break


def _ends(
    parts: list[str], found: list[Number | None], position: int
) -> tuple[Number, Number] | None:
    """The number now and the one before, of which the second that is named stands here."""
    number, words = found[position], parts[2 * position]
    if number is None or number.unit.is_pure:
        return None
    earlier = [n for n in found[:position] if n and _is_like(n, number)]
    if earlier and _BEFORE.search(words):
        return earlier[-1], number
    if earlier and earlier[-1] is found[position - 1] and _TO.search(words):
        return (number, earlier[-1]) if _FROM.search(parts[2 * position - 2]) else None
    return None


def _verb(words: str) -> re.Match[str] | None:
    """The first word of rising or falling in the clause that ends the words."""
    start = _CLAUSE_START.match(words)
    return _VERB.search(words, start.end() if start else 0) or _VERB.search(words)


def _has_other_subject(words: str, verb: re.Match[str], sentence: str) -> bool:
    """Whether what stands in the clause before the verb is said nowhere before in the sentence."""
    start = _CLAUSE_START.match(words, 0, verb.start())
    subject = _NO_SUBJECT.sub("", words[start.end() if start else 0 : verb.start()])
    return bool(subject) and subject not in sentence


def _is_like(number: Number, other: Number) -> bool:
    try:
        _ = number - other
    except QuantityError:
        return False
    return True


def _column(text: str, line: int, source: str) -> int:
    lines = text.split("\n")
    return lines[line - 1].find(source) + 1 if source in lines[line - 1] else 1
