"""What a chart draws on: axes in the theme's style, data as frames, numbers as text."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from briefgen.draw.scale import Scale
from briefgen.draw.style import Look, rc_parameters, register_fonts
from briefgen.model.language import write_number, write_unit
from briefgen.model.number import Number, Style, StyleKind
from briefgen.model.table import Table
from briefgen.model.theme import font_stack
from briefgen.model.unit import parse_unit

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

MM_PER_INCH = 25.4
DPI = 72
"""Dots of a figure per inch: a dot is a point, as in SVG."""
MISSING = "\N{EN DASH}"
"""What stands for a missing value."""
FLOAT_DIGITS = 15
"""Significant digits that a float keeps; more would show its rounding."""


class ChartError(Exception):
    """Data that a chart cannot show; drawing turns it into a finding."""

    def __init__(self, field: str, message: str, help: str | None = None) -> None:
        super().__init__(message)
        self.field, self.message, self.help = field, message, help


class Canvas:
    """A figure of fixed size with one pair of axes.

    Units: `width_mm` and `height_mm` are the size on the page.
    `name` begins all ids of the SVG.
    """

    def __init__(
        self,
        figure: Figure,
        width_mm: float,
        height_mm: float,
        look: Look,
        tables: Mapping[str, Table],
        name: str,
    ) -> None:
        self.figure, self.width_mm, self.height_mm = figure, width_mm, height_mm
        self.look, self._name = look, name
        self._tables = tables
        self.axes: Axes = figure.add_subplot()
        self._engine: Any = figure.get_layout_engine()
        self._written = io.StringIO()
        self._renderer = _renderer(figure, self._written)

    @property
    def colours(self) -> tuple[str, ...]:
        """Colours of the series: the brokerage's first."""
        return (self.look.brand, *self.look.theme.colours.series)

    def frame(self, table: str) -> pd.DataFrame:
        """A table as a data frame: numbers as floats, text as text; row keys are the index."""
        import pandas as pd

        source = self._tables[table]
        columns = {}
        for column in source.columns:
            cells = [cell for _, cell in source.cells(column.name)]
            columns[column.name] = (
                [float(cell) if cell is not None else float("nan") for cell in cells]
                if column.is_numeric
                else cells
            )
        return pd.DataFrame(columns, index=pd.Index(source.row_keys, name=source.key))

    def numbers(self, table: str, names: tuple[str, ...], field: str) -> pd.DataFrame:
        """Numeric columns of a table, all in one unit.

        Raises: ChartError when a column holds text or the units differ.
        """
        return self.named(table, {f"{field}.{i}": name for i, name in enumerate(names)})

    def named(self, table: str, columns: Mapping[str, str]) -> pd.DataFrame:
        """Numeric columns of a table by the field that names each, all in one unit.

        Raises: ChartError when a column holds text or the units differ.
        """
        first = self._tables[table].column(next(iter(columns.values())))
        for field, name in columns.items():
            column = self._tables[table].column(name)
            if not column.is_numeric:
                raise ChartError(field, f"column `{column.name}` holds text, not numbers")
            if column.unit != first.unit:
                raise ChartError(
                    field,
                    f"column `{column.name}` is in {column.unit}, `{first.name}` is in "
                    f"{first.unit}",
                    "draw columns of one unit in one chart",
                )
        return self.frame(table)[list(columns.values())]

    def texts(self, table: str, column: str) -> list[str]:
        """The cells of a column as text; a dash where one is missing."""
        return [cell or MISSING for _, cell in self._tables[table].cells(column)]

    def has_column(self, table: str, column: str) -> bool:
        """Whether the table has a column of this name."""
        return column in self._tables[table].column_names

    def title(self, table: str, column: str) -> str:
        """A column's title, as the data package gives it."""
        described = self._tables[table].column(column)
        return described.title or described.name

    def unit(self, table: str, column: str) -> str:
        """A column's unit, as the language writes it."""
        unit = parse_unit(self._tables[table].column(column).unit, self.look.units)
        return write_unit(unit, self.look.language, self.look.units)

    def scale(
        self, table: str, column: str, values: Iterable[float], *, magnitudes: bool = False
    ) -> Scale:
        """How an axis writes these numbers of a column; `magnitudes`: each in its own."""
        unit = parse_unit(self._tables[table].column(column).unit, self.look.units)
        return Scale(unit, values, self.look.language, self.look.units, magnitudes=magnitudes)

    def percent(self, share: float, kind: StyleKind = "percent") -> str:
        """A share as a percentage with one digit; `change` gives it a sign."""
        number = Number(value=Decimal(repr(float(share))))
        return write_number(number, Style(kind=kind), self.look.language, self.look.units)

    def plane(self) -> Axes:
        """The whole figure as axes without lines, in millimetres, down from the upper left."""
        self.axes.set_axis_off()
        self.axes.set_position((0, 0, 1, 1))
        self.axes.set(xlim=(0, self.width_mm), ylim=(self.height_mm, 0))
        return self.axes

    def axes_mm(self) -> tuple[float, float]:
        """Width and height of the axes as they are laid out now.

        Raises: ChartError when what stands around them leaves nothing.
        """
        with _room_to_draw():
            self._engine.execute(self.figure)
        box = self.axes.get_window_extent()
        per_mm = DPI / MM_PER_INCH
        return float(box.width) / per_mm, float(box.height) / per_mm

    def write(self, value: float) -> str:
        """A value as the language writes it, without unit."""
        number = Number(value=Decimal(f"{value:.{FLOAT_DIGITS}g}").normalize())
        return write_number(number, Style(kind="value"), self.look.language, self.look.units)

    def svg(self) -> str:
        """The drawing as SVG: text stays text, nothing depends on the run, ids are its own.

        Raises: ChartError when labels leave nothing of the axes.
        """
        with _room_to_draw():
            self.figure.draw(self._renderer)
        self._renderer.finalize()
        family = self.look.theme.fonts.sans
        stack = font_stack((family, *self.look.theme.fonts.fallback))
        svg = re.sub(rf"'{re.escape(family)}'(, [^;\"]+)?", stack, self._written.getvalue())
        return re.sub(r'( id="|url\(#|href="#)', rf"\1{self._name}-", svg)


@contextmanager
def _room_to_draw() -> Iterator[None]:
    """Lay out; raises ChartError when what stands around the axes leaves them nothing."""
    with warnings.catch_warnings():
        warnings.filterwarnings("error", message="constrained_layout not applied")
        try:
            yield
        except UserWarning:
            raise ChartError(
                "height_mm",
                "labels leave no room to draw",
                "write shorter labels or a larger `height_mm`, or show less",
            ) from None


def _renderer(figure: Figure, written: io.StringIO) -> Any:
    """What writes the figure as SVG; it also measures text, each once for all layouts."""
    from matplotlib.backends.backend_svg import RendererSVG

    width, height = figure.get_size_inches() * DPI
    nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
    renderer = RendererSVG(width, height, written, metadata=nothing)  # type: ignore[no-untyped-call]
    vars(figure.canvas)["get_renderer"] = lambda: renderer
    return renderer


_MACHINE = {"backend", "backend_fallback", "interactive", "toolbar", "webagg.port"}
"""Settings of matplotlib that are about a machine; all others begin as matplotlib ships them."""


@contextmanager
def canvas(
    name: str, width_mm: float, height_mm: float, look: Look, tables: Mapping[str, Table]
) -> Iterator[Canvas]:
    """A canvas in the theme's style; `name` makes the ids in the SVG repeatable."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    register_fonts(look)
    settings: Any = rc_parameters(look) | {
        "svg.hashsalt": name,
        "text.parse_math": False,
        "hatch.linewidth": 0.5,
    }
    plain: Any = {key: mpl.rcParamsDefault[key] for key in mpl.rcParams if key not in _MACHINE}
    with mpl.rc_context(plain | settings):
        size = (width_mm / MM_PER_INCH, height_mm / MM_PER_INCH)
        figure = Figure(figsize=size, dpi=DPI, layout="constrained")
        yield Canvas(figure, width_mm, height_mm, look, tables, name)
