"""What the screen has beyond paper: data of charts, lasting links, other languages, origins."""

import pytest
import tinyhtml5

from briefgen import pipeline
from briefgen.compose.page import compose
from briefgen.workspace import open_workspace

CHART = """
chart:
  caption: 图
  chart: {kind: grouped-bar, table: prices, category: model, values: [input]}
  sources: [report]
"""


def by_property(tree) -> dict[str, str]:
    return {m.get("property"): m.get("content") for m in tree.iter("meta") if m.get("property")}


@pytest.fixture
def charted(note):
    exhibits = note.data / "briefings" / "note" / "exhibits.yaml"
    note.write(exhibits_yaml=exhibits.read_text(encoding="utf-8") + CHART)
    return note.write(pricing_md="文。\n\n:::{table} prices\n:::\n\n:::{figure} chart\n:::\n")


def test_a_chart_has_its_data_as_a_table_with_all_digits(charted, text) -> None:
    charted.edit("tables/prices.csv", "gpt,72", "gpt,72.125")
    (figure,) = (f for f in charted.tree().iter("figure") if f.get("id") == "chart")
    (details,) = figure.iter("details")
    heads = [text(th) for th in details.iter("th")]
    assert heads[1].startswith("输入")
    assert "（元" in heads[1]
    rows = [[text(td) for td in row.iter("td")] for row in details.iter("tr")][1:]
    assert "72.125" in {row[1] for row in rows}


def test_paper_has_neither_data_nor_tools(charted) -> None:
    tags = {e.tag for e in charted.tree("print").iter()}
    assert not tags & {"details", "button", "template", "script", "svg"}


def test_headings_of_prose_have_lasting_names(note) -> None:
    note.write(pricing_md="## 国内 与 Kimi\n\n文。\n\n## 国内 与 Kimi\n\n:::{table} prices\n:::\n")
    heads = list(note.section("pricing").iter("h3"))
    assert [h.get("id") for h in heads] == ["pricing--国内-与-kimi", "pricing--国内-与-kimi-2"]
    assert [a.get("href") for h in heads for a in h.iter("a")] == [f"#{h.get('id')}" for h in heads]


def test_the_rating_leads_to_its_definitions(note) -> None:
    (rating,) = (p for p in note.tree().iter("p") if p.get("class") == "rating")
    assert [a.get("href") for a in rating.iter("a")] == ["#ratings"]


def test_what_others_show_of_a_shared_link(note) -> None:
    told = by_property(note.tree())
    assert told["og:type"] == "article"
    assert "一份很短的点评" in told["og:title"]
    assert "重建" in told["og:description"]
    assert told["og:locale"] == "zh_CN"
    assert "og:locale:alternate" not in told


def test_editions_in_two_languages_lead_to_each_other(note) -> None:
    folder = note.data / "briefings" / "note"
    front = (folder / "briefing.yaml").read_text(encoding="utf-8")
    (folder / "briefing.en.yaml").write_text(
        front.replace("language: zh-CN", "language: en"), encoding="utf-8"
    )
    opened = open_workspace(note.data.parent).value
    there = pipeline.load(opened, "note.en").made.value
    assert there.alternates == {"zh-CN": "note"}
    tree = note.tree()
    links = {a.get("hreflang"): a for a in tree.iter("a") if a.get("hreflang")}
    assert links["en"].get("href") == "../note.en/note.en.html"
    assert links["en"].text == "English"
    (alternate,) = (e for e in tree.iter("link") if e.get("rel") == "alternate")
    assert (alternate.get("hreflang"), alternate.get("href")) == ("en", "../note.en/note.en.html")
    assert by_property(tree)["og:locale:alternate"] == "en"


def test_a_page_for_the_preview_says_where_its_texts_are_written(note) -> None:
    opened = open_workspace(note.data.parent).value
    loaded = pipeline.load(opened, "note")
    templates, report = opened.templates, pipeline.check(opened, "note").report
    made = compose(loaded.made.value, {}, templates, "screen", report, loaded.places)
    tree = tinyhtml5.parse(made.value.html, namespace_html_elements=False)
    home = "data/briefings/note"
    at = {e.get("data-at"): e for e in tree.iter() if e.get("data-at")}
    sections = {e.get("id"): e.get("data-at") for e in tree.iter("section")}
    assert sections["overview"].startswith(f"{home}/briefing.yaml:")
    assert at[f"{home}/overview.md:1:1"].tag == "p"
    (figure,) = (f for f in tree.iter("figure") if f.get("id") == "prices")
    assert figure.get("data-at").startswith(f"{home}/exhibits.yaml:")
    places = [d.get("data-at") for d in tree.iter("data")]
    lines = (note.data / "briefings" / "note" / "facts.yaml").read_text("utf-8").split("\n")
    line = next(n for n, text in enumerate(lines, start=1) if text.startswith("price:"))
    assert any(place and place.startswith(f"{home}/facts.yaml:{line}:") for place in places)
    assert any(place and f"{home}/tables/prices.csv:2:" in place for place in places)


def test_an_edition_says_nothing_of_the_workspace_it_was_made_in(note) -> None:
    assert "data-at" not in note.page().html
