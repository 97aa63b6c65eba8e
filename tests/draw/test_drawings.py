"""A chart into a drawing: SVG that is the same in every run, findings with places."""

import os
import re
import subprocess
import sys
from decimal import Decimal

import pytest

from briefgen.diagnostics.place import Origin, Place, SourceMap
from briefgen.draw.charts import CHARTS
from briefgen.draw.drawings import draw
from briefgen.draw.telling import told
from briefgen.model.edition import Drawing
from briefgen.model.exhibit import Exhibit
from briefgen.model.theme import PAIR_GAP_MM

IDS = re.compile(r'\bid="([^"]+)"')


def exhibit(**changes) -> Exhibit:
    chart = {"kind": "grouped-bar", "table": "prices", "category": "model"}
    chart |= {"values": ["input", "output"], **changes.pop("chart", {})}
    made = CHARTS[chart["kind"]].model_validate(chart)
    return Exhibit(caption="价格", sources=("s",), chart=made, **changes)


@pytest.fixture
def drawn(look, make_table):
    """Draws an exhibit and expects no finding."""

    def put(exhibit_id: str = "token-prices", /, **changes) -> Drawing:
        made = draw(exhibit_id, exhibit(**changes), {"prices": make_table()}, look, SourceMap())
        assert made.findings == ()
        assert made.value is not None
        return made.value

    return put


def test_full_and_half_width(drawn, look) -> None:
    full = look.theme.page.text_width_mm
    assert drawn().width_mm == full
    assert drawn(width="half").width_mm == (full - PAIR_GAP_MM) / 2
    assert drawn(chart={"height_mm": 40}).height_mm == 40


def test_the_svg_has_the_size_of_the_drawing(drawn) -> None:
    drawing = drawn()
    width, height = re.findall(r'(?:width|height)="([0-9.]+)pt"', drawing.svg)[:2]
    assert Decimal(width) * Decimal("25.4") / 72 == pytest.approx(drawing.width_mm)
    assert Decimal(height) * Decimal("25.4") / 72 == pytest.approx(drawing.height_mm)


def test_the_authors_text_or_one_from_the_data(drawn) -> None:
    assert drawn(alt="我的说明").alt == "我的说明"
    assert drawn().alt.startswith("分组柱形图：moonshot-v1-128k：输入 60、输出 60；")


def test_text_stays_text_in_the_themes_font(drawn, look) -> None:
    svg = drawn().svg
    texts = re.findall(r"<text([^>]*)>([^<]*)</text>", svg)
    assert {"moonshot-v1-128k", "GPT-4 Turbo", "217", "输入", "元/百万 tokens"} <= {
        text for _, text in texts
    }
    families = {re.search(r"font-family: ([^;\"]+)", style)[1] for style, _ in texts}
    fonts = look.theme.fonts
    assert families == {", ".join([f"'{fonts.sans}'", *_quoted(fonts.fallback)])}


def _quoted(families: tuple[str, ...]) -> list[str]:
    return [name if name == "sans-serif" else f"'{name}'" for name in families]


def test_labels_are_escaped(look, make_table) -> None:
    table = make_table(("<script>&\"'", "1", "2"))
    made = draw("a", exhibit(), {"prices": table}, look, SourceMap())
    assert made.value is not None
    assert "<script>" not in made.value.svg
    assert "&lt;script&gt;&amp;" in made.value.svg


def test_nothing_of_the_run_is_in_it(drawn) -> None:
    svg = drawn().svg
    assert not re.search(r"20\d\d-\d\d-\d\d", svg)
    assert "matplotlib.org" not in svg.lower()
    assert "/home" not in svg
    assert "file:" not in svg
    outside = set(re.findall(r'(?:href|src)="([^"#][^"]*)"', svg))
    assert outside == set()


def test_two_charts_share_no_id(drawn) -> None:
    one, other = (set(IDS.findall(drawn(name).svg)) for name in ("one", "other"))
    assert one
    assert one.isdisjoint(other)


def test_references_lead_to_ids_of_the_same_chart(drawn) -> None:
    svg = drawn().svg
    ids = IDS.findall(svg)
    assert len(set(ids)) == len(ids)
    references = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
    assert references
    assert {one or other for one, other in references} <= set(ids)


def test_the_same_chart_is_drawn_the_same(drawn) -> None:
    assert drawn().svg == drawn().svg


SCRIPT = """
import sys
from briefgen.diagnostics.place import SourceMap
from briefgen.draw.charts import CHARTS
from briefgen.draw.drawings import draw
from briefgen.draw.style import Look
from briefgen.model.exhibit import Exhibit
from briefgen.model.table import Table
look, table, exhibit, chart = sys.argv[1:]
chart = CHARTS["grouped-bar"].model_validate_json(chart)
exhibit = Exhibit.model_validate_json(exhibit).model_copy(update={"view": None, "chart": chart})
tables = {"prices": Table.model_validate_json(table)}
made = draw("token-prices", exhibit, tables, Look.model_validate_json(look), SourceMap())
sys.stdout.buffer.write(made.value.svg.encode())
"""


@pytest.mark.slow
def test_the_same_in_every_process(drawn, look, make_table) -> None:
    shown = exhibit()
    assert shown.chart is not None
    view = '{"table": "t", "columns": [{"column": "c"}]}'
    plain = f'{{"caption": "价格", "sources": ["s"], "view": {view}}}'
    values = [look.model_dump_json(), make_table().model_dump_json(), plain]
    command = [sys.executable, "-c", SCRIPT, *values, shown.chart.model_dump_json()]
    seed = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"
    other = {**os.environ, "PYTHONHASHSEED": seed}
    written = subprocess.run(command, env=other, capture_output=True, check=True).stdout
    assert written == drawn().svg.encode()


def test_data_that_cannot_be_drawn_is_a_finding_at_its_key(look, make_table) -> None:
    places = SourceMap()
    path = ("exhibits", "token-prices", "chart", "values")
    places.add((*path, 1), Origin(Place("exhibits.yaml", 7, 22)))
    shown = exhibit(chart={"values": ["input", "model"]})
    made = draw("token-prices", shown, {"prices": make_table()}, look, places)
    assert made.value is None
    (finding,) = made.findings
    assert (finding.code, str(finding.place)) == ("DRW101", "exhibits.yaml:7:22")
    assert finding.message == "column `model` holds text, not numbers"


def test_a_step_too_long_is_a_finding_at_the_step(look) -> None:
    places = SourceMap()
    path = ("exhibits", "causes", "chart", "lanes", 0, "steps", 1)
    places.add(path, Origin(Place("exhibits.yaml", 9, 5)))
    lanes = [{"label": "甲", "steps": ["短", "长" * 200]}]
    chart = CHARTS["chain"].model_validate({"kind": "chain", "lanes": lanes})
    shown = Exhibit(caption="c", sources=("s",), chart=chart)
    made = draw("causes", shown, {}, look, places)
    assert [(f.code, str(f.place)) for f in made.findings] == [("DRW101", "exhibits.yaml:9:5")]


def test_drawing_leaves_matplotlibs_settings_alone(drawn) -> None:
    import matplotlib as mpl

    before = dict(mpl.rcParams)
    drawn()
    assert dict(mpl.rcParams) == before


def test_every_kind_of_chart_has_a_name_in_both_languages() -> None:
    for kind in CHARTS:
        for language in ("zh-CN", "en"):
            assert told(kind, "x", language).endswith("x")
