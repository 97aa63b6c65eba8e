"""CN-29, 30, 31, 34: numbers agree, forecasts are forecasts, peers and surveys are explained."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.compliance.vouched import vouched
from briefgen.check.dossier import Dossier
from briefgen.check.rule import Answer, Problem, Question, rests_on
from briefgen.check.rules.cn.publishing import undeclared
from briefgen.check.rules.cn.sources import is_own
from briefgen.check.rules.ratings.calls import calls
from briefgen.model.briefing import Briefing
from briefgen.model.release import Role
from briefgen.model.section import Survey

AGREEMENT = (
    "CHK101", "CHK111", "CHK112", "CHK114", "CHK115", "CHK116", "CHK117", "CHK118", "CHK119",
    "CHK120", "CHK121", "CHK122", "CHK124", "CHK306",
)  # fmt: skip
"""The rules that compare text, figures and tables."""

REVIEWERS: tuple[Role, ...] = ("quality-reviewer", "supervisory-analyst")
"""Who can say that an analysis is reasonable."""

_COMPARES = re.compile(r"可比公司|可比估值|同业|\bpeers?\b|\bcomparable", re.IGNORECASE)


def text_and_exhibits_disagree(dossier: Dossier) -> Iterator[Answer]:
    """Text, figures and tables that do not agree, or numbers in the text that nothing binds.

    Why: firms were sanctioned for “文字图表不一致” under article 9 of the 暂行规定. Numbers are
    bound to facts and cells, so text and table show the same one; what is recomputed or stated
    twice is compared by the rules of the family CHK1, which this one rests on.

    Bad:  输出价格为 60 元 in the text, 50 in the table
    Good: {{ prices["moonshot-v1-128k"].output }} in the text, the same cell in the table
    """
    yield from rests_on(dossier, *AGREEMENT)


def forecast_not_labelled(dossier: Dossier) -> Iterator[Answer]:
    """A forecast that is not marked as one, or that gives no assumptions.

    Why: forecasts without sufficient reasons were sanctioned under article 9 of the 暂行规定. A
    number of a time to come is marked `forecast: true` (CHK104); a target price or expected return
    has its method and assumptions in `valuation`; a forecast of the house has them in its formula
    or `note`. Whether the assumptions are reasonable, a person says.

    Bad:  a call with `target:` and without `valuation:`
    Good: valuation: 按可比公司的市销率估值，假设调用成本随价格同步下降。
    """
    yield from rests_on(dossier, "CHK104")
    briefing = dossier.briefing
    forecasts: list[str] = []
    for call in calls(briefing):
        what = "target" if call.rating.target else "expected_return"
        if getattr(call.rating, what) is None:
            continue
        forecasts.append(call.name)
        if not call.rating.valuation:
            message = f"`{what}` of {call.name} has no method and assumptions"
            help_line = "add `valuation: …` to the call"
            yield Problem((*call.path, what), message, help_line, subject=call.subject)
    for name, number in briefing.facts.items():
        if not number.is_forecast:
            continue
        forecasts.append(f"`{name}`")
        own = [s for s in number.sources if is_own(briefing.sources[s], briefing)]
        if own and not (number.formula or number.note):
            message = f"the forecast `{name}` of the house gives no assumptions"
            help_line = "say in `note` of facts.yaml what it assumes, or compute it by `formula`"
            yield Problem(("facts", name), message, help_line, subject=name)
    forecasts += [
        f"`{table.name}.{column.name}`"
        for table in briefing.tables.values()
        for column in table.columns
        if column.forecast
    ]
    if forecasts:
        told = ", ".join(forecasts[:6]) + (f" and {len(forecasts) - 6} more" * (len(forecasts) > 6))
        question = f"are the forecasts reasonable, and their assumptions stated: {told}?"
        yield from vouched(dossier, "CN-30", question, roles=REVIEWERS)


def peers_not_explained(dossier: Dossier) -> Iterator[Answer]:
    """Companies that are compared with each other, and no word on why these.

    Why: “可比公司选择依据不充分” is a ground on which a firm was sanctioned under article 9 of the
    暂行规定. It applies where several securities are rated, or where a valuation speaks of peers.
    Whether the reason is sufficient, a person says.

    Bad:  valuation: 按可比公司的市销率估值, and no `peers` in `publication:`
    Good: peers: 三家公司都以模型调用为主要成本，故放在一起比较。
    """
    briefing = dossier.briefing
    stocks = [call for call in calls(briefing) if call.subject]
    by_peers = [call.name for call in stocks if _COMPARES.search(call.rating.valuation or "")]
    if len(stocks) < 2 and not by_peers:
        return
    yield from undeclared(dossier)
    publication = briefing.front.publication
    told = f"the valuation of {'、'.join(by_peers)} rests on peers"
    if not by_peers:
        told = f"{'、'.join(call.name for call in stocks)} are rated side by side"
    if publication and publication.peers is None:
        help_line = "add `peers: …` to `publication:`"
        yield Problem(("front", "publication"), f"{told}, and nothing says why these", help_line)
    elif publication:
        question = f"{told}: is the reason sufficient (“{publication.peers}”)?"
        yield from vouched(dossier, "CN-31", question, roles=REVIEWERS)


_SURVEY = {
    "respondents": "how many were asked",
    "method": "how they were chosen and asked",
    "fielded": "when they were asked",
    "bias": "in what way the answers may be one-sided",
}


def survey_not_described(dossier: Dossier) -> Iterator[Answer]:
    """A survey without number of respondents, method, dates, or a word on its bias.

    Why: shares of an unknown number of people, asked in an unknown way, prove nothing. Sections of
    the kind `survey` say it in fields of their own, which are printed. Of a survey that is only
    cited as a source, a person says whether the text tells enough. The citation is from memory and
    runs as a warning until a lawyer confirms it.

    Bad:  {kind: survey, title: 用户调研, prose: survey.md}
    Good: {kind: survey, …, respondents: asked, method: 线上问卷, fielded: 2026-01, bias: …}
    """
    briefing = dossier.briefing
    sections = list(_surveys(briefing))
    for position, section in sections:
        for field, what in _SURVEY.items():
            if getattr(section, field) is None:
                message = f"the survey `{section.title}` does not say {what}"
                yield Problem(
                    ("front", "sections", position),
                    message,
                    f"add `{field}: …` to the section",
                    subject=field,
                )
    for name, source in briefing.sources.items():
        if source.kind == "survey" and not sections:
            told = f"the survey `{name}` ({source.title}) is cited as a source: does the text say "
            yield Question(f"{told}{', '.join(_SURVEY.values())}?", name, ("sources", name))


def _surveys(briefing: Briefing) -> Iterator[tuple[int, Survey]]:
    for position, section in enumerate(briefing.front.sections):
        if isinstance(section, Survey):
            yield position, section
