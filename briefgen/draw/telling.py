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


_CHINESE = Words("、", "：", "；", "（{}）", "变化", "事件", "{} 年起", "自下而上：")
_ENGLISH = Words(", ", ": ", "; ", " ({})", "Change", "Events", "from {}", "From the base up: ")


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
