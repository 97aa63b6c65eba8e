"""`feed.xml`: the newest editions as Atom.

No clock is read: an edition is of the moment at which it was released, where its record says so,
and else of its date, at midnight UTC. A version that does not change that is no news.
Source: RFC 4287.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, time
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from briefgen.model.about import About
from briefgen.model.edition import file_name
from briefgen.model.site import Listed, Site
from briefgen.model.value import period_end
from briefgen.publish.site.cards import in_order
from briefgen.publish.site.pages import INDEX, banner
from briefgen.publish.site.setting import Setting, straight

NAME = "feed.xml"
ENTRIES = 100
"""How many editions the feed has."""

_ATOM = "http://www.w3.org/2005/Atom"


def feed(site: Site, setting: Setting) -> bytes:
    """The feed of a site with at least one edition, or one that was withdrawn.

    Its ids follow from what the state says, and from the names of editions.
    """
    base = site.feed or setting.name
    newest = in_order(site)[:ENTRIES]
    root = Element("feed", {"xmlns": _ATOM, "xml:lang": setting.language})
    _text(root, "id", _id(base))
    _text(root, "title", setting.name)
    moments = [_moment(one.shown.about) for one in newest]
    moments += [_written(one.at) for one in site.withdrawn]
    _text(root, "updated", max(moments))
    _text(SubElement(root, "author"), "name", setting.name)
    if setting.url:
        SubElement(root, "link", {"rel": "self", "href": setting.url + NAME})
    SubElement(root, "link", {"rel": "alternate", "href": setting.address(INDEX) or INDEX})
    for listed in newest:
        _entry(root, listed, base, setting)
    indent(root)
    written: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return written + b"\n"


def _entry(root: Element, listed: Listed, base: str, setting: Setting) -> None:
    about, slug = listed.shown.about, listed.slug
    page, own = f"{slug}/{INDEX}", setting.own(about.language)
    entry = SubElement(root, "entry", {"xml:lang": about.language})
    _text(entry, "id", _id(base, slug))
    _text(entry, "title", f"{about.house} | {about.title}")
    _text(entry, "updated", _moment(about))
    SubElement(entry, "link", {"rel": "alternate", "href": setting.address(page) or page})
    pdf = f"{slug}/{listed.current}/{file_name(slug, 'pdf')}"
    size = listed.shown.files[file_name(slug, "pdf")].bytes
    link = {"rel": "enclosure", "type": "application/pdf", "length": str(size)}
    SubElement(entry, "link", {**link, "href": (setting.url or "") + pdf})
    SubElement(entry, "category", {"term": straight(about.sector)})
    if about.issuance == "issued":
        _text(SubElement(entry, "author"), "name", about.brokerage)
    says = own("notice_issued", house=about.house)
    _text(entry, "summary", says if about.nature == "issued" else banner(about, own))


def _moment(about: About) -> str:
    """When an edition was released, in UTC; its date, where only that is known."""
    if about.released_at:
        return _written(datetime.fromisoformat(about.released_at))
    return _written(datetime.combine(period_end(about.date), time(), UTC))


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _id(base: str, slug: str = "") -> str:
    return uuid.uuid5(uuid.NAMESPACE_OID, f"briefgen\n{base}\n{slug}").urn


def _text(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = straight(text)
