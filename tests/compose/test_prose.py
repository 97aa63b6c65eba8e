"""Prose as HTML: numbers with their evidence, exhibits, links, no markup out of data."""

from xml.etree.ElementTree import tostring

import pytest

BARS = """
{name}:
  caption: {caption}
  width: {width}
  chart: {{kind: grouped-bar, table: prices, category: model, values: [input]}}
  sources: [report]
"""
HOSTILE = "<script>alert(1)</script> & \"quoted\" 'single'"


def exhibits(*names: str, width: str = "half", caption: str = "图") -> str:
    return "".join(BARS.format(name=n, width=width, caption=caption) for n in names)


def place(*names: str) -> str:
    return "".join(f":::{{figure}} {name}\n:::\n\n" for name in names)


def test_a_number_is_a_data_element_with_value_and_evidence(note, text) -> None:
    (data, companies, *_) = note.section("overview").iter("data")
    assert (data.get("value"), text(data)) == ("60", "60 元")
    title = data.get("title")
    assert "示例证券《原报告》" in title
    assert "截至：2024 年 3 月 23 日" in title
    assert title.endswith("facts.yaml#price")
    assert (companies.get("value"), text(companies)) == ("3", "3 家")


def test_a_computed_number_shows_formula_and_inputs(note, text) -> None:
    note.write(overview_md='{{ prices["moonshot"].input / prices["gpt"].input | percent }}\n')
    (data,) = note.section("overview").iter("data")
    assert text(data) == "83.3%"
    assert data.get("value").startswith("0.8333")
    assert 'prices["moonshot"].input / prices["gpt"].input' in data.get("title")
    assert 'prices["gpt"].input = 72\N{NO-BREAK SPACE}元' in data.get("title")


def test_a_date_is_plain_text(note, text) -> None:
    note.write(overview_md="发布于 {{ briefing.date }}。\n")
    section = note.section("overview")
    assert list(section.iter("data")) == []
    assert "发布于 2024 年 3 月 25 日。" in text(section)


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_data_never_becomes_markup(medium, note, text) -> None:
    note.edit("facts.yaml", "note: 三家", f"note: '{HOSTILE.replace(chr(39), chr(39) * 2)}'")
    note.edit("exhibits.yaml", "caption: 价格一览", f"caption: >-\n    {HOSTILE}")
    note.edit("tables/prices.csv", "gpt,72", '"<img src=x onerror=alert(1)>",72')
    note.edit("briefing.yaml", "一份很短的点评", f">-\n  {HOSTILE}")
    note.edit("brokerages/house.yaml", "legal_name: 示例证券", "legal_name: <b>示例证券")
    tree = note.tree(medium)
    assert len(list(tree.iter("script"))) == (2 if medium == "screen" else 0)
    assert [e for e in tree.iter("img") if e.get("onerror")] == []
    assert all(b.text != "示例证券股份有限公司" for b in tree.iter("b"))
    (caption,) = tree.iter("figcaption")
    assert text(caption).startswith(f"图表 1{HOSTILE}")
    (head,) = tree.iter("h1")
    assert text(head) == HOSTILE
    assert HOSTILE in text(next(tree.iter("title")))
    assert "<img src=x onerror=alert(1)>" in {text(th) for th in tree.iter("th")}


def test_html_in_prose_is_text(note, text) -> None:
    note.write(overview_md=f"{HOSTILE}\n")
    section = note.section("overview")
    assert list(section.iter("script")) == []
    assert HOSTILE in text(section)


def test_the_alternative_text_is_escaped(note) -> None:
    note.write(exhibits_yaml=exhibits("a", width="full"), pricing_md=place("a"))
    note.edit("overview.md", "，详见[](#prices)", "")
    (drawing,) = note.tree().iter("{http://www.w3.org/2000/svg}svg")
    assert drawing.get("aria-label") == '“a” <&">'


def test_headings_of_prose_stand_below_those_of_sections(note, text) -> None:
    note.write(pricing_md="## 国内\n\n文。\n\n### 细节\n\n文。\n\n:::{table} prices\n:::\n")
    section = note.section("pricing")
    heads = [(e.tag, text(e)) for e in section.iter() if e.tag in {"h1", "h2", "h3", "h4"}]
    assert heads == [("h2", "1价格"), ("h3", "国内"), ("h4", "细节")]


def test_the_deepest_heading_is_one_of_html(note) -> None:
    note.write(pricing_md="###### 最细\n\n:::{table} prices\n:::\n")
    assert "<h7" not in note.page().html


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ("甲乙\n丙丁", "甲乙丙丁"),
        ("句号。\n下句", "句号。下句"),
        ("Latin\nwords", "Latin words"),
        ("中文\nLatin", "中文 Latin"),
        ("价格 {{ price }}\n下降", "价格 60 元下降"),
    ],
)
def test_line_ends(source: str, written: str, note, text) -> None:
    note.write(overview_md=f"{source}\n")
    (paragraph, *_) = note.section("overview").iter("p")
    assert text(paragraph) == written


def test_a_line_end_beside_emphasis(note, text) -> None:
    note.write(overview_md="**要点。**\n正文\n")
    (paragraph, *_) = note.section("overview").iter("p")
    assert text(paragraph) == "要点。正文"


def test_half_width_exhibits_that_follow_each_other_stand_in_a_pair(note) -> None:
    note.edit("overview.md", "，详见[](#prices)", "")
    note.write(exhibits_yaml=exhibits("a", "b", "c") + exhibits("d", width="full"))
    note.write(pricing_md=f"{place('a', 'b')}文。\n\n{place('c', 'd')}")
    pairs = [e for e in note.section("pricing").iter("div") if e.get("class") == "pair"]
    assert [[f.get("id") for f in pair.iter("figure")] for pair in pairs] == [["a", "b"], ["c"]]
    classes = {f.get("id"): f.get("class") for f in note.section("pricing").iter("figure")}
    assert classes["a"] == "exhibit half"
    assert classes["d"] == "exhibit full"
    note.write(pricing_md=f"{place('a', 'b', 'c', 'd')}")
    pairs = [e for e in note.section("pricing").iter("div") if e.get("class") == "pair"]
    assert [[f.get("id") for f in pair.iter("figure")] for pair in pairs] == [["a", "b"], ["c"]]


def test_a_link_without_text_takes_the_name_of_its_target(note, text) -> None:
    note.write(overview_md="见[](#prices)、[](#pricing)、[](#overview)和[风险](#risks)。\n")
    links = list(note.section("overview").iter("a"))
    assert [(e.get("href"), text(e)) for e in links] == [
        ("#prices", "图表 1"),
        ("#pricing", "第 1 节"),
        ("#overview", "核心观点"),
        ("#risks", "风险"),
    ]


def test_a_link_to_an_exhibit_that_is_nowhere_does_not_end_the_program(note) -> None:
    """That it is not placed is a warning only; the page is made."""
    note.write(pricing_md="文。\n")
    made = note.made()
    assert made.value is not None or made.findings


def test_exhibits_stand_where_they_are_placed(note) -> None:
    note.write(pricing_md="前。\n\n:::{table} prices\n:::\n\n后。\n")
    section = note.section("pricing")
    assert [e.tag for e in section] == ["h2", "p", "figure", "p"]
    (figure,) = section.iter("figure")
    assert figure.get("id") == "prices"
    assert "含税" in tostring(figure, encoding="unicode")
