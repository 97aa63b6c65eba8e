"""Table exhibits: heads, units, groups, merged, computed and missing cells."""

import pytest
from markupsafe import Markup

from briefgen.compose.tables import Head, _pads

TABLE = """
prices:
  caption: 价格一览
  view:
    table: prices
    {more}
    columns: [{columns}]
  sources: [report]
"""
PACKAGE = """
name: note
resources:
  - name: prices
    path: prices.csv
    asOf: "2024-03-23"
    source: report
    schema:
      primaryKey: model
      fields:
        - {{name: model, title: 模型}}
        - {{name: vendor, title: 厂商}}
        - {{name: input, type: number, title: 输入, unit: {first}}}
        - {{name: output, type: number, title: 输出, unit: {second}}}
"""
ROWS = "model,vendor,input,output\nk1,月之暗面,60,60\nk2,月之暗面,24,\ng1,OpenAI,72,217\n"


@pytest.fixture
def figure(note):
    """The exhibit's figure, for a list of columns."""

    def make(columns: str, more: str = "", first: str = "CNY", second: str = "CNY"):
        tables = note.data / "briefings" / "note" / "tables"
        package = PACKAGE.format(first=first, second=second)
        (tables / "datapackage.yaml").write_text(package, encoding="utf-8")
        (tables / "prices.csv").write_text(ROWS, encoding="utf-8")
        note.write(exhibits_yaml=TABLE.format(columns=columns, more=more or "rank: false"))
        (found,) = note.section("pricing").iter("figure")
        return found

    return make


@pytest.fixture
def rows(text):
    """The rows of a figure's table as texts."""
    return lambda figure: [[text(cell) for cell in row] for row in figure.iter("tr")]


ALL = "{column: model}, {column: input}, {column: output}"


def test_heads_rows_and_the_shared_unit(figure, rows, text) -> None:
    found = figure(ALL)
    assert rows(found) == [
        ["模型", "输入", "输出"],
        ["k1", "60", "60"],
        ["k2", "24", "–"],
        ["g1", "72", "217"],
    ]
    (unit,) = (e for e in found.iter("span") if e.get("class") == "unit")
    assert text(unit) == "单位：元"


def test_a_computed_cell_is_missing_where_an_input_is(figure, rows) -> None:
    found = figure("{column: model}, {formula: output / input | times(1), header: 比}")
    assert [row[1] for row in rows(found)] == ["比", "1.0 倍", "–", "3.0 倍"]


def test_units_that_differ_stand_in_the_heads(figure, rows) -> None:
    found = figure(ALL, second="companies")
    assert rows(found)[0] == ["模型", "输入（元）", "输出（家）"]
    assert [e for e in found.iter("span") if e.get("class") == "unit"] == []


def test_a_unit_that_one_column_lacks_is_not_shared(figure, rows) -> None:
    assert rows(figure(ALL, second='"1"'))[0] == ["模型", "输入（元）", "输出"]


def test_a_head_of_ones_own(figure, rows) -> None:
    assert rows(figure("{column: model, header: 名称}, {column: input}"))[0] == ["名称", "输入"]


def test_cells_are_bound_numbers_aligned_right(figure, text) -> None:
    found = figure(ALL)
    numbers = [(e.get("value"), text(e)) for e in found.iter("data")]
    assert numbers == [("60", "60"), ("60", "60"), ("24", "24"), ("72", "72"), ("217", "217")]
    assert {td.get("class") for td in found.iter("td")} == {"n"}


def test_heads_of_rows_and_columns_have_a_scope(figure, text) -> None:
    found = figure(ALL)
    scopes = {text(th): th.get("scope") for th in found.iter("th")}
    assert scopes == {
        "模型": "col",
        "输入": "col",
        "输出": "col",
        "k1": "row",
        "k2": "row",
        "g1": "row",
    }


def test_a_computed_column(figure, rows) -> None:
    found = figure("{column: model}, {formula: input * 2, header: 两倍}")
    assert [row[-1] for row in rows(found)] == ["两倍", "120", "48", "144"]
    titles = [e.get("title") for e in found.iter("data")]
    assert all("input * 2" in title for title in titles)
    (unit,) = (e for e in found.iter("span") if e.get("class") == "unit")
    assert unit.text == "单位：元"


def test_groups_stand_between_the_rows(figure, rows) -> None:
    found = figure(ALL, more="group_by: vendor")
    assert rows(found)[1:] == [
        ["月之暗面", ""],
        ["k1", "60", "60"],
        ["k2", "24", "–"],
        ["OpenAI", ""],
        ["g1", "72", "217"],
    ]
    groups = [th for th in found.iter("th") if th.get("scope") == "rowgroup"]
    assert [th.get("colspan") for th in groups] == ["2", "2"]
    assert len(list(found.iter("tbody"))) == 2


def test_equal_neighbours_share_a_cell(figure, rows) -> None:
    found = figure("{column: vendor}, {column: model}, {column: input}", more="merge: [vendor]")
    assert rows(found)[1:] == [["月之暗面", "k1", "60"], ["k2", "24"], ["OpenAI", "g1", "72"]]
    (tall,) = (th for th in found.iter("th") if th.get("rowspan"))
    assert (tall.get("rowspan"), tall.get("scope")) == ("2", "rowgroup")


def test_ranks(figure, rows) -> None:
    found = figure("{column: model}, {column: input}", more="rank: true")
    assert [row[0] for row in rows(found)] == ["排名", "1", "2", "3"]


def test_a_grid_of_markdown(note, rows, text) -> None:
    note.write(
        exhibits_yaml="prices:\n  caption: c\n  sources: [report]\n  grid:\n    heads: [甲, 乙]\n"
        "    numbers: [2]\n    rows:\n      - ['**粗**', '{{ price }}']\n      - ['<b>', '']\n"
    )
    (found,) = note.section("pricing").iter("figure")
    assert rows(found) == [["甲", "乙"], ["粗", "60 元"], ["<b>", "–"]]
    assert [text(strong) for strong in found.iter("strong")] == ["粗"]
    assert [td.get("class") for td in found.iter("td")] == ["n", "n"]


@pytest.mark.parametrize(
    ("cells", "pads"),
    [
        (["60", "2.5", "2.25"], ["1.39em", "0.56em", None]),
        (["60", "7"], [None, None]),
        (["3.6 倍", "–", "1.0 倍"], [None, "0.83em", None]),
    ],
)
def test_points_of_a_column_stand_in_line(cells: list[str], pads: list[str | None]) -> None:
    found = _pads([Markup(cell) for cell in cells], Head("", "", is_number=True))
    assert [f"{pad:.2f}em" if pad else None for pad in found] == pads
