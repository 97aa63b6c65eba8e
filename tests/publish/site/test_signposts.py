"""On the site, links of an edition to another language lead there, as they do in `output/`."""

from html.parser import HTMLParser
from pathlib import Path

import pytest
from site_editions import edition, setting

from briefgen.publish.site.builder import publish_site


class Signpost(HTMLParser):
    """Where a signpost sends a reader at once, and what it links to."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.refresh: str | None = None
        self.links: list[str] = []
        self.feed(page.read_text("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("http-equiv") == "refresh":
            self.refresh = (given["content"] or "").partition("url=")[2]
        if tag == "a":
            self.links.append(given["href"] or "")


def site(tmp_path: Path, *folders: Path) -> Path:
    made = publish_site(folders, tmp_path / "site", setting(), lambda content: ())
    assert made.findings == ()
    return tmp_path / "site"


@pytest.fixture
def chinese(tmp_path: Path) -> Path:
    return edition(tmp_path / "output", "note", alternates={"en": "note.en"})


@pytest.fixture
def english(tmp_path: Path) -> Path:
    names = {"title": "A note", "language": "en", "alternates": {"zh-CN": "note"}}
    return edition(tmp_path / "output", "note.en", **names)


@pytest.mark.parametrize(("slug", "other"), [("note", "note.en"), ("note.en", "note")])
def test_the_link_of_an_edition_leads_to_the_other_language(
    slug: str, other: str, tmp_path: Path, chinese: Path, english: Path
) -> None:
    made = site(tmp_path, chinese, english)
    (page,) = made.glob(f"{slug}/*/{slug}.html")
    assert len(page.parent.name) == 12
    signpost = page.parent / f"../{other}/{other}.html"
    read = Signpost(signpost)
    assert read.refresh == read.links[0]
    (target,) = (path for path in made.glob(f"{other}/*/{other}.html") if path != signpost)
    assert (signpost.parent / read.refresh).resolve() == target.resolve()
    assert all((signpost.parent / link).resolve().is_file() for link in read.links)
    assert f'href="../{other}/index.html" hreflang=' in (made / slug / "index.html").read_text()


def test_it_leads_to_the_current_version(tmp_path: Path, chinese: Path, english: Path) -> None:
    made = site(tmp_path, chinese, english)
    before = Signpost(made / "note/note.en/note.en.html").refresh
    later = {"title": "A later note", "language": "en", "alternates": {"zh-CN": "note"}}
    site(tmp_path, edition(tmp_path / "output", "note.en", **later))
    after = Signpost(made / "note/note.en/note.en.html").refresh
    assert after is not None
    assert after != before
    assert "A later note" in (made / "note/note.en" / after).resolve().read_text("utf-8")


def test_where_the_other_language_is_not_on_the_site_the_signpost_says_so(
    tmp_path: Path, chinese: Path
) -> None:
    made = site(tmp_path, chinese)
    signpost = made / "note/note.en/note.en.html"
    read = Signpost(signpost)
    assert read.refresh is None
    assert read.links == ["../../index.html"]
    assert "English版不在本站" in signpost.read_text("utf-8")
    assert "hreflang" not in (made / "note/index.html").read_text("utf-8")


def test_editions_in_one_language_have_no_signposts(tmp_path: Path) -> None:
    made = site(tmp_path, edition(tmp_path / "output", "note"))
    assert [path.name for path in (made / "note").iterdir() if len(path.name) != 12] == [
        "index.html"
    ]
