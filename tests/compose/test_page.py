"""The whole page, for screen and paper; problems of templates are findings with places."""

import base64
import hashlib
import re

import pytest
import tinyhtml5

from briefgen.diagnostics.place import Place

HEADS = ("h1", "h2", "h3", "h4", "h5", "h6")
CHART = """
chart:
  caption: 图
  chart: {kind: grouped-bar, table: prices, category: model, values: [input]}
  sources: [report]
"""
BOTH = pytest.mark.parametrize("medium", ["screen", "print"])


@pytest.fixture
def charted(note):
    """The small briefing with a chart beside its table."""
    exhibits = note.data / "briefings" / "note" / "exhibits.yaml"
    note.write(exhibits_yaml=exhibits.read_text(encoding="utf-8") + CHART)
    return note.write(pricing_md="文。\n\n:::{table} prices\n:::\n\n:::{figure} chart\n:::\n")


@BOTH
def test_the_page_names_its_language_title_and_issuance(medium, charted, text) -> None:
    tree = charted.tree(medium)
    assert tree.get("lang") == "zh-CN"
    assert "一份很短的点评" in text(next(tree.iter("title")))
    description = {m.get("name"): m.get("content") for m in tree.iter("meta")}["description"]
    assert "重建" in description
    assert "非示例证券发布" in description


@BOTH
def test_headings_have_one_first_level_and_no_jumps(medium, charted) -> None:
    levels = [int(e.tag[1]) for e in charted.tree(medium).iter() if e.tag in HEADS]
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))


@BOTH
def test_every_section_but_the_front_page_is_numbered(medium, charted, text) -> None:
    tree = charted.tree(medium)
    heads = {s.get("id"): s.find("h2") for s in tree.iter("section")}
    assert heads.pop("overview") is None
    numbers = [text(h2.find("span" if medium == "print" else "a")) for h2 in heads.values()]
    assert numbers == ["1", "2", "3"]


@BOTH
def test_images_have_a_text_and_tables_have_scopes(medium, charted) -> None:
    tree = charted.tree(medium)
    images = [e for e in tree.iter() if e.tag == "img" or e.get("role") == "img"]
    assert len(images) == 1
    assert all(image.get("alt") or image.get("aria-label") for image in images)
    heads = list(tree.iter("th"))
    assert heads
    assert all(th.get("scope") in {"col", "row", "rowgroup"} for th in heads)


@BOTH
def test_ids_are_unique_and_links_lead_to_them(medium, charted) -> None:
    tree = charted.tree(medium)
    ids = [e.get("id") for e in tree.iter() if e.get("id")]
    assert len(set(ids)) == len(ids)
    targets = {a.get("href")[1:] for a in tree.iter("a")}
    assert targets
    assert targets <= set(ids)


@BOTH
def test_nothing_is_fetched_from_outside(medium, charted) -> None:
    page = charted.page(medium)
    tree = charted.tree(medium)
    named = [e.get(key) for e in tree.iter() for key in ("src", "href", "srcset") if e.get(key)]
    allowed = ("#", "data:image/") if medium == "screen" else ("#", "asset:")
    assert [name for name in named if not name.startswith(allowed)] == []
    assert [e.tag for e in tree.iter() if e.tag in {"link", "iframe", "object"}] == []
    kinds = {script.get("type") for script in tree.iter("script")}
    assert kinds == ({"application/ld+json", "module"} if medium == "screen" else set())
    assert not re.search(r"@import|url\((?!#)", page.html)


def test_on_the_screen_drawings_stand_in_the_page(charted) -> None:
    page = charted.page("screen")
    (drawing,) = charted.tree("screen").iter("{http://www.w3.org/2000/svg}svg")
    assert drawing.get("role") == "img"
    assert drawing.get("aria-label")
    assert page.assets == {}


def test_style_and_script_are_those_that_the_policy_names(charted) -> None:
    """The browser runs nothing else: not what data or an extension of a page put in."""
    tree = charted.tree("screen")
    metas = {m.get("http-equiv"): m.get("content") for m in tree.iter("meta")}
    policy = metas["Content-Security-Policy"]
    assert policy.startswith("default-src 'none';")
    for element in (*tree.iter("style"), *tree.iter("script")):
        if element.get("type") != "application/ld+json":
            digest = hashlib.sha256(element.text.encode()).digest()
            assert f"'sha256-{base64.b64encode(digest).decode()}'" in policy
    assert "unsafe-eval" not in policy
    assert [e.tag for e in tree.iter() for name in e.attrib if name.startswith("on")] == []


def test_on_paper_drawings_are_assets(charted) -> None:
    page = charted.page("print")
    (image,) = charted.tree("print").iter("img")
    assert image.get("src") == "asset:chart.svg"
    assert list(page.assets) == ["chart.svg"]


@BOTH
def test_the_same_briefing_gives_the_same_page(medium, charted) -> None:
    assert charted.page(medium) == charted.page(medium)


@pytest.mark.parametrize(
    ("issuance", "shown", "not_shown"),
    [
        ("reconstruction", "重建", "草稿"),
        ("draft", "草稿，未经审核", "重建"),
        ("issued", "示例证券发布", "草稿"),
    ],
)
def test_every_medium_says_what_kind_of_document_it_is(
    issuance: str, shown: str, not_shown: str, note
) -> None:
    note.edit("briefing.yaml", "issuance: reconstruction", f"issuance: {issuance}")
    for medium in ("screen", "print"):
        html = note.page(medium).html
        assert shown in html
        assert not_shown not in html
    foot = re.search(r"@bottom-left \{(.*?)\}", note.page("print").html, re.DOTALL)
    assert foot
    assert shown[:2] in foot[1]


def test_a_bare_briefing_needs_neither_rating_nor_exhibits(note) -> None:
    note.edit("briefing.yaml", "rating: {label: 中性, action: maintain, previous: 中性}\n", "")
    note.write(overview_md="文。\n", pricing_md="文。\n", exhibits_yaml="{}\n", facts_yaml="{}\n")
    for medium in ("screen", "print"):
        assert list(note.tree(medium).iter("figure")) == []


def test_reconciliation_notes_without_any_say_so(note, text) -> None:
    rating = "  - {kind: ratings, title: 评级定义}"
    note.edit("briefing.yaml", rating, f"{rating}\n  - {{kind: reconciliation, title: 勘误}}")
    section = note.section("reconciliation")
    assert list(section.iter("table")) == []
    assert "各项核对未发现来源自相矛盾之处。" in text(section)


PROBLEMS = [
    ("{{ front.subtitle }}", "CMP101", "`Front` has no `subtitle`"),
    ("{{ nobody }}", "CMP101", "'nobody' is undefined"),
    ("{{ t('no_such_label') }}", "CMP101", "the labels have no `no_such_label`"),
    ("{% if front.rating %}", "CMP102", "the template is not Jinja"),
    ("{{ front.title | upside_down }}", "CMP102", "No filter named 'upside_down'"),
    ("{% include 'blocks/exhibits-list.html.j2' %}", "CMP103", "blocks/exhibits-list.html.j2"),
]


@pytest.mark.parametrize(("source", "code", "message"), PROBLEMS)
@pytest.mark.parametrize("name", ["sections/risks.html.j2", "briefing.html.j2"])
def test_a_problem_of_a_template_is_a_finding_at_its_line(
    name: str, source: str, code: str, message: str, note
) -> None:
    made = note.made(templates={name: f"<p>\n</p>\n{source}\n"})
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == code
    assert message in finding.message
    assert finding.place is not None
    assert finding.place.file.endswith(f"templates/{name}")
    if "{% if" not in source:
        assert finding.place.line == 3
    assert isinstance(finding.place, Place)


def test_a_missing_template_suggests_the_nearest(note) -> None:
    made = note.made(templates={"briefing.html.j2": "{% include 'blocks/banners.html.j2' %}"})
    assert made.findings[0].help == "did you mean `blocks/banner.html.j2`?"


def test_what_templates_print_is_escaped(note) -> None:
    made = note.made(templates={"briefing.html.j2": "<p>{{ '<b>&' }}</p>"})
    assert made.value is not None
    assert made.value.html == "<p>&lt;b&gt;&amp;</p>"


@pytest.mark.parametrize("text", ['a"b', "a\\b", "a</style>b", "a\nb", "a&b"])
def test_text_in_style_sheets_is_a_css_string(text: str, note) -> None:
    template = f"<style>p::before {{ content: {{{{ {text!r} | css_string }}}}; }}</style><p>x"
    made = note.made(templates={"briefing.html.j2": template})
    assert made.value is not None
    (style,) = tinyhtml5.parse(made.value.html, namespace_html_elements=False).iter("style")
    content = re.search(r'content: "(.*)"; }', style.text)
    assert content
    plain = re.sub(r"\\([0-9a-f]+) ", lambda m: chr(int(m[1], 16)), content[1])
    assert plain == text
