"""Rules on stances in prose: they are those of the recommendations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import plain_runs


def summary_list_differs(dossier: Dossier) -> Iterator[Problem]:
    """An overview, or other prose, that says another thing of securities than the recommendations.

    Why: many read the first page only. A clause of the overview that holds the words of a stance
    (推荐, 建议关注) is read as a list of that stance: what it names must be in a group with that
    stance, and a group that it names in part must be named in full, or the list end with 等. In
    all prose a word of advice or a rating beside a name must be the security's own; what stands
    between quotation marks is left alone.

    Bad:  重点推荐示例甲、示例乙, with 示例乙 under 关注
    Good: 重点推荐示例甲；关注示例乙
    """
    told = set()
    for problem in _in_overview(dossier.briefing):
        told.add((problem.path, problem.subject))
        yield problem
    for problem in _beside_names(dossier.briefing):
        if (problem.path, problem.subject) not in told:
            yield problem


def _in_overview(briefing: Briefing) -> Iterator[Problem]:
    names = _names(briefing)
    for name, paragraph, line in _overview(briefing):
        for stance, clause in _stance_clauses(paragraph, briefing):
            named = {names[given] for given in names if given in clause}
            members = {
                group_id: {pick.security for pick in group.picks}
                for group_id, group in briefing.recommendations.items()
                if group.stance == stance
            }
            label = briefing.brokerage.stances[stance]
            for security in sorted(named - set(chain.from_iterable(members.values()))):
                given = briefing.securities[security].name_zh
                yield Problem(
                    ("prose", name),
                    f"the overview names `{given}` under `{label}`, recommendations.yaml does not",
                    f"mend the sentence, or add `{security}` to a group of that stance",
                    line=line,
                    subject=security,
                )
            for group_id, picks in members.items():
                if picks & named and picks - named and not re.search(r"等|among|such as", clause):
                    left = sorted(briefing.securities[one].name_zh for one in picks - named)
                    yield Problem(
                        ("prose", name),
                        f"the overview names {len(picks & named)} of the {len(picks)} securities "
                        f"of `{group_id}`, without {', '.join(f'`{one}`' for one in left)}",
                        "name them all, or write 等 after those it names",
                        line=line,
                        subject=group_id,
                    )


def _names(briefing: Briefing) -> dict[str, str]:
    """The ids of securities by their names."""
    names = {security.name_zh: key for key, security in briefing.securities.items()}
    return names | {s.name_en: key for key, s in briefing.securities.items() if s.name_en}


def _overview(briefing: Briefing) -> Iterator[tuple[str, str, int]]:
    """The paragraphs of the overview: file, text without expressions, first line."""
    for section in briefing.front.sections:
        if section.kind == "overview" and section.prose:
            for line, text in _lines(briefing.prose[section.prose]):
                yield section.prose, text, line


def _lines(prose: str) -> Iterator[tuple[int, str]]:
    """The lines of prose without expressions, with their numbers from 1."""
    starts: dict[int, list[str]] = {}
    for run, line, _ in plain_runs(prose):
        starts.setdefault(line, []).append(run)
    for line, runs in starts.items():
        yield line, "".join(runs)


def _stance_clauses(text: str, briefing: Briefing) -> Iterator[tuple[str, str]]:
    """What follows the words of each stance, up to the next stance or the end of the clause."""
    words = {label: stance for stance, label in briefing.brokerage.stances.items()}
    if not words:
        return
    any_stance = "|".join(re.escape(label) for label in sorted(words, key=len, reverse=True))
    pattern = rf"(?<![不未没非无])(?:{any_stance})"
    found = list(re.finditer(pattern, text))
    for position, match in enumerate(found):
        end = found[position + 1].start() if position + 1 < len(found) else len(text)
        clause = text[match.end() : end]
        yield words[match[0]], re.split(r"[；;。.!！]", clause)[0]


_ADVICE = ("强烈推荐", "重点推荐", "推荐", "首选", "买入", "增持", "减持", "卖出", "关注")
"""Words that are read as a stance or a rating when a name stands beside them."""
_NOT_OURS = "".join(f"(?<!{who})" for who in ("股东", "高管", "基金", "资金", "董事", "拟", "已"))
_BETWEEN = r"[“”]?(?:评级)?(?:标的|公司|个股|龙头)?\s*[:：]?\s*"
_NOTED = r"(?:\s*[（(][^（）()]*[）)])?"
_GIVEN = r"(?:予以|给予|维持|值得|重点|强烈|建议|上调至|下调至)"


def _beside_names(briefing: Briefing) -> Iterator[Problem]:
    """Names in prose beside a word of advice that is not the security's own."""
    names, own = _names(briefing), _own_words(briefing)
    stock = briefing.brokerage.schemes.get("stock")
    words = {*_ADVICE, *briefing.brokerage.stances.values(), *(stock.labels if stock else ())}
    any_name = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    any_word = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    if not names:
        return
    name = rf"(?:{any_name}){_NOTED}"
    listed = rf"{name}(?:\s*(?:、|和|与|及|以及)\s*{name})*"
    pattern = re.compile(
        rf"(?<![不未没非无]){_NOT_OURS}(?P<before>{any_word}){_BETWEEN}(?P<listed>{listed})(?!的)"
        rf"|(?P<name>{any_name}){_NOTED}[，,]?\s*{_GIVEN}+(?P<after>{any_word})"
    )
    for file, text in briefing.prose.items():
        for line, words_of_line in _lines(text):
            for match in pattern.finditer(_QUOTED.sub(_blank, words_of_line)):
                word = match["before"] or match["after"]
                for given in re.findall(any_name, match["listed"] or match["name"]):
                    security = names[given]
                    if not any(word in one or one in word for one in own.get(security, ())):
                        yield _not_own(file, line, given, security, word, own.get(security, ()))


_QUOTED = re.compile(r"“[^“”]*”|‘[^‘’]*’|「[^「」]*」|《[^《》]*》|\"[^\"]*\"")


def _blank(match: re.Match[str]) -> str:
    return "\0" * len(match[0])


def _own_words(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """The stances and ratings of each security that recommendations.yaml names."""
    own: dict[str, tuple[str, ...]] = {}
    for group in briefing.recommendations.values():
        for pick in group.picks:
            rated = (pick.call.label,) if pick.call else ()
            held = (briefing.brokerage.stances[group.stance], *rated)
            own[pick.security] = (*own.get(pick.security, ()), *held)
    return own


def _not_own(
    file: str, line: int, name: str, security: str, word: str, own: tuple[str, ...]
) -> Problem:
    held = f"gives it {' and '.join(f'`{one}`' for one in own)}" if own else "does not name it"
    return Problem(
        ("prose", file),
        f"`{word}` stands beside `{name}`, recommendations.yaml {held}",
        "mend the sentence or recommendations.yaml; words of others go between quotation marks",
        line=line,
        subject=security,
    )
