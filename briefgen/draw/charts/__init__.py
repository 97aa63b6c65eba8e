"""The chart kinds. To add one: a module with a `Chart` class, and a line in `CHARTS`."""

from __future__ import annotations

from briefgen.draw.charts.chain import Chain
from briefgen.draw.charts.columns import Columns
from briefgen.draw.charts.dumbbell import Dumbbell
from briefgen.draw.charts.grouped_bar import GroupedBar
from briefgen.draw.charts.heatmap import Heatmap
from briefgen.draw.charts.layered_chain import LayeredChain
from briefgen.draw.charts.line import Line
from briefgen.draw.charts.range import Range
from briefgen.draw.charts.ranked_bar import RankedBar
from briefgen.draw.charts.rating_bands import RatingBands
from briefgen.draw.charts.stacked_bar import StackedBar
from briefgen.draw.charts.stages import Stages
from briefgen.draw.charts.timeline import Timeline
from briefgen.model.exhibit import Chart

CHARTS: dict[str, type[Chart]] = {
    "chain": Chain,
    "columns": Columns,
    "dumbbell": Dumbbell,
    "grouped-bar": GroupedBar,
    "heatmap": Heatmap,
    "layered-chain": LayeredChain,
    "line": Line,
    "range": Range,
    "ranked-bar": RankedBar,
    "rating-bands": RatingBands,
    "stacked-bar": StackedBar,
    "stages": Stages,
    "timeline": Timeline,
}
