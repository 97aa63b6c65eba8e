"""Stages: bands on an axis of years."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import ConfigDict, Field, model_validator

from briefgen.draw.canvas import MISSING, Canvas
from briefgen.draw.labels import line_mm, must_fit, width_mm, wrap, write_lines
from briefgen.draw.telling import sentences, words
from briefgen.model.exhibit import Chart
from briefgen.model.table import Table
from briefgen.model.value import Text, Value

LABEL_SHARE = 0.2
"""The share of the width that the labels may take."""
BAND_MM = 2.4
GAP_MM = 2.6
"""Between two stages."""
OPEN_SHARE = 0.06
"""How far an open end reaches beyond the last year, as a share of all years."""
POINT_MM = 1.8
"""The length of the arrow head that ends an open band."""
STEPS = (1, 2, 5, 10, 20, 50, 100)


class Stage(Value):
    """One stage: its years and what happened."""

    model_config = ConfigDict(validate_by_name=True, serialize_by_alias=True)

    label: Text
    """The name of the stage."""
    from_: int = Field(alias="from", ge=1000, le=2999)
    """The first year."""
    to: int | None = Field(default=None, ge=1000, le=2999)
    """The last year, which belongs to the stage; null while it goes on."""
    text: Text
    """What the stage is marked by."""

    @model_validator(mode="after")
    def _in_order(self) -> Stage:
        if self.to is not None and self.to < self.from_:
            raise ValueError(f"the stage ends in {self.to}, before it starts in {self.from_}")
        return self

    @property
    def years(self) -> str:
        """`2012–2016`; `2023–` with an open end."""
        if self.to == self.from_:
            return str(self.from_)
        return f"{self.from_}{MISSING}{self.to or ''}"


class Stages(Chart):
    """Stages of a development, one below the other, each a band on an axis of years."""

    kind: Literal["stages"]
    stages: tuple[Stage, ...] = Field(min_length=1, max_length=12)

    def draw(self, canvas: Canvas) -> None:
        """A band per stage with its text below it, label and years at the left."""
        canvas.plane()
        line = line_mm(canvas)
        limit = LABEL_SHARE * canvas.width_mm
        labels = [wrap(canvas, stage.label, limit, bold=True) for stage in self.stages]
        columns = [
            max(width_mm(canvas, "\n".join(label), bold=True), width_mm(canvas, stage.years))
            for label, stage in zip(labels, self.stages, strict=True)
        ]
        left, right = max(columns) + 4, canvas.width_mm - 1.5
        texts = [wrap(canvas, stage.text, right - left) for stage in self.stages]
        heights = [
            max((len(label) + 1) * line, BAND_MM + 1 + len(text) * line)
            for label, text in zip(labels, texts, strict=True)
        ]
        foot = line + 2.5
        needed = sum(heights) + GAP_MM * (len(heights) - 1) + 1 + foot
        must_fit(canvas, needed, f"{len(heights)} stages")
        gap = min((canvas.height_mm - needed) / len(heights), 6.0) + GAP_MM
        bottom = sum(heights) + gap * (len(heights) - 1) + 2
        first, last = self._span()
        per_year = (right - left) / (last - first)
        self._axis(canvas, left, right, bottom)
        top = 1.0
        clear = {"facecolor": canvas.look.theme.colours.paper, "edgecolor": "none", "pad": 0.5}
        for i, stage in enumerate(self.stages):
            start = left + (stage.from_ - first) * per_year
            end = right if stage.to is None else left + (stage.to + 1 - first) * per_year
            self._band(canvas, start, end, top, is_open=stage.to is None)
            write_lines(canvas, 1, top, labels[i], color=canvas.look.brand, weight="bold")
            below = top + len(labels[i]) * line
            write_lines(canvas, 1, below, [stage.years], color=canvas.look.theme.colours.mute)
            x = max(left, min(start, right - width_mm(canvas, "\n".join(texts[i]))))
            write_lines(canvas, x, top + BAND_MM + 0.6, texts[i], bbox=clear)
            top += heights[i] + gap

    def _span(self) -> tuple[int, float]:
        """The first year and the end of the axis."""
        first = min(stage.from_ for stage in self.stages)
        last = max(stage.to or stage.from_ for stage in self.stages) + 1
        is_open = any(stage.to is None for stage in self.stages)
        return first, last + (max(1.0, OPEN_SHARE * (last - first)) if is_open else 0)

    def _band(self, canvas: Canvas, start: float, end: float, top: float, *, is_open: bool) -> None:
        from matplotlib.patches import Polygon

        flat = end - POINT_MM if is_open else end
        tip = [(end, top + BAND_MM / 2)] if is_open else []
        corners = [(start, top), (flat, top), *tip, (flat, top + BAND_MM), (start, top + BAND_MM)]
        canvas.axes.add_patch(
            Polygon(corners, facecolor=canvas.look.brand, edgecolor="none", label="band")
        )

    def _axis(self, canvas: Canvas, left: float, right: float, bottom: float) -> None:
        """A line with years below it, thin lines up from them."""
        axes, colours = canvas.axes, canvas.look.theme.colours
        first, last = self._span()
        per_year = (right - left) / (last - first)
        apart = width_mm(canvas, "2000") + 3
        step = next((step for step in STEPS if step * per_year >= apart), STEPS[-1])
        axes.plot([left, right], [bottom, bottom], color=colours.mute, linewidth=0.6)
        for year in range(first, int(last) + 1):
            x = left + (year - first) * per_year
            if year % step == 0 and x + apart / 2 - 1.5 <= canvas.width_mm:
                axes.plot([x, x], [0.5, bottom], color=colours.rule, linewidth=0.4, zorder=0)
                write_lines(canvas, x, bottom + 0.6, [str(year)], ha="center")

    def describe(self, tables: Mapping[str, Table], language: str) -> str:  # noqa: ARG002
        """Every stage with its years and its text."""
        said = words(language)
        return sentences(
            (
                (stage.label + said.aside.format(_years(stage, language)), [stage.text])
                for stage in self.stages
            ),
            said,
        )


def _years(stage: Stage, language: str) -> str:
    return stage.years if stage.to is not None else words(language).onwards.format(stage.from_)
