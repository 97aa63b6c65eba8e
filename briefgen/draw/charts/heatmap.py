"""Heat maps: a table whose cells are coloured by their numbers."""

from __future__ import annotations

from collections.abc import Mapping
from math import isnan
from typing import Annotated, Literal

from pydantic import Field

from briefgen.draw.canvas import Canvas, ChartError
from briefgen.draw.labels import LINE_SPACING, line_mm, must_fit, text_mm, width_mm, wrap
from briefgen.draw.rows import write_names, written
from briefgen.draw.telling import rows
from briefgen.draw.tones import area, mixed, on
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Identifier, Refers

CELL_PAD_MM = 1.0
"""Beside a number in its cell."""
FAINTEST, STRONGEST = 0.06, 0.88
"""How much of the full colour the smallest and the largest number have."""


class Heatmap(Chart):
    """Numbers in a grid, the larger the stronger their colour; negative ones in a second colour."""

    kind: Literal["heatmap"]
    table: Annotated[Identifier, Refers("table")]
    row: Annotated[str, Refers("column")]
    """The column that names the rows."""
    values: tuple[Annotated[str, Refers("column")], ...] = Field(min_length=2, max_length=24)
    """The columns of the grid, in one unit."""

    def draw(self, canvas: Canvas) -> None:
        """A coloured cell with its number per row and column; a dash where it is missing."""
        from matplotlib.patches import Rectangle

        numbers = canvas.numbers(self.table, self.values, "values")
        known = [float(n) for n in numbers.to_numpy().ravel() if not isnan(n)]
        if not known:
            raise ChartError("values", f"table `{self.table}` has no numbers to draw")
        scale = canvas.scale(self.table, self.values[0], known)
        canvas.axes.set_xlabel(scale.unit, loc="right")
        texts = [written(scale, float(n)) for n in numbers.to_numpy().ravel()]
        self._frame(canvas, canvas.texts(self.table, self.row), texts)
        paper = canvas.look.theme.colours.paper
        for column, name in enumerate(self.values):
            for row, number in enumerate(numbers[name]):
                colour = _colour(canvas, number, known)
                canvas.axes.add_patch(
                    Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=colour, edgecolor=paper)
                )
                canvas.axes.text(
                    column,
                    row,
                    written(scale, number),
                    ha="center",
                    va="center_baseline",
                    color=on(canvas, colour),
                )

    def _frame(self, canvas: Canvas, names: list[str], texts: list[str]) -> None:
        """Names at the left, heads above, in the width of their columns.

        Raises: ChartError when numbers, names or heads do not fit.
        """
        axes = canvas.axes
        row_mm = max(write_names(canvas, names), text_mm(canvas, 1) + CELL_PAD_MM)
        axes.set_xlim(-0.5, len(self.values) - 0.5)
        axes.tick_params(length=0, bottom=False, labeltop=True, labelbottom=False)
        axes.spines[["left", "bottom"]].set_visible(False)
        cell = canvas.axes_mm()[0] / len(self.values) - CELL_PAD_MM
        titles = [canvas.title(self.table, name) for name in self.values]
        if max(width_mm(canvas, text) for text in texts) > cell:
            raise ChartError(
                "values",
                f"{len(self.values)} columns are too narrow for their numbers",
                "draw fewer columns, or draw the exhibit in full width",
            )
        heads = [wrap(canvas, title, cell) for title in titles]
        axes.set_xticks(
            range(len(heads)),
            ["\n".join(head) for head in heads],
            va="baseline",
            linespacing=LINE_SPACING,
        )
        around = (max(len(head) for head in heads) + 1.4) * line_mm(canvas) + 2.5
        must_fit(canvas, around + len(names) * row_mm, f"{len(names)} rows")

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every row with its numbers."""
        return rows(tables[self.table], self.row, self.values, language)


def _colour(canvas: Canvas, number: float, known: list[float]) -> str:
    """Between paper and the brokerage's colour, or the third colour for negative numbers."""
    paper = canvas.look.theme.colours.paper
    if isnan(number):
        return paper
    low, high = (min(known), max(known)) if min(known) >= 0 else (0.0, max(map(abs, known)))
    share = (abs(number) - low) / (high - low) if high > low else 1.0
    full = canvas.look.brand if number >= 0 else canvas.colours[min(3, len(canvas.colours) - 1)]
    return area(canvas, mixed(full, paper, FAINTEST + (STRONGEST - FAINTEST) * share))
