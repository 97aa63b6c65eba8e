"""Links: sources, sites, mail; and what each says of where it leads."""

import pytest

from briefgen.compose.origins import Origins
from briefgen.compose.words import Words

EVIDENCE = "  - {kind: evidence, title: 数据依据}\n  - {kind: ratings, title: 评级定义}"
URL = "https://www.example.com/report?id=1&x=2"


@pytest.fixture
def listed(note):
    """The briefing with a list of evidence, and a site of its source."""
    note.edit("briefing.yaml", "  - {kind: ratings, title: 评级定义}", EVIDENCE)
    note.edit("sources.yaml", "kind: report, date", f'kind: report, url: "{URL}", date')
    return note


def links(element):
    return {a.get("href"): (a.get("title"), "".join(a.itertext())) for a in element.iter("a")}


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_a_source_line_leads_to_the_list_and_that_to_the_site(listed, medium) -> None:
    title = "来源列表 [1]：示例证券《原报告》"
    (figure,) = (e for e in listed.tree(medium).iter("figure") if e.get("id") == "prices")
    assert links(figure)["#source-1"] == (title, "示例证券《原报告》")
    section = listed.section("evidence", medium)
    assert links(section)["#source-1"] == (title, "[1]")
    (source,) = (e for e in section.iter("li") if e.get("id") == "source-1")
    assert links(source) == {URL: (f"网站：{URL}", "示例证券《原报告》")}


def test_without_a_list_a_source_line_leads_to_the_site(listed) -> None:
    listed.edit("briefing.yaml", EVIDENCE, "  - {kind: ratings, title: 评级定义}")
    (figure,) = (e for e in listed.tree().iter("figure") if e.get("id") == "prices")
    assert links(figure)[URL] == (f"网站：{URL}", "示例证券《原报告》")


def test_a_source_that_only_an_exhibit_names_is_listed(listed) -> None:
    site = "site: {title: 官网, publisher: 甲, kind: website}\nreport:"
    listed.edit("sources.yaml", "report:", site)
    listed.edit("exhibits.yaml", "sources: [report]", "sources: [report, site]")
    (source,) = (e for e in listed.section("evidence").iter("li") if e.get("id") == "source-2")
    assert "".join(source.itertext()) == "[2] 官网"


@pytest.mark.parametrize("medium", ["screen", "print"])
def test_links_within_the_document_say_where_they_lead(listed, medium) -> None:
    tree = listed.tree(medium)
    within = [a for a in tree.iter("a") if a.get("href", "").startswith("#")]
    untold = {f"#number-{n}" for n in range(1, 9)} | {"#text"}
    assert {a.get("href") for a in within if not a.get("title")} <= untold
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert {a.get("href")[1:] for a in within} <= set(ids)
    assert len(ids) == len(set(ids))
    assert links(tree)["#prices"][0] == "图表\N{NO-BREAK SPACE}1：价格一览"
    assert links(tree)["#pricing"][0] == "第\N{NO-BREAK SPACE}1\N{NO-BREAK SPACE}节：价格"


def test_what_looks_like_an_address_in_prose_is_no_link(note) -> None:
    note.write(overview_md="**一。**见 https://www.example.com/a 与 a@example.com。\n")
    assert links(note.section("overview")) == {}


def test_only_https_becomes_a_link(note) -> None:
    briefing, templates = note.load()
    made = Words(briefing, templates.labels["zh-CN"], {}, {}, Origins(), is_screen=True)
    assert "<a" not in made.site("javascript:alert(1)")
    assert "<a" not in made.site("公司网站")
    assert made.mail("不公开") == "不公开"
    assert 'href="mailto:a@example.com"' in made.mail("a@example.com")
