"""Rules on numbers in prose."""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefgen.check.dossier import Dossier
from briefgen.check.passages import Passage, prose_passages
from briefgen.check.rule import Problem
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import plain_runs
from briefgen.model.marks import marked
from briefgen.model.value import Markdown

_NO_NUMBER = re.compile(
    r"""
    \d{4}\s*[-–至/]\s*\d{4}\s*年                     # 2021–2025 年
  | \d{4}\s*年(\s*\d{1,2}\s*月(\s*\d{1,2}\s*日)?)?    # 2024 年 3 月 25 日
  | \d{1,2}\s*月(\s*\d{1,2}\s*日)?                   # 3 月 23 日
  | \d{4}-\d{2}(-\d{2})?                             # 2024-03-25
  | (\d{1,2}\s+)?(January|February|March|April|May|June|July|August|September|October
      |November|December)\s+\d{4}                     # March 2024, 25 March 2024
  | \b(19|20)\d{2}–(19|20)\d{2}\b                    # 2021–2025
  | \b([Ii]n|[Bb]y|[Oo]f|[Ff]or|[Ff]rom|[Uu]ntil|[Ss]ince|[Aa]fter|and|to)\s+
      (19|20)\d{2}(–(19|20)\d{2})?\b(?![-.,]?\d)      # in 2024, in 2021–2025
  | (?<![代发])[图表]\s*\d+                           # 图 2
  | 第\s*\d+\s*[节章页条款期季]                       # 第 3 节
  | [A-Za-z][A-Za-z0-9_.]*(-?[0-9][A-Za-z0-9_.]*)+   # GPT-4, moonshot-v1, Q1
  | [0-9]+[A-Za-z][A-Za-z0-9_-]*                     # 3D, 128k
    """,
    re.VERBOSE,
)
_NUMBER = re.compile(r"[+\-−]?\d[\d,.]*\s*[%％]?")


def unbound_number(dossier: Dossier) -> Iterator[Problem]:
    """A digit in prose that is bound to nothing.

    Why: a reader and a supervisory analyst must be able to trace every number to its source. A
    number that is typed is a copy; it stays when its source changes. Dates, numbers of exhibits
    and digits in names (`GPT-4`, `128k`, the names in `names_with_digits` of `workspace.yaml`)
    are no numbers.

    Bad:  输出价格为 60 元/百万 tokens
    Good: 输出价格为 {{ prices["moonshot-v1-128k"].output }}
    """
    briefing = dossier.briefing
    for passage in (*prose_passages(briefing), *_lines(briefing)):
        for found, at in _unbound(passage.text, briefing.names_with_digits):
            yield passage.problem(found, at, f"`{found}` is bound to nothing", _HELP)


def _lines(briefing: Briefing) -> Iterator[Passage]:
    """The lines of Markdown in YAML files; other texts there are names."""
    lines = {"front": briefing.front, "exhibits": briefing.exhibits}
    lines |= {"recommendations": briefing.recommendations}
    for part, value in lines.items():
        for field in marked(value, (part,)):
            if isinstance(field.mark, Markdown):
                for run, _, column in plain_runs(field.text):
                    yield Passage(run, field.path, None, column, field.text)


_HELP = 'bind it: `{{ fact }}` or `{{ table["row"].column }}`'


def _unbound(run: str, names: tuple[str, ...]) -> Iterator[tuple[str, int]]:
    """The numbers in a stretch of text that are neither dates nor parts of names, with offsets."""
    for name in sorted(names, key=len, reverse=True):
        run = re.sub(rf"(?<!\d){re.escape(name)}(?![.]?\d)", _blank, run)
    for match in _NUMBER.finditer(_NO_NUMBER.sub(_blank, run)):
        yield match[0].rstrip(" .,"), match.start()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
