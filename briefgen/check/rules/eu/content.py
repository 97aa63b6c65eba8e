"""Rules on what a recommendation says: views and facts, sources, forecasts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question, Unknown, rests_on
from briefgen.check.rules.ratings.calls import calls
from briefgen.model.markdown import plain_runs

SURE = re.compile(
    "必将|必然|必定|势必|注定|无疑|毫无疑问|肯定(?:会|将)|一定(?:会|将)|(?<!必)将(?:会|在|于|成为|迎来|达到)"
    "|会(?:进一步|持续|继续|大幅)"
    r"|\bwill\b|\bis (?:certain|bound|set) to\b|\bundoubtedly\b|\binevitably\b",
    re.IGNORECASE,
)
"""Words that state what is to come as if it were known."""

MARKED = re.compile(
    "我们|本报告|预计|预期|预测|估计|估算|有望|或将|可能|若|如果|假设|假如|测算|认为|判断|看好|指引|计划|拟"
    "|目标|据|表示|宣布|称|公告"
    r"|\bwe\b|\b(?:expect|forecast|estimate|believe|assum|plan|guid|announc|said|says|target)\w*"
    r"|\b(?:may|might|could|would|should|likely|if|in our view|according to)\b",
    re.IGNORECASE,
)
"""Words that show a sentence to be a view, a condition, or what somebody else said."""

_SENTENCE = re.compile(r"[^。！？；\n]+?(?:[。！？；]|(?<!\d)[.!?](?=\s|$)|$)")
_TOLD = 3
"""How many sentences a question quotes."""


def view_written_as_fact(dossier: Dossier) -> Iterator[Answer]:
    """A sentence on what is to come that reads like a fact.

    Why: Delegated Regulation (EU) 2016/958, Art. 3(1)(a): facts are clearly distinguished from
    interpretations, estimates and opinions. Found are sentences of the prose with words of
    certainty (必将, 将会, will) in which nothing marks a view, a condition or whose words they
    are (预计, 我们认为, 若, 据, we expect). Whether one is a fact after all, a human says.

    Bad:  模型价格必将继续下降。
    Good: 我们预计模型价格继续下降；若算力紧张，则相反。
    """
    for name, text in dossier.briefing.prose.items():
        found = [sentence for sentence in _sentences(text) if _is_bare(sentence)]
        if found:
            quoted = "”, “".join(found[:_TOLD])
            more = f" and {len(found) - _TOLD} more" if len(found) > _TOLD else ""
            yield Question(
                f"is this known, or is it a view, to be marked by 预计, 我们认为, we expect? "
                f"“{quoted}”{more}",
                name,
                ("prose", name),
            )


def _sentences(text: str) -> Iterator[str]:
    """The sentences of a prose file, with `…` in place of bound numbers."""
    paragraphs: dict[int, list[str]] = {}
    for run, line, _ in plain_runs(text):
        paragraphs.setdefault(line, []).append(run)
    for runs in paragraphs.values():
        yield from (match[0].strip() for match in _SENTENCE.finditer("…".join(runs)))


def _is_bare(sentence: str) -> bool:
    return bool(SURE.search(sentence)) and not MARKED.search(sentence)


def material_source_unnamed(dossier: Dossier) -> Iterator[Answer]:
    """A number without a source, or an exhibit that does not name the sources of its data.

    Why: Delegated Regulation (EU) 2016/958, Art. 3(1)(b): all substantially material sources of
    information are clearly and prominently indicated. It rests on the checks that every number
    has a source (CHK102) and that source lines name what the data come from (CHK306).

    Bad:  sources: [company-filings] under a table that is taken from price-pages
    Good: sources: [price-pages]
    """
    yield from rests_on(dossier, "CHK102", "CHK306")


def doubtful_source_unmarked(dossier: Dossier) -> Iterator[Answer]:
    """A source of which nobody said whether it is reliable, or a doubtful one without a reason.

    Why: Delegated Regulation (EU) 2016/958, Art. 3(1)(c): sources are reliable, or where there is
    doubt this is clearly indicated. Filings and standards are taken to be reliable; of other
    kinds the house says what it thinks. The mark of a doubtful source is printed with its title.

    Bad:  chat-log: {kind: media, reliability: doubtful, …}
    Good: chat-log: {kind: media, reliability: doubtful, note: 单一自媒体，未能核实, …}
    """
    for name, source in dossier.briefing.sources.items():
        path = ("sources", name)
        if source.reliability is None and source.kind not in {"filing", "standard"}:
            reason = f"nobody said whether the source `{name}` ({source.kind}) is reliable"
            help_line = "add `reliability: reliable` or `doubtful` to it in sources.yaml"
            yield Unknown(reason, help_line, path, name)
        elif source.reliability == "doubtful" and source.note is None:
            message = f"the source `{name}` is doubtful, and nothing says why"
            yield Problem(path, message, "add `note: …` to it in sources.yaml", subject=name)


def projection_unlabelled(dossier: Dossier) -> Iterator[Answer]:
    """A forecast or target price that is not labelled as such, or whose assumptions are missing.

    Why: Delegated Regulation (EU) 2016/958, Art. 3(1)(d): projections, forecasts and price
    targets are clearly labelled, and the material assumptions made in producing them indicated.
    The note of a fact, the description of a column and the valuation of a call hold them. That
    numbers of the future are labelled at all, CHK104 checks.

    Bad:  sales_next_year: {value: 120, unit: CNY, as_of: 2027, forecast: true, …}
    Good: … forecast: true, note: 假设调用量每年增长三成
    """
    yield from rests_on(dossier, "CHK104")
    briefing = dossier.briefing
    for name, number in briefing.facts.items():
        if number.is_forecast and not number.is_derived and not number.note:
            message = f"`{name}` is a forecast, and nothing says what it assumes"
            yield Problem(("facts", name), message, "add `note: …`", subject=name)
    for table in briefing.tables.values():
        for column in table.columns:
            if column.forecast and not column.description:
                yield Problem(
                    ("tables", table.name),
                    f"`{table.name}.{column.name}` holds forecasts, and nothing says what they "
                    "assume",
                    "add `description: …` to the field in datapackage.yaml",
                    subject=f"{table.name}.{column.name}",
                )
    for call in calls(briefing):
        if call.rating.target and not call.rating.valuation:
            yield Problem(
                call.path,
                f"{call.name} has a target price, and nothing says what it assumes",
                "add `valuation: …` to the call",
                subject=call.subject or "sector",
            )
