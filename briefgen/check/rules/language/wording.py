"""Rules on words: residue of templates, barred wording, spellings, words printed twice."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefgen.check.dossier import Dossier
from briefgen.check.names import spelling
from briefgen.check.passages import Passage, everywhere, prose_passages, value_passages
from briefgen.check.rule import Problem
from briefgen.model.verdict import Contradiction

_PLACEHOLDER = re.compile(
    r"""
    (?<![A-Za-z])(?:TODO|TBD|TBC|FIXME)(?![A-Za-z])
  | (?<![A-Za-z])(?i:lorem(?:\s+ipsum)?)(?![A-Za-z])
  | 待补(?:充|录|齐)? | 待填 | 待更新 | 此处(?:填写|填入|输入|插入) | 请在此 | 占位
  | (?:报告|正文|公司|行业)模板 | (?<![A-Za-z0-9])[Xx]{2,}(?![A-Za-z0-9]) | [×＊]{2,}
  | \[(?:table|figure|chart)_\w*\]
  | \{\{ | \}\} | \{% | %\} | \$\{[^{}\n]*\} | <!--(?:.*?-->)?
    """,
    re.VERBOSE,
)
_ENCODED = re.compile(r"(?<![A-Za-z0-9+/:.])[A-Za-z0-9+/]{48,}={0,2}")
_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」|《[^《》]*》|\"[^\"]*\"")


def placeholder(dossier: Dossier) -> Iterator[Problem]:
    """What was to be filled in, or was left by a template.

    Why: nobody reads a draft as often as its first reader outside the house. Found are `TODO`,
    `XX`, `lorem`, 待补, marks such as `[table_main]`, comments, variables, braces that no
    expression closes, and long strings of encoded data. What stands between quotation marks is
    quoted, and left alone.

    Bad:  目标价 XX 元，依据待补
    Good: the number and its reason
    """
    for passage, text, at in everywhere(dossier, _placeholders):
        message = f"`{_cut(text)}` was left to be filled in"
        yield passage.problem(text, at, message, "fill it in, or delete it", subject=_cut(text))


def _placeholders(passage: Passage) -> Iterator[tuple[str, int]]:
    if passage.is_quoted or passage.is_code:
        return
    text = _QUOTED.sub(_blank, passage.text)
    for match in _PLACEHOLDER.finditer(text):
        yield match[0], match.start()
    for match in _ENCODED.finditer(text):
        if all(re.search(kind, match[0]) for kind in ("[a-z]", "[A-Z]", r"\d")):
            yield match[0], match.start()


def _cut(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:24]}…"


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])


_BARRED = re.compile(
    r"""
    (?:保证|确保|承诺|担保)[^，。；：、]{0,6}(?:收益|盈利|回报|本金|赚|获利)
  | (?:收益|盈利|回报|本金)[^，。；：、]{0,4}(?:有保证|有保障|得到保证)
  | 稳赚(?:不赔)? | 稳赢 | 包赚 | 必赚 | 必涨 | 必将?(?:大涨|暴涨|翻倍) | 只涨不跌 | 稳涨
  | (?:一定|必定|必然|肯定|注定)(?:会|将|能)?(?:上涨|大涨|暴涨|翻倍|涨停|获利|赚钱)
  | 零风险(?!权重|资产|利率) | [无没]有?(?:任何)?风险(?![利资溢收中敞对偏厌])
  | 保本(?:保息|收益)? | 躺赚 | 暴富
  | 百分之?百?(?:盈利|赚钱) | 千载难逢 | 闭眼买 | (?:独家|据|掌握)内幕消息 | 跟庄
  | (?:翻倍|[两二三五十百]倍)(?:大?牛|黑马)股
  | (?:立即|立刻|马上|赶紧|赶快|尽快|抓紧)(?:买入|建仓|加仓|抢购|开户|上车) | 机不可失 | 错过不再
  | \bguarantee[sd]?\s+(?:\w+\s+){0,2}(?:returns?|profits?|gains?|yields?|principal)\b
  | \b(?:returns?|profits?|gains?|principal)\s+(?:is|are)\s+guaranteed\b
  | \b(?:risk-free|riskless)\b(?!\s+(?:rate|asset|return|yield|interest|curve))
  | \b(?:zero|no)\s+risk\b(?!\s+(?:of|that|premium|appetite|limit))
  | \b(?:can(?:no|')t|can\snot)\s+(?:lose|miss|go\s+wrong)\b
  | \bsure[\s-](?:bet|thing|win)\b
  | \b(?:certain|sure|bound|guaranteed)\s+to\s+(?:rise|double|gain|soar|surge)\b
  | \b(?:act|buy)\s+now\b | \bonce-in-a-lifetime\b | \bget\s+rich\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_DENIED = re.compile(
    r"(?:[不未非无没勿莫]|难以|禁止|拒绝|避免|\b(?:not|no|nobody|none|never|without|nor|neither|cannot|refuse)\b|n't)"
    r"[^，。；：！？,.;:!?]{0,16}$",
    re.IGNORECASE,
)


_DENIED_ANYWHERE = re.compile(r"[不未非无没]|禁止|拒绝|避免|违法|违规")
_SENTENCE_END = re.compile(r"[。！？!?\n]")


def barred_wording(dossier: Dossier) -> Iterator[Problem]:
    """Words that promise a gain, deny the risk, or press the reader to act.

    Why: research must not guarantee returns nor induce to trade; regulators of all places quote
    such sentences. A denial in the same clause (本公司不保证收益, 不构成) is no promise, and
    terms of finance (无风险利率, risk-free rate) are terms.

    Bad:  该股稳赚不赔，应立即买入
    Good: 若渗透率达到预测，盈利有望改善；渗透放缓则相反
    """
    for passage, text, at in everywhere(dossier, _barred):
        help_line = "say what is expected, on what condition, and what speaks against it"
        message = f"`{text}` promises a gain, denies the risk or presses to act"
        yield passage.problem(text, at, message, help_line, subject=text)


def _barred(passage: Passage) -> Iterator[tuple[str, int]]:
    for match in _BARRED.finditer(passage.text):
        before = passage.text[: match.start()]
        is_denied = _DENIED.search(before)
        if match[0].endswith("内幕消息"):
            after = _SENTENCE_END.split(passage.text[match.end() :])[0]
            sentence = _SENTENCE_END.split(before)[-1] + after
            is_denied = _DENIED_ANYWHERE.search(sentence)
        if not is_denied:
            yield match[0], match.start()


def spelling_variant(dossier: Dossier) -> Iterator[Problem]:
    """A name in another spelling than the glossary has.

    Why: two spellings look like two things, and a search finds half of them. Titles, captions and
    source lines of others, and what stands between quotation marks, are as printed.

    Bad:  Tiktok, chatGPT, DALL-E
    Good: TikTok, ChatGPT, DALL·E
    """
    briefing = dossier.briefing
    wanted = [(v, name) for name, term in briefing.glossary.items() for v in term.variants]
    right = [spelling(name) for name in sorted(briefing.glossary, key=len, reverse=True)]
    variants = [(variant, name, spelling(variant)) for variant, name in wanted]
    for passage in (*prose_passages(dossier), *value_passages(dossier)):
        if passage.is_quoted or passage.is_code:
            continue
        text = _QUOTED.sub(_blank, passage.text)
        if not any(variant in text for variant, _, _ in variants):
            continue
        for pattern in right:
            text = pattern.sub(_blank, text)
        for variant, name, pattern in variants:
            for match in pattern.finditer(text):
                message = f"`{variant}` is spelt `{name}`"
                help_line = f"write `{name}`, or quote it: “{variant}”"
                yield passage.problem(
                    variant, match.start(), message, help_line, subject=variant, fix=name
                )


_TWICE = re.compile(r"([㐀-鿿]{2,4})\1|\b([A-Za-z]{2,})[ \t]+\2\b")
_DOUBLED = frozenset({"很多", "非常", "逐步", "that", "had"})
"""Words that language doubles; those with 一 (一步一步) too."""
_VERB = re.compile(
    "研究|讨论|考虑|了解|商量|学习|观察|分析|比较|体验|尝试|调整|总结|检查|打听|琢磨|交流|沟通|思考"
)
"""Verbs that language doubles: to do it a little (研究研究)."""


def repeated_word(dossier: Dossier) -> Iterator[Problem]:
    """A word that stands twice in a row.

    Why: it is a slip of the keyboard, or of a search and replace. In captions of a source it is
    the slip of the source.

    Bad:  申万传媒指数指数行情图
    Good: 申万传媒指数行情图
    """
    for passage in (*prose_passages(dossier), *value_passages(dossier)):
        is_source = passage.path[:1] == ("front",) and passage.path[-1:] == ("caption",)
        if passage.is_code or (passage.is_quoted and not is_source):
            continue
        for match in _TWICE.finditer(passage.text):
            word = match[1] or match[2]
            if word.casefold() in _DOUBLED or "一" in word or len(set(word)) == 1:
                continue
            if _VERB.fullmatch(word):
                continue
            message = f"`{word}` stands twice in a row"
            found = passage.problem(match[0], match.start(), message, "delete one", subject=word)
            if is_source:
                values = {"word": match[0], "caption": passage.text}
                told = Contradiction(kind="repeated_word", values=values)
                found = replace(found, contradiction=told)
            yield found
