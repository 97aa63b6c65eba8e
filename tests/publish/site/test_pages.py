"""What the pages of a site say, and what they keep out."""

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from lxml import html
from site_editions import TEMPLATES, edition, setting

from briefgen.diagnostics.finding import Made
from briefgen.load.site_templates import load_site_templates
from briefgen.load.templates import load_templates
from briefgen.publish.site.builder import Publication, publish_site

EVIL = "</title><script>alert(1)</script>\"'&`x`"


def site(tmp_path: Path, *folders: Path, **changes: Any) -> Path:
    made = publish_site(folders, tmp_path / "site", setting(**changes), lambda content: ())
    assert made.findings == ()
    return tmp_path / "site"


@pytest.fixture
def several(tmp_path: Path) -> Path:
    output = tmp_path / "output"
    other = {"house": "另一证券", "brokerage": "另一证券有限公司", "brand": "#103f7c"}
    return site(
        tmp_path,
        edition(output, "first", tags=["daily", "ai"]),
        edition(output, "second", date="2024-04", rating=None, sector="传媒", **other),
        edition(output, "second.en", date="2024-04", rating=None, language="en", **other),
        edition(output, "third", date="2024-04-02", issuance="issued", nature="issued"),
    )


def read(page: Path) -> Any:
    return html.fromstring(page.read_bytes().decode())


def test_the_list_is_whole_without_any_script(several: Path) -> None:
    page = read(several / "index.html")
    assert page.xpath("//h3/a/@href") == [
        f"{slug}/index.html" for slug in ("second", "second.en", "third", "first")
    ]
    assert page.xpath("//section[@class='month']/h2/text()") == ["2024 年 4 月", "2024 年 3 月"]
    assert page.xpath("//form[@id='filter']/@hidden") == [""]
    assert page.xpath("//li[contains(@class, 'entry')][last()]//em/text()") == ["重建示例"]


def test_the_list_can_be_filtered_by_what_differs(several: Path) -> None:
    page = read(several / "index.html")
    facets = {
        box.get("data-facet"): [
            (item.xpath(".//input/@value")[0], *item.xpath(".//span/text() | .//small/text()"))
            for item in box.xpath(".//li")
        ]
        for box in page.xpath("//fieldset[@data-facet]")
    }
    assert facets == {
        "brokerage": [
            ("另一证券有限公司", "另一证券", "2"),
            ("示例证券股份有限公司", "示例证券", "2"),
        ],
        "sector": [("计算机", "计算机", "3"), ("传媒", "传媒", "1")],
        "rating": [("强于大市", "强于大市", "2"), ("", "未给评级", "2")],
        "tags": [("ai", "ai", "1"), ("daily", "daily", "1")],
        "language": [("zh-CN", "简体中文", "3"), ("en", "English", "1")],
        "nature": [("reconstruction", "重建示例", "3"), ("issued", "研究报告", "1")],
    }
    for facet, choices in facets.items():
        told = {value for entry in page.xpath(f"//li/@data-{facet}") for value in [entry]}
        values = {choice[0] for choice in choices}
        assert values <= (set(" ".join(told).split()) if facet == "tags" else told)
    (entry,) = page.xpath("//li[@data-text][.//a[@href='second/index.html']]")
    assert (entry.get("data-from"), entry.get("data-to")) == ("2024-04-01", "2024-04-30")
    assert "示例甲 000000.SZ" in entry.get("data-text")


def test_the_script_finds_what_it_looks_for(several: Path) -> None:
    """Ids, names and data attributes of the script stand in the page."""
    page, script = read(several / "index.html"), (TEMPLATES / "site/filter.js").read_text("utf-8")
    ids = set(re.findall(r'getElementById\("(\w+)"\)', script))
    assert ids == set(page.xpath("//@id")) & ids
    assert ids >= {"filter", "tally", "nothing", "facets"}
    assert set(page.xpath("//form//@name")) == {"q", "from", "to"}
    assert page.xpath("//output/@data-text") == ["显示 %s / %a 份"]


@pytest.mark.parametrize("name", ["index.html", "first/index.html"])
def test_a_page_asks_for_nothing_and_its_policy_allows_what_is_in_it(
    name: str, several: Path
) -> None:
    text = (several / name).read_text("utf-8")
    page = html.fromstring(text)
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert "default-src 'none'" in policy
    for tag in ("style", "script"):
        for inline in re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL):
            digest = base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()
            assert f"{tag}-src 'sha256-{digest}'" in policy
    assert not page.xpath("//@style | //@src | //@onclick")
    links = page.xpath("//link[not(@rel='canonical')]/@href | //a/@href")
    assert [link for link in links if re.match("[a-z]+:|//", link)] == []
    assert "url(" not in text
    assert "@import" not in text


@pytest.mark.parametrize("nature", ["reconstruction", "comparison", "issued"])
def test_the_page_of_an_edition_says_whose_it_is(nature: str, tmp_path: Path) -> None:
    issuance = "issued" if nature == "issued" else "reconstruction"
    folder = edition(tmp_path, "note", issuance=issuance, nature=nature)
    page = read(site(tmp_path, folder) / "note/index.html")
    banners = [text.strip() for text in page.xpath("//p[@role='note']/text()")]
    assert (
        banners
        == {
            "reconstruction": [
                "本页依据示例证券《一份报告》（2024 年 3 月 25 日）所载事实重新编写，仅作示例，"
                "并非该机构发布的研究报告，不构成投资建议。"
            ],
            "comparison": [
                "示例证券：本页依据各家机构已公开研究报告所载事实编写，仅作示例，不由任何机构发布，"
                "不构成投资建议。"
            ],
            "issued": [],
        }[nature]
    )
    (data,) = page.xpath("//script[@type='application/ld+json']/text()")
    told = json.loads(data)
    assert told["creativeWorkStatus"] == issuance
    assert ("publisher" in told) == (nature == "issued")


def test_the_page_of_an_edition_has_its_files_with_digests_and_its_checks(several: Path) -> None:
    page, folder = read(several / "first/index.html"), several / "first"
    files = page.xpath("//section[@id='files']//li")
    assert [item.xpath("a/text()")[0] for item in files] == [
        *("first.html", "first.pdf", "evidence.json", "exhibits.xlsx"),
        *("check-report.json", "first-page.png", "manifest.json"),
    ]
    for item in files:
        content = (folder / item.xpath("a/@href")[0]).read_bytes()
        assert item.xpath("code/text()") == [hashlib.sha256(content).hexdigest()]
    outcomes = page.xpath("//dl[@class='outcomes']//dd/text()")
    assert outcomes == ["0", "1", "0", "0"]
    assert page.xpath("//ol[@class='findings']//p//text()")[:2] == ["old", " is old"]
    assert page.xpath("//tr[@class='fail']/td[2]//code/text()") == ["old"]
    assert page.xpath("//aside//p[@class='rating']/text()")[0].strip() == "强于大市"


def test_texts_are_texts_and_never_markup(tmp_path: Path) -> None:
    finding = {"code": "X1", "message": EVIL, "severity": "note"}
    verdict = {"code": "X1", "name": EVIL, "pack": "CHK", "outcome": "fail", "reasons": [EVIL]}
    texts = ("title", "house", "brokerage", "sector", "kind", "original")
    folder = edition(
        tmp_path,
        "note",
        **dict.fromkeys(texts, EVIL),
        rating={"label": EVIL, "action": "maintain"},
        securities=[EVIL],
        tags=[EVIL],
        findings=[finding],
        check={"digest": "ab", "scope": [{"pack": "CHK", "runs": True}], "verdicts": [verdict]},
    )
    made = site(tmp_path, folder, name=EVIL)
    for name in ("index.html", "note/index.html"):
        text = (made / name).read_text("utf-8")
        assert "<script>alert" not in text
        assert "</title><script" not in text
        page = html.fromstring(text)
        assert EVIL in "".join(page.xpath("//title/text()"))
        assert len(page.xpath("//script")) == 1
    (data,) = page.xpath("//script/text()")
    assert json.loads(data)["headline"] == EVIL


def test_no_text_turns_the_order_of_what_follows(tmp_path: Path) -> None:
    turned = "\u202eabc\u2066"
    folder = edition(
        tmp_path, "note", title=turned, house=turned, sector=turned, securities=[turned]
    )
    made = site(tmp_path, folder, name=turned)
    for name in ("index.html", "note/index.html", "feed.xml"):
        text = (made / name).read_text("utf-8")
        assert "abc" in text
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", text), name


def test_the_kind_of_a_file_does_not_hang_on_the_name_of_its_edition(tmp_path: Path) -> None:
    made = site(tmp_path, edition(tmp_path, "note.plain"))
    files = read(made / "note.plain/index.html").xpath("//section[@id='files']//li/a/text()")
    assert files[:2] == ["note.plain.html", "note.plain.pdf"]


def test_a_site_in_english_has_english_words(tmp_path: Path) -> None:
    folder = edition(tmp_path, "note.en", language="en", title="A note")
    made = site(tmp_path, folder, language="en", url="https://example.com/research/")
    page = read(made / "note.en/index.html")
    assert page.xpath("//html/@lang") == ["en"]
    assert page.xpath("//h2/text()")[-3:] == ["Files", "Checks", "Versions"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.com/research/note.en/"]
    index = read(made / "index.html")
    assert index.xpath("//h1/text()") == ["All briefings"]
    assert index.xpath("//time/text()") == ["25 March 2024"]


def attempt(tmp_path: Path, name: str, text: str) -> Made[Publication]:
    """Publish with one template of the workspace's own."""
    own = tmp_path / "templates"
    (own / "site" / name).parent.mkdir(parents=True)
    (own / "site" / name).write_text(text, "utf-8")
    to = tmp_path / "site"
    return publish_site([edition(tmp_path, "note")], to, setting(own), lambda content: ())


def test_a_workspace_has_its_own_pages_if_it_likes(tmp_path: Path) -> None:
    text = "{% extends 'frame.html.j2' %}{% block main %}{{ cards | length }} notes{% endblock %}"
    assert not attempt(tmp_path, "index.html.j2", text).failed
    assert "1 notes" in (tmp_path / "site/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{ nobody }}", "CMP101"),
        ("{{ t('nothing') }}", "CMP101"),
        ("\n{% if %}", "CMP102"),
        ("{% include 'lost.j2' %}", "CMP103"),
        ("{{ 1 / 0 }}", "CMP104"),
    ],
)
def test_a_template_that_does_not_work_is_named_and_nothing_is_written(
    text: str, code: str, tmp_path: Path
) -> None:
    made = attempt(tmp_path, "edition.html.j2", text)
    assert made.value is None
    (finding,) = made.findings
    assert finding.code == code
    assert finding.place
    assert finding.place.file == "templates/site/edition.html.j2"
    assert not (tmp_path / "site").exists()


def test_labels_of_an_own_language_are_complete(tmp_path: Path) -> None:
    labels = tmp_path / "templates/site/labels"
    labels.mkdir(parents=True)
    (labels / "fr.yaml").write_text("archive: Notes\n", "utf-8")
    made = load_site_templates(TEMPLATES, tmp_path / "templates")
    assert [finding.code for finding in made.findings] == ["LOD104"]
    assert "`all_editions`" in made.findings[0].message


def test_the_languages_have_the_same_words() -> None:
    labels = setting().templates.labels
    assert labels["en"].keys() == labels["zh-CN"].keys()


def test_templates_of_the_site_are_none_of_the_briefings() -> None:
    from briefgen.diagnostics.place import SourceMap
    from briefgen.load.files import Folder

    folder = Folder(TEMPLATES.parent, TEMPLATES)
    templates = load_templates(folder, None, SourceMap()).value
    assert templates is not None
    assert not [name for name in (*templates.files, *templates.digests) if "site/" in name]
