"""Charts in words: what their descriptions share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from briefgen.draw.canvas import MISSING
from briefgen.draw.scale import LARGE
from briefgen.model.language import write_number
from briefgen.model.number import Number, Style
from briefgen.model.table import Table


class Words(NamedTuple):
    """Punctuation and the few words that charts write themselves."""

    comma: str
    colon: str
    stop: str
    aside: str
    change: str
    events: str
    onwards: str
    upwards: str
    above: str
    below: str
    between: str
    exactly: str


_CHINESE = Words(
    *("、", "：", "；", "（{}）", "变化", "事件", "{} 年起", "自下而上："),
    *("{}% 以上", "{}% 以下", "{}% 至 {}%", "等于 {}%"),
)
_ENGLISH = Words(
    *(", ", ": ", "; ", " ({})", "Change", "Events", "from {}", "From the base up: "),
    *("above {}%", "below {}%", "{}% to {}%", "exactly {}%"),
)

_KINDS = {
    "grouped-bar": ("分组柱形图", "Bars in groups"),
    "ranked-bar": ("横向条形图", "Ranked bars"),
    "dumbbell": ("前后对比图", "Before and after"),
    "columns": ("柱形图", "Columns"),
    "stacked-bar": ("堆叠条形图", "Stacked bars"),
    "range": ("区间图", "Ranges"),
    "line": ("折线图", "Lines over time"),
    "heatmap": ("热力图", "Heat map"),
    "timeline": ("时间线", "Timeline"),
    "stages": ("阶段图", "Stages"),
    "chain": ("关系链图", "Chains"),
    "layered-chain": ("分层产业链图", "Layers"),
    "rating-bands": ("评级区间图", "Bands of ratings"),
}


def told(kind: str, text: str, language: str) -> str:
    """What a picture shows, behind what kind of picture it is."""
    name = _KINDS[kind][0 if language.startswith("zh") else 1]
    return f"{name}{words(language).colon}{text}"


def words(language: str) -> Words:
    """The words of a language."""
    return _CHINESE if language.startswith("zh") else _ENGLISH


def value(table: Table, row: int, column: str, language: str) -> str:
    """A cell as text: large numbers in their magnitude, percentages with their sign."""
    position = table.column_names.index(column)
    text = table.rows[row][position]
    if text is None or not table.columns[position].is_numeric:
        return text or MISSING
    number = Number(value=Decimal(text))
    kind = "compact" if abs(number.value) >= LARGE else "value"
    written = write_number(number, Style.model_validate({"kind": kind}), language, {})
    return f"{written}%" if table.column(column).unit == "%" else written


def title(table: Table, column: str) -> str:
    """A column's title, or its name."""
    return table.column(column).title or column


def rows(table: Table, label: str, columns: Sequence[str], language: str) -> str:
    """Every row with its label and its values; these with titles when there are several."""
    said = words(language)

    def values(row: int) -> Iterator[str]:
        for column in columns:
            written = value(table, row, column, language)
            yield f"{title(table, column)} {written}" if len(columns) > 1 else written

    return sentences(
        ((value(table, row, label, language), values(row)) for row in range(len(table.rows))), said
    )


def sentences(parts: Iterable[tuple[str, Iterable[str]]], said: Words) -> str:
    """`label: one, two; label: three`."""
    return said.stop.join(f"{label}{said.colon}{said.comma.join(items)}" for label, items in parts)
