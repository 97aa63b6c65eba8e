"""A sheet of an Excel workbook, every cell with its place."""

from __future__ import annotations

import io
import warnings
from typing import TYPE_CHECKING, Any

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.cells import Row, as_rows
from briefgen.model.table import Dialect

if TYPE_CHECKING:
    import pandas as pd

DIGITS = 15
"""Excel counts with so many digits and shows no more."""


def excel_rows(
    content: bytes, dialect: Dialect, file: str, named_at: Place | None, out: Collector
) -> list[Row] | None:
    """The rows of a sheet, the first one with content as the head; empty rows are skipped.

    `named_at` is the place that names the workbook, or the sheet in it. None after a finding.
    Reports: LOD301 for an empty sheet, LOD304, LOD305, LOD306, LOD307.
    """
    import pandas as pd

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl leaves out when it writes
            with pd.ExcelFile(io.BytesIO(content), engine="openpyxl") as book:
                sheet = _sheet([str(name) for name in book.sheet_names], dialect, named_at, out)
                if sheet is None:
                    return None
                frame = pd.read_excel(
                    book, sheet_name=sheet, header=None, dtype=object, na_filter=False
                )
            formulas = _formulas(content, sheet) if (frame == "").to_numpy().any() else {}
    except Exception as error:  # noqa: BLE001 openpyxl lets through whatever goes wrong in it
        reason = " ".join(str(error).split())
        message = f"no Excel workbook (.xlsx) that can be read: {reason}"
        out.report("LOD305", message, Place(file))
        return None
    return _Sheet(frame, sheet, file, formulas, out).rows()


def _sheet(
    names: list[str], dialect: Dialect, named_at: Place | None, out: Collector
) -> str | None:
    """The name of the sheet that is meant.

    Reports: LOD306.
    """
    if dialect.sheet_name is not None:
        if dialect.sheet_name in names:
            return dialect.sheet_name
        message = f"there is no sheet `{dialect.sheet_name}`"
        out.report("LOD306", message, named_at, did_you_mean(dialect.sheet_name, names))
        return None
    number = dialect.sheet_number or 1
    if number <= len(names):
        return names[number - 1]
    out.report("LOD306", f"there is no sheet {number}", named_at, f"the last one is {len(names)}")
    return None


def _formulas(content: bytes, sheet: str) -> dict[tuple[int, int], str]:
    """The formulas of a sheet by row and column, from 0."""
    from openpyxl import load_workbook

    book = load_workbook(io.BytesIO(content), read_only=True)
    try:
        return {
            (line, column): cell
            for line, row in enumerate(
                book[sheet].iter_rows(min_row=1, min_col=1, values_only=True)
            )
            for column, cell in enumerate(row)
            if isinstance(cell, str) and cell.startswith("=")
        }
    finally:
        book.close()


class _Sheet:
    """Looks at the cells of one sheet."""

    def __init__(
        self,
        frame: pd.DataFrame,
        sheet: str,
        file: str,
        formulas: dict[tuple[int, int], str],
        out: Collector,
    ) -> None:
        self.cells: list[list[Any]] = frame.to_numpy(dtype=object).tolist()
        self.sheet, self.file, self.formulas, self.out = sheet, file, formulas, out

    def rows(self) -> list[Row] | None:
        filled = [line for line, row in enumerate(self.cells) if any(cell != "" for cell in row)]
        if not filled:
            self.out.report("LOD301", f"the sheet `{self.sheet}` is empty", Place(self.file))
            return None
        first, *body = filled
        columns = [i for i, cell in enumerate(self.cells[first]) if cell != ""]
        sound = [self._is_sound(line, columns) for line in filled]
        if not all(sound):
            return None
        return as_rows(
            [str(self.cells[first][column]) for column in columns],
            [[self._value(line, column) for column in columns] for line in body],
            lambda row, column: self._place(filled[row], columns[column]),
            self.out,
            DIGITS,
        )

    def _value(self, line: int, column: int) -> object:
        cell: object = self.cells[line][column]
        return None if cell == "" else cell

    def _is_sound(self, line: int, columns: list[int]) -> bool:
        """Whether every cell has a head above it and a value.

        Reports: LOD304, LOD307.
        """
        sound = True
        for column, cell in enumerate(self.cells[line]):
            place = self._place(line, column)
            if column in columns and cell == "" and (line, column) in self.formulas:
                message = f"no value is stored for the formula `{self.formulas[line, column]}`"
                help_line = "open the workbook in Excel or LibreOffice and save it"
                self.out.report("LOD307", message, place, help_line)
            elif column in columns and cell != cell:  # pandas reads `#N/A` as NaN
                self.out.report("LOD307", "the cell shows an error of Excel", place)
            elif column not in columns and cell != "":
                self.out.report("LOD304", f"`{cell}` stands below no head", place)
            else:
                continue
            sound = False
        return sound

    def _place(self, line: int, column: int) -> NamedPlace:
        letters, rest = "", column + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        name = f"`{self.sheet}!{letters}{line + 1}`"
        return NamedPlace(self.file, line + 1, column + 1, name=name)
