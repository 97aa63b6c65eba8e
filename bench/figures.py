"""Figures of a run: medians and spreads of samples, held against their bars."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any

from processes import Sample


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure, with all values that it is the median of.

    Units: those of `unit`; `bar` in the same, the most or (`is_least`) the least that is good.
    """

    name: str
    values: tuple[float, ...]
    unit: str
    bar: float | None = None
    is_least: bool = False
    remark: str = ""

    @property
    def value(self) -> float:
        """The median."""
        return median(self.values)

    @property
    def holds(self) -> bool | None:
        """Whether the bar is held; None without one."""
        if self.bar is None:
            return None
        return self.value >= self.bar if self.is_least else self.value <= self.bar

    def as_record(self) -> dict[str, Any]:
        """All of it for JSON."""
        return asdict(self) | {"value": self.value, "holds": self.holds}


def walls(name: str, samples: Sequence[Sample], bar: float | None = None) -> Figure:
    """How long whole processes took."""
    cpu = median(sample.cpu for sample in samples)
    memory = max(sample.memory for sample in samples)
    remark = f"{cpu:.2f} s of CPU, {memory:.0f} MB"
    return Figure(name, tuple(sample.wall for sample in samples), "s", bar, remark=remark)


def ratios(
    name: str,
    over: Sequence[Sample],
    under: Sequence[Sample],
    unit: str,
    bar: float,
    *,
    is_least: bool = False,
) -> Figure:
    """Ratios of pairs that ran in the same round; `unit` is `%` or `×`."""
    times = 100 if unit == "%" else 1
    pairs = zip(over, under, strict=True)
    values = tuple(times * one.wall / other.wall for one, other in pairs)
    return Figure(name, values, unit, bar, is_least)


def table(figures: Sequence[Figure]) -> str:
    """The figures with spreads, bars and whether they are held."""
    head = ("", "median", "spread", "bar", "", "")
    rows = [head, *map(_row, figures)]
    spans = [max(_width(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(
        "  ".join(
            cell + " " * (span - _width(cell))
            if i in (0, 5)
            else " " * (span - _width(cell)) + cell
            for i, (cell, span) in enumerate(zip(row, spans, strict=True))
        ).rstrip()
        for row in rows
    )


def _row(figure: Figure) -> tuple[str, ...]:
    spread = f"{_number(min(figure.values))}–{_number(max(figure.values))}"
    sign = "≥" if figure.is_least else "≤"
    bar = f"{sign} {figure.bar:g} {figure.unit}" if figure.bar is not None else ""
    verdict = {None: "", True: "holds", False: "missed"}[figure.holds]
    value = f"{_number(figure.value)} {figure.unit}"
    return (
        figure.name,
        value,
        spread if len(figure.values) > 1 else "",
        bar,
        verdict,
        figure.remark,
    )


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
