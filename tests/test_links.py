"""The links of every shipped edition, in both files: each leads somewhere and says where."""

from collections import Counter
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
import tinyhtml5
from shipped import SLUGS

from briefgen.readback.links import html_links, pdf_links


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_every_link_leads_somewhere_and_says_where(slug, shipped, tell) -> None:
    edition = shipped(slug).edition
    assert edition is not None
    html, pdf = edition.files[f"{slug}.html"], edition.files[f"{slug}.pdf"]
    assert [link for link in html_links(html) if link.startswith("#")] == []
    other = {link for link in html_links(html) if link.startswith("../")}
    assert sorted(set(html_links(html)) - other) == sorted(pdf_links(pdf))
    assert {Path(link).name.removesuffix(".html") for link in other} <= set(SLUGS)
    tree = tinyhtml5.parse(html.decode(), namespace_html_elements=False)
    heads = [
        one for main in tree.iter("main") for tag in ("h2", "h3", "h4") for one in main.iter(tag)
    ]
    assert [text_of(one) for one in heads if not is_linked(one, tree)] == []
    screen = Counter(a.get("href", "")[:1] == "#" for a in tree.iter("a"))
    with pikepdf.open(BytesIO(pdf)) as document:
        areas = [one for page in document.pages for one in page.obj.get("/Annots", ())]
        named = {str(name) for name in pikepdf.NameTree(document.Root.Names.Dests)}
        aims = {str(area.Dest) for area in areas if "/Dest" in area}
        assert aims <= named
        assert all(str(area.Contents).strip() for area in areas)
        bookmarks = _count(document.Root.Outlines)
    tell(
        f"{slug}: links on the screen {screen[True]} within, {screen[False]} to sites; on paper "
        f"{len(areas)} areas to {len(aims)} places; {bookmarks} bookmarks"
    )


def text_of(element) -> str:
    return "".join(element.itertext())


def is_linked(head, tree) -> bool:
    """Whether a link in a heading leads to it, or to the section that it heads."""
    aims = {a.get("href", "")[1:] for a in head.iter("a")}
    own = [head, *(one for one in tree.iter("section") if head in list(one))]
    return any(one.get("id") in aims for one in own)


def _count(item) -> int:
    """How many bookmarks stand below one."""
    below = item.get("/First")
    count = 0
    while below is not None:
        count += 1 + _count(below)
        below = below.get("/Next")
    return count
