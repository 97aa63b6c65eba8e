"""Rules on the form of prose: headings, paragraphs, directives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.model.markdown import DIRECTIVE, parser

TOP = 2
"""The level of the highest heading in prose: a section has its own heading above it."""

LONG = 20
"""From how many characters on a paragraph that is printed twice is no coincidence."""


def heading_levels(dossier: Dossier) -> Iterator[Problem]:
    """A heading of the wrong level, or one without words.

    Why: the table of contents, the bookmarks of the PDF and a screen reader walk through the
    levels. The title of a section comes from `briefing.yaml`; headings in its prose start at
    `##` and go down one level at a time.

    Bad:  # 价格, or #### after ##
    Good: ## 价格, then ### 输入端
    """
    for name, text in dossier.briefing.prose.items():
        above = TOP - 1
        tokens = parser().parse(text)
        for token, inline in pairwise(tokens):
            if token.type != "heading_open" or token.map is None:
                continue
            level, line = int(token.tag[1]), token.map[0] + 1
            words = inline.content.strip()
            if level < TOP:
                message = f"the heading `{words}` is of level {level}, prose starts at `##`"
                yield Problem(("prose", name), message, f"write `## {words}`", "#", line)
            elif level > above + 1:
                message = f"the heading `{words}` is of level {level}, the one above of {above}"
                if above < TOP:
                    message = f"the first heading `{words}` is of level {level}"
                help_line = f"write `{'#' * (above + 1)} {words}`"
                yield Problem(("prose", name), message, help_line, "#" * level, line)
            if not words:
                message = "the heading is empty"
                yield Problem(("prose", name), message, "write it, or delete it", "#", line)
            above = max(level, TOP)


def paragraph_twice(dossier: Dossier) -> Iterator[Problem]:
    """A paragraph that the briefing prints twice.

    Why: one of the two was copied and should have been rewritten, or was pasted by mistake.

    Bad:  the same sentence in overview.md and pricing.md
    Good: the thesis in the overview, its reasons in the section
    """
    seen: dict[str, str] = {}
    for name, text in dossier.briefing.prose.items():
        for block in parser().parse(text):
            words = re.sub(r"\s", "", block.content)
            if block.type != "inline" or block.map is None or len(words) < LONG:
                continue
            line = block.map[0] + 1
            if words in seen:
                message = f"this paragraph stands in {seen[words]} already"
                help_line = "delete it, or say something new"
                yield Problem(("prose", name), message, help_line, line=line)
            seen.setdefault(words, f"{name}:{line}")


def directive_mismatch(dossier: Dossier) -> Iterator[Problem]:
    """A directive that calls a chart a table, or that nothing closes.

    Why: an author who writes `{table}` over a chart has another exhibit in mind. A directive that
    is not closed swallows the rest of the file: nothing after it is printed.

    Bad:  :::{table} cause-chain, a figure; no `:::` after it
    Good: :::{figure} cause-chain, and `:::` on the next line
    """
    briefing = dossier.briefing
    for name, text in briefing.prose.items():
        lines = text.splitlines()
        for block in parser().parse(text):
            match = DIRECTIVE.fullmatch(block.info) if block.type == "colon_fence" else None
            if match is None or block.map is None:
                continue
            first, end = block.map
            exhibit = briefing.exhibits[match["argument"]]
            kind = "figure" if exhibit.is_figure else "table"
            if match["name"] != kind:
                column = lines[first].index(match["name"]) + 1
                message = f"`{match['name']}` names `{match['argument']}`, which is a {kind}"
                yield Problem(
                    ("prose", name),
                    message,
                    f"write `:::{{{kind}}} {match['argument']}`",
                    match["name"],
                    first + 1,
                    column,
                    subject=match["argument"],
                    fix=kind,
                )
            if block.content.strip() or not re.fullmatch(r"\s*:{3,}\s*", lines[end - 1]):
                message = f"the directive of `{match['argument']}` is not closed"
                if block.content.strip():
                    message += ": what stands below it is not printed"
                yield Problem(
                    ("prose", name),
                    message,
                    "put `:::` on the line after it",
                    ":::",
                    first + 1,
                    subject=match["argument"],
                )
