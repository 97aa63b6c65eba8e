"""One chart into one drawing."""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import SourceMap
from briefgen.draw.canvas import ChartError, canvas
from briefgen.draw.style import Look
from briefgen.draw.telling import told
from briefgen.model.edition import Drawing
from briefgen.model.exhibit import Exhibit
from briefgen.model.table import Table


def draw(
    exhibit_id: str,
    exhibit: Exhibit,
    tables: Mapping[str, Table],
    look: Look,
    places: SourceMap,
    *,
    on_front_page: bool = False,
) -> Made[Drawing]:
    """Draw an exhibit's chart, as wide as it stands on the page.

    Reports: DRW101.
    """
    out = Collector()
    assert exhibit.chart is not None
    chart = exhibit.chart
    width = look.theme.page.exhibit_width_mm(exhibit.width, on_front_page=on_front_page)
    try:
        with canvas(exhibit_id, float(width), float(chart.height_mm), look, tables) as on:
            chart.draw(on)
            svg = on.svg()
    except ChartError as error:
        steps = [int(step) if step.isdigit() else step for step in error.field.split(".")]
        place = places.value(("exhibits", exhibit_id, "chart", *steps))
        out.report("DRW101", error.message, place, error.help)
        return out.made(None)
    described = chart.describe(tables, look.language)
    alt = exhibit.alt or told(chart.kind, described, look.language)
    return out.made(Drawing(svg=svg, width_mm=width, height_mm=chart.height_mm, alt=alt))
