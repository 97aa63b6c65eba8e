"""Rating bands: the schemes of one or several houses on one axis of returns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal

from briefgen.draw.canvas import MISSING, Canvas, ChartError
from briefgen.draw.labels import line_mm, must_fit, width_mm
from briefgen.draw.telling import sentences, words
from briefgen.draw.tones import area, mixed, on
from briefgen.model.bands import NAME
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table

LANE_LINES = 3.2
"""Lines of text that a lane and the gap below it are high."""
MARK_MM = 1.5
"""Diameter of the marks at bounds."""
TAIL = 0.45
"""How far infinite bands are drawn beyond the outermost bound, as a share of that."""


class RatingBands(Chart):
    """A lane per house, a band per class; marks say whether a bound belongs to its class."""

    kind: Literal["rating-bands"]
    scheme: Literal["stock", "sector"]
    """Which ratings are drawn."""

    own_tables = frozenset({NAME})

    def draw(self, canvas: Canvas) -> None:
        """Bands from the worst at the left to the best; filled marks: included, hollow: not."""
        frame = canvas.frame(NAME)
        frame = frame[frame["scheme"] == self.scheme]
        if frame.empty:
            raise ChartError("scheme", f"no house defines {self.scheme} ratings")
        houses = list(dict.fromkeys(frame["house"]))
        line = line_mm(canvas)
        must_fit(canvas, (len(houses) * LANE_LINES + 3) * line, f"{len(houses)} schemes")
        axes = canvas.axes
        limit = max(frame[["lower", "upper"]].abs().max().max(), 1.0) * (1 + TAIL)
        axes.set(xlim=(-limit, limit), ylim=(len(houses) - 0.4, -0.6))
        for lane, house in enumerate(houses):
            bands = frame[frame["house"] == house].to_dict("records")
            self._lane(canvas, bands, lane, limit)
        axes.set_yticks(range(len(houses)), houses)
        axes.tick_params(axis="y", length=0)
        bounds = sorted({*frame["lower"].dropna(), *frame["upper"].dropna()})
        axes.set_xticks(bounds, [canvas.percent(bound / 100, "change") for bound in bounds])
        axes.xaxis.grid(visible=True)
        for side in ("left", "bottom"):
            axes.spines[side].set_visible(False)

    def _lane(self, canvas: Canvas, bands: list[Any], lane: int, limit: float) -> None:
        """The bands of one house; a class of one value is a line with its label above."""
        colours = canvas.look.theme.colours
        width_mm_axes, _ = canvas.axes_mm()
        for rank, band in enumerate(bands):
            share = 1 - rank / max(len(bands) - 1, 1)
            colour = area(canvas, mixed(canvas.look.brand, colours.tint, 0.08 + 0.82 * share))
            low = -limit if _missing(band["lower"]) else band["lower"]
            high = limit if _missing(band["upper"]) else band["upper"]
            edge: dict[str, Any] = {"edgecolor": canvas.look.brand, "linewidth": 0.5}
            canvas.axes.barh(lane, high - low, 0.5, left=low, facecolor=colour, **edge)
            room = (high - low) / (2 * limit) * width_mm_axes
            inside = width_mm(canvas, band["label"]) + 2 * MARK_MM < room
            if not inside:
                canvas.axes.vlines(low, lane - 0.25, lane + 0.25, canvas.look.brand, linewidth=1.4)
            canvas.axes.text(
                (low + high) / 2,
                lane if inside else lane - 0.29,
                band["label"],
                ha="center",
                va="center" if inside else "bottom",
                color=on(canvas, colour) if inside else colours.ink,
            )
        for band in bands:
            if band["lower"] != band["upper"]:
                self._mark(canvas, band["lower"], band["lower_side"], lane, "right")
                self._mark(canvas, band["upper"], band["upper_side"], lane, "left")

    def _mark(self, canvas: Canvas, at: float, side: str | None, lane: int, towards: str) -> None:
        """A half mark on the band's own side of a bound; none where the side is not stated."""
        if _missing(at) or not isinstance(side, str):
            return
        style: dict[str, Any] = {
            "marker": "o",
            "fillstyle": towards if side == "included" else "none",
            "markersize": MARK_MM / 0.3528,
            "markeredgecolor": canvas.look.theme.colours.ink,
            "markerfacecolor": canvas.look.theme.colours.ink,
            "markerfacecoloralt": canvas.look.theme.colours.paper,
            "markeredgewidth": 0.6,
            "linestyle": "none",
        }
        canvas.axes.plot([at], [lane + (0.14 if towards == "right" else -0.14)], **style)

    def describe(self, tables: Mapping[str, Table], language: str) -> str:
        """Every house with its classes and their bounds."""
        said, table = words(language), tables[NAME]
        houses: dict[str, list[str]] = {}
        for key in table.row_keys:
            if table.cell(key, "scheme") == self.scheme:
                lower, upper = (
                    (table.cell(key, name) or "").replace("-", "−") for name in ("lower", "upper")
                )
                if lower and upper:
                    form = said.exactly if lower == upper else said.between
                    band = form.format(lower, upper)
                elif lower or upper:
                    band = said.above.format(lower) if lower else said.below.format(upper)
                else:
                    band = MISSING
                text = f"{table.cell(key, 'label')} {band}"
                houses.setdefault(table.cell(key, "house") or "", []).append(text)
        lanes: list[tuple[str, Sequence[str]]] = list(houses.items())
        return sentences(lanes, said)


def _missing(value: float) -> bool:
    """Whether a cell is missing: only a missing number differs from itself."""
    return value != value
