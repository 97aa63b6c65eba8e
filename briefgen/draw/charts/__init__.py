"""The chart kinds. To add one: a module with a `Chart` class, and a line in `CHARTS`."""

from __future__ import annotations

from briefgen.draw.charts.chain import Chain
from briefgen.draw.charts.grouped_bar import GroupedBar
from briefgen.model.exhibit import Chart

CHARTS: dict[str, type[Chart]] = {
    "chain": Chain,
    "grouped-bar": GroupedBar,
}
