"""CN-09, 10, 22: sources are named, are origins, and may be used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from briefgen.check.dossier import Dossier
from briefgen.check.passages import everywhere
from briefgen.check.rule import Answer, Problem, Question, rests_on
from briefgen.check.rules.cn.identity import lacking
from briefgen.check.rules.cn.lexicon import affirmed
from briefgen.check.shown import bound, data
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit
from briefgen.model.output import Output
from briefgen.model.source import Source

_SOURCES = re.compile(
    r"(信息|资料|数据)来源|所用(信息|资料|数据)|sources? of (information|data)"
    r"|information .{0,60}sources", re.IGNORECASE
)  # fmt: skip
_OWN_WORK = re.compile(r"(本公司|本机构|研究[所院部]|研究中心)?(整理|测算|编制|绘制|估算)$")
_PARTS = re.compile(r"[、，,；;：:（）()/\s]+")
_SHORTEST = 8
"""How long a name is at least for two slips in it to be a slip; in a shorter one, one is."""

_NOT_PUBLIC = re.compile(
    r"据传|传闻|小道消息|内部人士|知情人士|消息人士|内幕|未公开(信息|数据|资料)?|尚未披露|独家获悉"
    r"|(专家|调研|会议|电话会|交流)纪要|专家(访谈|交流)"
    r"|\brumou?rs?\b|\b(an )?insiders? (said|say|told)|\bnon-public\b|\bexpert (call|network)\b",
    re.IGNORECASE,
)


def source_not_shown(dossier: Dossier) -> Iterator[Answer]:
    """The general statement on sources is missing, or an exhibit does not print its sources.

    Why: a report must say what information it uses (暂行规定, article 8); “来源不明” is what
    inspections find most. The statement is a clause of the brokerage's `disclosures`; that every
    exhibit prints its sources is CHK706. The item number is from memory and runs as a warning
    until a lawyer confirms it.

    Bad:  disclosures without a word on sources
    Good: {topic: 信息来源, text: 所用信息来自公开资料，本公司力求可靠，但不保证其准确与完整。}
    """
    if dossier.output is not None:
        yield from rests_on(dossier, "CHK706")
    briefing = dossier.briefing
    clauses = [c for part in briefing.brokerage.disclosures for c in part.clauses]
    found = [c for c in clauses if _SOURCES.search(f"{c.topic} {c.text}")]
    path = ("brokerage", "disclosures")
    if not found:
        file = f"brokerages/{briefing.front.brokerage}.yaml"
        message = "no clause of the disclosures says where the information comes from"
        yield Problem(path, message, f"add a clause on 信息来源 to `disclosures` in {file}")
    for clause in found[:1]:
        for form in lacking(dossier.output or Output(), clause.text):
            message = f"the {form} lacks the statement on sources: “{clause.text}”"
            yield Problem(path, message, "add the section `kind: disclosures`", subject=form)


def source_without_origin(dossier: Dossier) -> Iterator[Answer]:
    """An exhibit that names only the house as its source, or a name of the house misspelt.

    Why: 本公司整理 says who typed the numbers, not where they come from; penalties cite sources
    that are unclear (暂行规定, article 9). What the house computed itself is marked `computed` and
    rests on data of others. A house name with a slip of one or two characters is taken for
    another firm; if another firm is meant, its name in data/glossary.yaml says so.

    Bad:  sources: [own], and own: {title: 本公司整理, publisher: 示例证券, kind: database}
    Good: sources: [company-filings]; or computed: true over a table of company-filings
    """
    briefing = dossier.briefing
    own = {name for name, source in briefing.sources.items() if is_own(source, briefing)}
    for exhibit_id, exhibit in briefing.exhibits.items():
        if not set(exhibit.sources) <= own:
            continue
        rests = set(_inputs(exhibit_id, exhibit, briefing)) - own
        if exhibit.computed and rests:
            continue
        titles = "、".join(briefing.sources[name].title for name in exhibit.sources)
        what = "its data name no other" if exhibit.computed else "it is not marked as computed"
        yield Problem(
            ("exhibits", exhibit_id, "sources"),
            f"`{exhibit_id}` names the house alone as its source ({titles}), and {what}",
            "name the origin of the data in `sources`; for own calculations, give the inputs "
            "their sources and write `computed: true`",
            subject=exhibit_id,
        )
    yield from _misspelt(briefing)


def is_own(source: Source, briefing: Briefing) -> bool:
    """Whether a source is the house itself."""
    house = briefing.brokerage
    names = {house.legal_name, *house.names.values(), "本公司", "本机构"}
    return source.publisher in names or bool(_OWN_WORK.fullmatch(source.title))


def _inputs(exhibit_id: str, exhibit: Exhibit, briefing: Briefing) -> Iterator[str]:
    """The sources of the numbers that an exhibit shows."""
    for part in data(exhibit, briefing):
        for name in part.columns:
            yield part.table.column(name).source or part.table.source
    cells = exhibit.grid.rows if exhibit.grid else ()
    computed = briefing.computed.get(exhibit_id, {}).values()
    gridded = [shown for row in cells for cell in row for shown in bound(cell, briefing)]
    for shown in (*chain.from_iterable(computed), *gridded):
        yield from shown.number.sources if shown.number else ()


def _misspelt(briefing: Briefing) -> Iterator[Problem]:
    house = briefing.brokerage
    names = {house.legal_name, *house.names.values()}
    others = {s.publisher for s in briefing.sources.values() if s.kind != "report"}
    known = names | {licence.entity for licence in house.licences.values()}
    known |= set(briefing.glossary) | {s.name_zh for s in briefing.securities.values()}
    for path, text in _source_texts(briefing):
        for part in (_OWN_WORK.sub("", found) for found in (text, *_PARTS.split(text))):
            meant = next((name for name in names if _is_slip(part, name)), None)
            if meant and part not in known and part not in others - {text}:
                yield Problem(
                    path,
                    f"`{part}` looks like {meant}, misspelt",
                    f"write {meant}; if another firm is meant, list it in data/glossary.yaml",
                    text=part,
                    subject=part,
                )
                break


def _source_texts(briefing: Briefing) -> Iterator[tuple[ValuePath, str]]:
    for name, source in briefing.sources.items():
        yield ("sources", name, "publisher"), source.publisher
        yield ("sources", name, "title"), source.title
    for name, exhibit in briefing.exhibits.items():
        if exhibit.note:
            yield ("exhibits", name, "note"), exhibit.note


def _is_slip(text: str, name: str) -> bool:
    """Whether a text is a name with one slip, or two in a long one."""
    most = 2 if len(name) >= _SHORTEST else 1
    close = abs(len(text) - len(name)) <= most and len(name) > 3
    return close and 0 < _distance(text.casefold(), name.casefold()) <= most


def _distance(one: str, other: str) -> int:
    """How many characters must be added, dropped or replaced to get from one to the other."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, start=1):
        last, row = row, [i]
        for j, b in enumerate(other, start=1):
            row.append(min(last[j] + 1, row[-1] + 1, last[j - 1] + (a != b)))
    return row[-1]


def source_not_lawful(dossier: Dossier) -> Iterator[Answer]:
    """Words or sources that point to rumours, inside information or unpublished minutes.

    Why: research rests on public and lawful sources; inside information, unconfirmed rumours and
    minutes of calls that were never published must not be used. The words are a hint only: a
    person looks at each and attests that the source is public. Denials (不采用市场传闻) pass.

    Bad:  据传公司将获大额订单；{title: 专家调研纪要, …}
    Good: 公司公告披露了订单
    """
    told: set[str] = set()
    for passage, text, at in everywhere(dossier, lambda p: affirmed(_NOT_PUBLIC, p.text)):
        if text not in told:
            told.add(text)
            clause = passage.text[max(at - 12, 0) : at + len(text) + 12].strip()
            yield Question(
                f"`{text}` in “…{clause}…” may point to a source that is not public: is it lawful?",
                text,
                passage.path or ("front",),
            )
    for name, source in dossier.briefing.sources.items():
        line = f"{source.title} {source.publisher} {source.note or ''}"
        for text, _ in affirmed(_NOT_PUBLIC, line):
            yield Question(
                f"the source `{name}` ({source.title}, {source.publisher}) speaks of `{text}`: "
                "was it published, and may it be used?",
                name,
                ("sources", name),
            )
            break
