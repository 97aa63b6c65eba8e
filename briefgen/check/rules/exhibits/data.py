"""Rules on what exhibits show: sources, units, order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, groupby, pairwise

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.check.shown import bound, sources
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit import Exhibit, TableView
from briefgen.model.number import Number, Shown
from briefgen.model.table import Column, Table
from briefgen.model.unit import PERCENT
from briefgen.model.value import Period, period_end, period_start
from briefgen.model.verdict import Contradiction

_PERIOD = re.compile(r"\d{4}(-\d{2}(-\d{2})?|-Q[1-4]|-H[12])?(/\d{4}\S*)?", re.ASCII)
_BARE = re.compile(r"\W*\{\{[^{}]*\}\}\W*")
"""A cell that is one number, with signs and marks at most."""

_RISERS = re.compile(
    r"涨幅[居排]?前|涨幅最大|领涨|增[速幅][居排]?前|增速榜|[Tt]op gainers|[Gg]ainers"
)
_FALLERS = re.compile(
    r"跌幅[居排]?前|跌幅最大|领跌|降[速幅][居排]?前|降速榜|[Tt]op losers|[Ll]osers"
)


def source_line_differs(dossier: Dossier) -> Iterator[Problem]:
    """An exhibit that shows numbers of a source which its source line does not name.

    Why: the source line is what a reader goes by; `sources` is written by hand, the data carry
    their own. Definitions (of a standard) need no mention, nor does what the house compiled itself
    or the report that a reconstruction rebuilds, which every page names. Numbers of a briefing
    that is compared are covered by its report, which passed them on.

    Bad:  sources: [openai-site], over a table whose `source` is `statista`
    Good: sources: [statista]
    """
    briefing = dossier.briefing
    original = briefing.front.original
    implied = {briefing.brokerage.source, original.source if original else None}
    implied |= {name for name, source in briefing.sources.items() if source.kind == "standard"}
    for exhibit_id, exhibit in briefing.exhibits.items():
        shown = set(sources(exhibit_id, briefing))
        named = set(exhibit.sources)
        for other in briefing.compared.values():
            if other.front.original and other.front.original.source in named:
                named |= other.sources.keys()
        for source in sorted(shown - implied - named):
            title = f" ({briefing.sources[source].title})" if source in briefing.sources else ""
            yield Problem(
                ("exhibits", exhibit_id, "sources"),
                f"`{exhibit_id}` shows data of `{source}`{title}, its source line does not name it",
                f"add `{source}` to `sources`",
                subject=f"{exhibit_id} {source}",
            )


def mixed_units(dossier: Dossier) -> Iterator[Problem]:
    """A column of numbers that are not counted in one unit.

    Why: numbers below each other are compared. Without their units (`| value`) nobody sees that
    they differ; with them, prices per thousand and per million still look alike. Numbers of
    different kinds, each with its unit, and cells with words are left to the author.

    Bad:  a column with {{ price_per_thousand | value }} and {{ price_per_million | value }}
    Good: one unit for all, named in the head
    """
    briefing = dossier.briefing
    for exhibit_id, exhibit in briefing.exhibits.items():
        grid = exhibit.grid
        for column in grid.numbers if grid else ():
            cells = [row[column - 1] for row in grid.rows] if grid else []
            bare = [cell for cell in cells if _BARE.fullmatch(cell)]
            shown = [one for cell in bare for one in bound(cell, briefing) if one.number]
            clash = next((pair for pair in combinations(shown, 2) if _clash(*pair)), None)
            if grid and clash:
                units = " and ".join(f"`{one.number.unit}`" for one in clash if one.number)
                yield Problem(
                    ("exhibits", exhibit_id, "grid"),
                    f"column `{grid.heads[column - 1]}` of `{exhibit_id}` mixes {units}",
                    "bring the numbers to one unit, or leave the unit in every cell",
                    subject=f"{exhibit_id} {column}",
                )


def _clash(one: Shown, other: Shown) -> bool:
    """Whether two numbers below each other mislead."""
    if one.number is None or other.number is None or one.number.unit == other.number.unit:
        return False
    if one.number.unit.is_pure and other.number.unit.is_pure:
        return {one.style.kind, other.style.kind} & {"value", "plain"} != set()
    is_bare = "value" in {one.style.kind, other.style.kind}
    is_alike = one.number.unit.ratio_to(other.number.unit) is not None
    return is_bare or (is_alike and {one.style.kind, other.style.kind} == {"plain"})


def rank_order(dossier: Dossier) -> Iterator[Problem]:
    """A ranking that is not in order, or that lists what does not belong there.

    Why: ranks are read as an order by some number that the table shows. Gainers that fell, or
    losers that rose, contradict the caption; when a source prints them, it is its mistake.

    Bad:  rank: true over rows by name; −0.4% among 涨幅前二十
    Good: rows in the order of the number that ranks them
    """
    briefing = dossier.briefing
    for exhibit_id, exhibit in briefing.exhibits.items():
        view = exhibit.view
        if view is None or view.table not in briefing.tables:
            continue
        table = briefing.tables[view.table]
        columns = list(_numeric(view, table, briefing, exhibit_id))
        if view.rank and columns and not any(_is_sorted(values) for _, values in columns):
            yield Problem(
                ("exhibits", exhibit_id, "view"),
                f"`{exhibit_id}` shows ranks, and no column of numbers is in order",
                "sort the rows of the table by what ranks them, or delete `rank`",
                subject=exhibit_id,
            )
        yield from _wrong_sign(exhibit_id, exhibit, table)


def _numeric(
    view: TableView, table: Table, briefing: Briefing, exhibit_id: str
) -> Iterator[tuple[str, list[Decimal | None]]]:
    """The columns of numbers that a view shows: name and values, from top to bottom."""
    computed = briefing.computed.get(exhibit_id, {})
    for column in view.columns:
        if column.formula is not None:
            shown = computed[column.formula]
            yield column.formula, [one.number.value if one.number else None for one in shown]
        elif column.column and table.column(column.column).is_numeric:
            cells = [cell for _, cell in table.cells(column.column)]
            yield column.column, [None if cell is None else Decimal(cell) for cell in cells]


def _is_sorted(values: Sequence[Decimal | None]) -> bool:
    given = [value for value in values if value is not None]
    return given in (sorted(given), sorted(given, reverse=True))


def _wrong_sign(exhibit_id: str, exhibit: Exhibit, table: Table) -> Iterator[Problem]:
    """Falls among gainers, rises among losers, in the columns of percentages."""
    caption = f"{exhibit.caption} {exhibit.original or ''}"
    sign = 1 if _RISERS.search(caption) else -1 if _FALLERS.search(caption) else 0
    shown = {column.column for column in exhibit.view.columns} if exhibit.view else set()
    for column in (one for one in table.columns if sign and one.name in shown and _is_change(one)):
        for row, cell in table.cells(column.name):
            if cell is not None and Decimal(cell) * sign <= 0:
                kind = "gainers" if sign > 0 else "losers"
                number = Number(value=Decimal(cell), unit=PERCENT)
                yield Problem(
                    ("cells", table.name, row),
                    f"`{exhibit_id}` lists {kind}, and `{row}` moved {cell}%",
                    "take it out, or mend the caption",
                    subject=f"{exhibit_id} {row}",
                    contradiction=Contradiction(
                        kind="rank_sign",
                        values={
                            "caption": exhibit.caption,
                            "row": row,
                            "change": Shown(number=number),
                        },
                    ),
                )


def _is_change(column: Column) -> bool:
    return column.is_numeric and column.unit == "%"


def timeline_out_of_order(dossier: Dossier) -> Iterator[Problem]:
    """A table of events that does not go through time in one direction.

    Why: a chronicle is read as one; an event in the wrong row looks like a wrong date. A day and
    the month around it are in order either way.

    Bad:  2024-03-15 below 2024-04-18, above 2024-05-14
    Good: from the first to the last, or from the last to the first
    """
    briefing = dossier.briefing
    for exhibit_id, exhibit in briefing.exhibits.items():
        view = exhibit.view
        table = briefing.tables.get(view.table) if view else None
        first = view.columns[0].column if view else None
        if view is None or table is None or first is None:
            continue
        groups = [cell for _, cell in table.cells(view.group_by)] if view.group_by else []
        cells = list(table.cells(first))
        if not cells or not all(cell and _PERIOD.fullmatch(cell) for _, cell in cells):
            continue
        keyed = [(groups[at] if groups else None, *cell) for at, cell in enumerate(cells)]
        for _, run in groupby(keyed, key=lambda one: one[0]):
            dates = [(row, cell or "") for _, row, cell in run]
            late = [pair for pair in pairwise(dates) if _before(pair[1][1], pair[0][1])]
            if late and any(_before(a, b) for (_, a), (_, b) in pairwise(dates)):
                (_, above), (row, date) = late[0]
                yield Problem(
                    ("cells", table.name, row),
                    f"`{exhibit_id}` puts {date} below {above}",
                    "sort the rows by date",
                    subject=exhibit_id,
                )


def _before(one: Period, other: Period) -> bool:
    """Whether a period is over when another begins."""
    return period_end(one) < period_start(other)
