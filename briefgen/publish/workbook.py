"""`exhibits.xlsx`: a list of the exhibits, and a sheet with the data of each."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import datetime, time
from typing import Any

from briefgen.diagnostics.show import cells
from briefgen.model.briefing import Briefing
from briefgen.model.exhibit_rows import Cell, Rows, rows_of
from briefgen.model.language import write_period
from briefgen.model.number import Shown, places
from briefgen.model.numbering import Numbering, number
from briefgen.model.plain import plain_text
from briefgen.model.value import period_end

NAME = "exhibits.xlsx"
SHEET_NAME = 31
"""Characters that the name of a sheet may have."""
WIDTHS = (8, 60)
"""The narrowest and the widest column, in characters of Latin."""


def workbook(briefing: Briefing, labels: Mapping[str, str]) -> bytes:
    """The workbook; the same bytes on every machine, so its parts are stored uncompressed."""
    from xlsxwriter import Workbook

    written = io.BytesIO()
    book = Workbook(written, {"in_memory": True})
    title = plain_text(briefing.front.title, briefing)
    created = datetime.combine(period_end(briefing.front.date), time())
    book.set_properties({"title": title, "created": created, "comments": briefing.slug})
    _Sheets(book, briefing, labels).write()
    book.close()
    return _stored(written.getvalue())


def _stored(content: bytes) -> bytes:
    """The same archive without compression, whose result depends on the library."""
    plain = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(plain, "w") as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name)
            entry.create_system, entry.external_attr = 3, 0o600 << 16
            new.writestr(entry, old.read(name))
    return plain.getvalue()


class _Sheets:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, briefing: Briefing, labels: Mapping[str, str]) -> None:
        self._book, self._briefing, self._labels = book, briefing, labels
        self._numbering: Numbering = number(briefing)
        self._formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def write(self) -> None:
        """The list, then the exhibits as they are numbered."""
        index = self._book.add_worksheet(self._labels["exhibit_list"][:SHEET_NAME])
        index.set_column(0, 0, 10)
        index.set_column(1, 1, WIDTHS[1])
        index.set_column(2, 2, WIDTHS[1])
        title = plain_text(self._briefing.front.title, self._briefing)
        index.write_string(0, 0, title, self._format(bold=True))
        for name, position in self._numbering.exhibits.items():
            sheet = f"{position} {name}"[:SHEET_NAME].rstrip()
            numbered = self._label("exhibit_number", number=position)
            link = self._format(font_color="#0563c1", underline=1)
            index.write_url(position, 0, f"internal:'{sheet}'!A1", link, numbered)
            index.write_string(position, 1, self._caption(name))
            index.write_string(position, 2, self._sources(name))
            self._exhibit(self._book.add_worksheet(sheet), name, numbered)

    def _exhibit(self, sheet: Any, name: str, numbered: str) -> None:
        blocks = rows_of(self._briefing, name)
        sheet.write_string(0, 0, f"{numbered} {self._caption(name)}", self._format(bold=True))
        at = 2
        for block in blocks:
            at = self._block(sheet, at, block) + 1
        for line in self._lines(name, blocks):
            sheet.write_string(at, 0, line)
            at += 1
        self._widen(sheet, blocks)

    def _block(self, sheet: Any, at: int, block: Rows) -> int:
        """Heads and units where there are any, then the rows; the row after them."""
        for texts, look in (
            (block.heads, self._format(bold=True, bottom=1, text_wrap=True)),
            (block.units, self._format(italic=True)),
        ):
            for column, text in enumerate(texts):
                if text:
                    sheet.write_string(at, column, text, look)
            at += any(texts)
        for row in block.rows:
            for column, cell in enumerate(row):
                self._cell(sheet, at, column, cell)
            at += 1
        return at

    def _cell(self, sheet: Any, row: int, column: int, cell: Cell) -> None:
        if isinstance(cell, str):
            sheet.write_string(row, column, cell)
        elif cell is not None and cell.number is not None and cell.style.kind == "printed":
            sheet.write_string(row, column, cell.number.printed or "")
        elif cell is not None and cell.number is not None:
            value, written = _value(cell, self._briefing.language)
            sheet.write_number(row, column, value, self._format(num_format=written))
        elif cell is not None and cell.period is not None:
            sheet.write_string(row, column, write_period(cell.period, self._briefing.language))

    def _lines(self, name: str, blocks: tuple[Rows, ...]) -> list[str]:
        """What stands below the data: note, sources, as-of, the exhibit in the original."""
        exhibit = self._briefing.exhibits[name]
        lines = []
        if exhibit.note:
            lines.append(self._label("note_line", note=self._plain(exhibit.note)))
        lines.append(self._label("source_line", sources=self._sources(name)))
        for as_of in dict.fromkeys(block.as_of for block in blocks if block.as_of):
            period = write_period(as_of, self._briefing.language)
            lines.append(self._label("as_of_is", period=period))
        if exhibit.original:
            lines.append(self._label("original_exhibit", number=exhibit.original))
        if exhibit.computed:
            lines.append(self._labels["computed_mark"])
        return lines

    def _widen(self, sheet: Any, blocks: tuple[Rows, ...]) -> None:
        for column in range(max(len(row) for block in blocks for row in block.rows)):
            texts = [
                cell
                for block in blocks
                for row in (block.heads, block.units, *block.rows)
                if column < len(row) and isinstance(cell := row[column], str)
            ]
            longest = max((cells(text) for text in texts), default=0) + 2
            sheet.set_column(column, column, min(max(longest, WIDTHS[0]), WIDTHS[1]))

    def _caption(self, name: str) -> str:
        return self._plain(self._briefing.exhibits[name].caption)

    def _sources(self, name: str) -> str:
        titles = []
        for source_id in self._briefing.exhibits[name].sources:
            source = self._briefing.sources[source_id]
            is_report = source.kind == "report"
            named = self._label("report_title", house=source.publisher, title=source.title)
            titles.append(named if is_report else source.title)
        return self._labels["list_separator"].join(titles)

    def _plain(self, line: str) -> str:
        return plain_text(line, self._briefing, self._reference)

    def _reference(self, anchor: str) -> str:
        for kind in ("exhibit", "section"):
            numbers = getattr(self._numbering, f"{kind}s")
            if anchor in numbers:
                return self._label(f"{kind}_number", number=numbers[anchor])
        return anchor

    def _label(self, name: str, **values: object) -> str:
        return self._labels[name].format(**values)

    def _format(self, **properties: Any) -> Any:
        """The cell format with these properties, made once."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(properties)
        return self._formats[key]


def _value(shown: Shown, language: str) -> tuple[float, str]:
    """A number as a workbook holds it, and the number format that writes it as the text does."""
    quantity, digits = shown.number, shown.style.digits
    assert quantity is not None, "dates are no numbers"
    if shown.style.kind in {"percent", "change", "times"}:
        form = "0" + _decimals(1 if digits is None else digits)
        if shown.style.kind == "times":
            form += '"倍"' if language.startswith("zh") else '"x"'
        else:
            form += "%"
        if shown.style.kind == "change":
            form = f"+{form};\N{MINUS SIGN}{form};{form}"
        return float(quantity.share()), form
    if digits is None or shown.style.kind == "compact":
        written = -int(quantity.value.as_tuple().exponent)
        digits = places(quantity.value) if quantity.is_derived else written
    whole = "#,##0" if abs(quantity.value) >= 10_000 else "0"
    return float(quantity.value), whole + _decimals(max(digits, 0))


def _decimals(digits: int) -> str:
    return "." + "0" * digits if digits else ""
