"""A table, a look and canvases for the tests of drawing."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen.draw.canvas import Canvas, canvas
from briefgen.draw.style import Look
from briefgen.model.exhibit import Chart
from briefgen.model.table import Column, Table
from briefgen.model.theme import Theme
from briefgen.model.unit import UnitName

THEME = Path(__file__).parents[2] / "templates" / "themes" / "classic.yaml"
BRAND = "#8c1d2b"

MakeTable = Callable[..., Table]
Draw = Callable[..., Canvas]


@pytest.fixture(scope="session")
def look() -> Look:
    """The theme as it is shipped, with a brokerage's colour."""
    names = {"CNY": ("currency", "元", "CNY"), "tokens": ("count", "tokens", "tokens")}
    return Look(
        theme=Theme.model_validate(yaml.safe_load(THEME.read_text(encoding="utf-8"))),
        brand=BRAND,
        language="zh-CN",
        units={
            name: UnitName(kind=kind, labels={"zh-CN": zh, "en": en})
            for name, (kind, zh, en) in names.items()
        },
    )


@pytest.fixture(scope="session")
def make_table() -> MakeTable:
    """Makes `prices` with columns `input` and `output` from rows of text."""

    def make(*rows: Sequence[str | None], units: Sequence[str] = ("CNY/1M tokens",) * 2) -> Table:
        return Table(
            name="prices",
            path="prices.csv",
            columns=(
                Column(name="model", title="模型"),
                Column(name="input", type="number", title="输入", unit=units[0]),
                Column(name="output", type="number", title="输出", unit=units[1]),
            ),
            key="model",
            as_of="2024-03-23",
            source="s",
            where=None,
            rows=rows or (("moonshot-v1-128k", "60", "60"), ("GPT-4 Turbo", "72", "217")),
        )

    return make


@pytest.fixture
def draw(look: Look) -> Iterator[Draw]:
    """Draws a chart and keeps its canvas open: `draw(chart, table).axes`."""
    with ExitStack() as stack:

        def put(chart: Chart, table: Table | None = None, width_mm: float = 176, **more: Any):
            changed = look.model_copy(update=more)
            tables = {table.name: table} if table else {}
            size = (width_mm, float(chart.height_mm))
            on = stack.enter_context(canvas("chart", *size, changed, tables))
            chart.draw(on)
            return on

        yield put
