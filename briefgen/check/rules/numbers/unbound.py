"""Rules on numbers in prose."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from functools import cache

from briefgen.check.dossier import Dossier
from briefgen.check.passages import Passage, prose_passages, texts
from briefgen.check.rule import Problem
from briefgen.diagnostics.place import ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import plain_runs
from briefgen.model.marks import marked
from briefgen.model.value import Markdown

_NO_NUMBER = re.compile(
    r"""
    \[\^[^\]\s]+\]                                    # [^1], a footnote without its text
  | \d{4}\s*[-–至/]\s*\d{4}\s*年                     # 2021–2025 年
  | \d{4}\s*年(\s*\d{1,2}\s*月(\s*\d{1,2}\s*日)?)?    # 2024 年 3 月 25 日
  | \d{1,2}\s*月(\s*\d{1,2}\s*日)?                   # 3 月 23 日
  | \d{4}-\d{2}(-\d{2})?                             # 2024-03-25
  | (\d{1,2}\s+)?(January|February|March|April|May|June|July|August|September|October
      |November|December)\s+\d{4}                     # March 2024, 25 March 2024
  | \b(19|20)\d{2}–(19|20)\d{2}\b                    # 2021–2025
  | \b([Ii]n|[Bb]y|[Oo]f|[Ff]or|[Ff]rom|[Uu]ntil|[Ss]ince|[Aa]fter|and|to)\s+
      (19|20)\d{2}(–(19|20)\d{2})?\b(?![-.,]?\d)      # in 2024, in 2021–2025
  | 第\s*\d+\s*[节章页条款期季]                       # 第 3 节
  | (?<!\d)\d{4,6}\.(SH|SZ|BJ|HK)\b                 # 688111.SH
  | [A-Za-z][A-Za-z0-9_.]*(-?[0-9][A-Za-z0-9_.]*)+   # GPT-4, moonshot-v1, Q1
  | [0-9]+(?!(?:[kKMmBbTxX]|bn|bps?|pct)(?![A-Za-z0-9_-]))
      [A-Za-z][A-Za-z0-9_-]*                         # 3D, but not 128k
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(
    r"""
    (?P<exhibit>(?<![代发])(?:图表|[图表])\s*)?
    (?P<number>[+\-−]?\d[\d,.]*(?:\s*[%％]|(?:[kKMmBbTxX]|bn|bps?|pct)(?![A-Za-z0-9_-]))?
      |[¼-¾⅐-⅞①-⓿❶-➓])
    """,
    re.VERBOSE,
)


_DATE = re.compile(
    r"""
    (?P<year>\d{4})\s*年\s*(?P<month>\d{1,2})\s*月(?:\s*(?P<day>\d{1,2})\s*日)?
  | (?P<iso_year>\d{4})-(?P<iso_month>\d{2})(?:-(?P<iso_day>\d{2}))?(?![-\d])
  | (?<![\d年至])(?P<short_month>\d{1,2})\s*月(?:\s*(?P<short_day>\d{1,2})\s*日)?
    """,
    re.VERBOSE,
)
_LEAP_YEAR = 2024
_IN_WORDS = re.compile(
    r"""
    (?:增长|增加|提升|提高|上升|上涨|下降|下滑|下跌|减少|降低|回落|高出|超过|超|逾|近|约|达到?
      |不足|不到|占到?|共计?|合计)\s*
    (?P<number>(?=[十百千]*[一二两三四五六七八九])[一二两三四五六七八九十百千]+\s*
      (?:家|款|倍|成(?![为立熟长本果交份员])|个百分点|万亿|亿|万(?=[元家人份次])|元|美元))
    """,
    re.VERBOSE,
)
_QUOTED = re.compile(r"[“「『].*?[”」』]")


def unbound_number(dossier: Dossier) -> Iterator[Problem]:
    """A number in prose, in digits or in words, that is bound to nothing, or a date that is none.

    Why: a reader and a supervisory analyst must be able to trace every number to its source. A
    number that is typed is a copy; it stays when its source changes, as the number of an exhibit
    does. Dates and digits in names (`GPT-4`, `3D`, the names in `names_with_digits` of
    `workspace.yaml`) are no numbers; `128k`, `5x` and `10bp` are, where no such name holds them.
    In words, what a verb or 约, 超过 and the like make a quantity is one.

    Bad:  输出价格为 60 元/百万 tokens，增长五倍
    Good: 输出价格为 {{ prices["moonshot-v1-128k"].output }}
    """
    briefing = dossier.briefing
    for passage in (*prose_passages(dossier), *_lines(briefing)):
        text = passage.text
        for match in _DATE.finditer(text):
            if not _is_date(match):
                message = f"`{match[0]}` is no date"
                yield passage.problem(match[0], match.start(), message, "mend it")
        for found, at in unbound(text, briefing.names_with_digits):
            help_line = _LINK if found[0] in "图表" else _HELP
            yield passage.problem(found, at, f"`{found}` is bound to nothing", help_line)
        for match in _IN_WORDS.finditer(_QUOTED.sub(_blank, text)):
            found, at = match["number"], match.start("number")
            yield passage.problem(found, at, f"`{found}` is bound to nothing", _HELP)


def _lines(briefing: Briefing) -> Iterator[Passage]:
    """Markdown in YAML files, and the words of charts and grids; other texts there are names."""
    lines = {"front": briefing.front, "exhibits": briefing.exhibits}
    lines |= {"recommendations": briefing.recommendations}
    for part, value in lines.items():
        for field in marked(value, (part,)):
            if isinstance(field.mark, Markdown):
                for run, _, column in plain_runs(field.text):
                    yield Passage(run, field.path, None, column, field.text)
    for name, exhibit in briefing.exhibits.items():
        at = ("exhibits", name)
        chart = exhibit.chart.model_dump(include=_WORDS_OF_CHARTS) if exhibit.chart else {}
        heads = exhibit.grid.heads if exhibit.grid else ()
        for path, text in (*texts(chart, (*at, "chart")), *texts(heads, (*at, "grid", "heads"))):
            yield Passage(text, path, whole=text)
    for path, title in _titles(briefing):
        if title:
            yield Passage(title, path, whole=title)


def _titles(briefing: Briefing) -> Iterator[tuple[ValuePath, str | None]]:
    """What stands in the edition and is no Markdown: titles, heads, notes on picks, `alt`."""
    for position, section in enumerate(briefing.front.sections):
        yield ("front", "sections", position, "title"), section.title
    for name, exhibit in briefing.exhibits.items():
        yield ("exhibits", name, "alt"), exhibit.alt
        for position, shown in enumerate(exhibit.view.columns if exhibit.view else ()):
            yield ("exhibits", name, "view", "columns", position, "header"), shown.header
    for name, group in briefing.recommendations.items():
        for position, pick in enumerate(group.picks):
            yield ("recommendations", name, "picks", position, "note"), pick.note
    for position, table in enumerate(briefing.tables.values()):
        fields = ("tables", "resources", position, "schema", "fields")
        for nth, column in enumerate(table.columns):
            yield (*fields, nth, "title"), column.title


_WORDS_OF_CHARTS = {"stages", "lanes", "layers"}
"""The fields of charts that hold words of the author, not names of columns."""

_HELP = 'bind it: `{{ fact }}` or `{{ table["row"].column }}`'

_LINK = "link the exhibit: `[](#id)`; one of a source goes into `names_with_digits`"


def _is_date(found: re.Match[str]) -> bool:
    """Whether there is such a month or day; one without a year may be of a leap year."""
    year = int(found["year"] or found["iso_year"] or _LEAP_YEAR)
    month = int(found["month"] or found["iso_month"] or found["short_month"])
    day = int(found["day"] or found["iso_day"] or found["short_day"] or 1)
    return year > 0 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def unbound(run: str, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The numbers in a stretch of text that are neither dates nor parts of names, with offsets."""
    if names:
        run = _any_of(names).sub(_blank, run)
    for match in _NUMBER.finditer(_NO_NUMBER.sub(_blank, run)):
        yield match[0].rstrip(" .,"), match.start()


@cache
def _any_of(names: tuple[str, ...]) -> re.Pattern[str]:
    """The names, the longest first, where no digit goes on."""
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<!\d)(?:{'|'.join(map(re.escape, longest_first))})(?![.]?\d)")


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
