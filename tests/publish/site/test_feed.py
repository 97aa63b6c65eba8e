"""The feed: what RFC 4287 asks for, and nothing that a clock would say."""

import json
import re
import uuid
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from site_editions import edition, setting

from briefgen.publish.site.builder import publish_site

ATOM = "{http://www.w3.org/2005/Atom}"
MOMENT = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ"


def feed(tmp_path: Path, *folders: Path, **changes: Any) -> ElementTree.Element:
    made = publish_site(folders, tmp_path / "site", setting(**changes), lambda content: ())
    assert made.findings == ()
    return ElementTree.parse(tmp_path / "site/feed.xml").getroot()


def texts(parent: ElementTree.Element, tag: str) -> list[str]:
    return [element.text or "" for element in parent.findall(ATOM + tag)]


def test_the_feed_has_what_it_must_have(tmp_path: Path) -> None:
    root = feed(tmp_path, edition(tmp_path, "first"), edition(tmp_path, "second", date="2024-04"))
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    for element in (root, *entries):
        (identity,), (title,), (updated,) = (texts(element, t) for t in ("id", "title", "updated"))
        assert uuid.UUID(identity.removeprefix("urn:uuid:"))
        assert title
        assert re.fullmatch(MOMENT, updated)
    assert len({texts(element, "id")[0] for element in (root, *entries)}) == 3
    assert [name.text for name in root.findall(f"{ATOM}author/{ATOM}name")] == ["示例工作区"]
    assert texts(root, "updated") == ["2024-04-30T00:00:00Z"]
    assert [texts(entry, "updated")[0] for entry in entries] == [
        "2024-04-30T00:00:00Z",
        "2024-03-25T00:00:00Z",
    ]
    for entry in entries:
        links = {link.get("rel"): link for link in entry.findall(f"{ATOM}link")}
        assert (tmp_path / "site" / (links["alternate"].get("href") or "")).is_file()
        pdf = tmp_path / "site" / (links["enclosure"].get("href") or "")
        assert links["enclosure"].get("length") == str(pdf.stat().st_size)
        assert "并非该机构发布" in texts(entry, "summary")[0]


def test_an_issued_report_is_of_the_moment_of_its_release(tmp_path: Path) -> None:
    told = {"issuance": "issued", "nature": "issued", "original": None}
    folder = edition(tmp_path, released_at="2024-03-25T07:30:00+08:00", **told)
    (entry,) = feed(tmp_path, folder).findall(f"{ATOM}entry")
    assert texts(entry, "updated") == ["2024-03-24T23:30:00Z"]
    assert texts(entry, "summary") == ["示例证券发布"]
    assert [name.text for name in entry.findall(f"{ATOM}author/{ATOM}name")] == [
        "示例证券股份有限公司"
    ]


def test_with_an_address_links_are_whole_and_ids_are_the_same(tmp_path: Path) -> None:
    folder = edition(tmp_path)
    before = feed(tmp_path, folder)
    root = feed(tmp_path, folder, url="https://example.com/research/")
    assert texts(root, "id") == texts(before, "id")
    links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    assert links == {
        "self": "https://example.com/research/feed.xml",
        "alternate": "https://example.com/research/",
    }
    (entry,) = root.findall(f"{ATOM}entry")
    found = [link.get("href") or "" for link in entry.findall(f"{ATOM}link")]
    assert found[0] == "https://example.com/research/note/"
    assert found[1].startswith("https://example.com/research/note/")


def test_a_new_version_of_the_same_date_is_no_news(tmp_path: Path) -> None:
    before = feed(tmp_path, edition(tmp_path))
    after = feed(tmp_path, edition(tmp_path, title="改过的标题"))
    (one,), (other,) = (root.findall(f"{ATOM}entry") for root in (before, after))
    for tag in ("id", "updated"):
        assert texts(one, tag) == texts(other, tag)
    assert texts(other, "title") == ["示例证券 | 改过的标题"]


def ids(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{ATOM}id")]


def test_ids_stay_when_workspace_or_address_have_another_name(tmp_path: Path) -> None:
    folder = edition(tmp_path)
    before = ids(feed(tmp_path, folder, url="https://example.com/a/"))
    assert ids(feed(tmp_path, folder, name="别的名字", url="https://example.com/b/")) == before


def test_ids_follow_from_the_address_where_it_is_known(tmp_path: Path) -> None:
    folder, url = edition(tmp_path), "https://example.com/a/"
    one = ids(feed(tmp_path / "one", folder, url=url))
    assert ids(feed(tmp_path / "two", folder, url=url, name="别的名字")) == one
    assert set(ids(feed(tmp_path / "three", folder))).isdisjoint(one)


def test_a_site_of_an_earlier_briefgen_keeps_its_ids(tmp_path: Path) -> None:
    folder, state = edition(tmp_path), tmp_path / "site/manifest.json"
    before = ids(feed(tmp_path, folder))
    told = json.loads(state.read_text("utf-8"))
    del told["feed"], told["withdrawn"]
    state.write_text(json.dumps(told), "utf-8")
    assert ids(feed(tmp_path, folder, url="https://example.com/a/")) == before
    assert ids(feed(tmp_path, folder, name="别的名字")) == before


def test_what_cannot_stand_in_xml_is_left_out(tmp_path: Path) -> None:
    name = "a\x0b\x00\x1f\ufffe\u202e\tb\x85"
    root = feed(tmp_path, edition(tmp_path), name=name)
    assert texts(root, "title") == ["a\tb\x85"]
    page = (tmp_path / "site/index.html").read_text("utf-8")
    assert "\x0b" not in page
    assert "<title>a\tb" in page
