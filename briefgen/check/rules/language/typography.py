"""Rules on punctuation: full width in Chinese, quotation marks and brackets in pairs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import Passage, prose_passages, value_passages
from briefgen.check.rule import Problem
from briefgen.model.markdown import parser

WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？", "(": "（", ")": "）"}
_HAN = "㐀-鿿"
_MARK = re.compile(rf"(?<=[{_HAN}”’》）])\s?[,;:!?](?=\s?[{_HAN}“‘《（])")
NARROW = {"％": "%", "／": "/"}
_WIDE = re.compile(r"(?<![0-9０-９])％|／")
"""A percent sign behind a typed number is left to the rule on such numbers."""
_STRAIGHT = re.compile(rf"(?<!\d)\"[^\"\n]*[{_HAN}][^\"\n]*(?<!\d)\"")
_BEFORE_LATIN = re.compile(rf"(?<=[{_HAN}”’》）])[:!?](?=\s?[A-Za-z])")
_ADDRESS = re.compile(r"[a-z]+://\S+")
_BRACKETED = re.compile(r"\([^()]*\)")
_TOUCHES_HAN = re.compile(rf"[{_HAN}]\([{_HAN}]|[{_HAN}]\)[{_HAN}]")
PAIRS = {"“": "”", "‘": "’", "《": "》", "（": "）", "「": "」", "『": "』", "【": "】"}
_APOSTROPHE = re.compile(r"(?<=[A-Za-z0-9])’(?=[A-Za-z\s]|$)")
_NUMBERING = re.compile(r"(?:^|(?<=[\s，。；：、]))[0-9a-zA-Z]{1,2}）")
_CODE = re.compile(r"`[^`]*`|\{\{.*?\}\}", re.DOTALL)


def half_width_punctuation(dossier: Dossier) -> Iterator[Problem]:
    """A comma, colon or bracket of half width between Chinese characters, or a wrong wide mark.

    Why: Chinese is set with punctuation as wide as its characters; a half-width comma leaves a
    hole and looks like a number's. So do straight quotation marks around Chinese, and a percent
    sign or slash of full width. Left alone: other languages, code, numbers, times, links, and
    what a source printed.

    Bad:  价格下降,需求上升(见下)。
    Good: 价格下降，需求上升（见下）。
    """
    briefing = dossier.briefing
    if not briefing.language.startswith("zh"):
        return
    for passage in (*prose_passages(dossier), *value_passages(dossier)):
        if passage.is_code or passage.is_quoted:
            continue
        text = passage.text
        wrong = {at: (WIDE[text[at]], _HALF) for at in _half_width(text)}
        for match in _STRAIGHT.finditer(text):
            wrong |= {match.start(): ("“", _STANDS), match.end() - 1: ("”", _STANDS)}
        wrong |= {m.start(): (NARROW[m[0]], "is of full width") for m in _WIDE.finditer(text)}
        for at, (fix, fault) in sorted(wrong.items()):
            mark = text[at]
            message = f"`{mark}` {fault}"
            yield passage.problem(mark, at, message, f"write `{fix}`", subject=mark, fix=fix)


_HALF = "is of half width between Chinese characters"
_STANDS = "is a straight quotation mark around Chinese characters"


def _half_width(text: str) -> set[int]:
    """Where marks of half width stand, also beside those that are wide once they are mended."""
    found: set[int] = set()
    while more := {*_marks(text), *_brackets(text)}:
        found |= more
        text = "".join(WIDE[c] if at in more else c for at, c in enumerate(text))
    return found


def _marks(text: str) -> Iterator[int]:
    for match in _MARK.finditer(text):
        yield match.start() + len(match[0]) - 1
    for match in _BEFORE_LATIN.finditer(_ADDRESS.sub(_blank, text)):
        yield match.start()


def _brackets(text: str) -> Iterator[int]:
    """Both brackets of a pair, one of which stands between Chinese characters."""
    for match in _BRACKETED.finditer(text):
        around = text[max(match.start() - 1, 0) : match.end() + 1]
        if _TOUCHES_HAN.search(around):
            yield from (match.start(), match.end() - 1)


def unpaired_mark(dossier: Dossier) -> Iterator[Problem]:
    """A quotation mark or bracket without its other half.

    Why: the reader cannot tell where the quoted words end, and the supervisory analyst not whose
    they are. Pairs are sought in a paragraph of prose and in each text of a YAML file; an
    apostrophe (’) and numbers such as 1） are none.

    Bad:  原报告称“综合成本有所下降。
    Good: 原报告称“综合成本有所下降”。
    """
    found = [*_paragraphs(dossier)]
    found += [p for p in value_passages(dossier) if not p.whole or p.column == 1]
    for passage in found:
        if passage.is_quoted:
            continue
        text = passage.whole or passage.text
        for mark, at in _unpaired(_APOSTROPHE.sub(" ", _CODE.sub(_blank, text))):
            half = PAIRS.get(mark) or next(left for left, right in PAIRS.items() if right == mark)
            message = f"`{mark}` stands without `{half}`"
            yield passage.problem(mark, at, message, f"add `{half}`", subject=mark)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])


def _paragraphs(dossier: Dossier) -> Iterator[Passage]:
    """Paragraphs, items and headings of prose, whole."""
    for name, text in dossier.briefing.prose.items():
        lines = text.splitlines()
        for block in parser().parse(text):
            if block.type == "inline" and block.map:
                first = block.content.split("\n", 1)[0]
                column = lines[block.map[0]].find(first) + 1
                yield Passage(block.content, ("prose", name), block.map[0] + 1, max(column, 1))


def _unpaired(text: str) -> Iterator[tuple[str, int]]:
    """The marks that open and are not closed, or close and were not opened, with offsets."""
    numbering = {match.end() - 1 for match in _NUMBERING.finditer(text)}
    closing = {right: left for left, right in PAIRS.items()}
    opened: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if char in PAIRS:
            opened.append((char, at))
        elif char in closing and at not in numbering:
            position = next(
                (n for n in range(len(opened) - 1, -1, -1) if opened[n][0] == closing[char]), None
            )
            if position is None:
                yield char, at
            else:
                yield from opened[position + 1 :]
                del opened[position:]
    yield from opened
