"""The pages of a site, from its state alone: the list of all editions, and a page for each.

A page more is a line in `pages` and a template. The gallery comes as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment
from pydantic import ValidationError

from briefgen.model.about import About
from briefgen.model.edition import FORMATS, file_name
from briefgen.model.language import write_period
from briefgen.model.site import Listed, Site, Version
from briefgen.publish.evidence import NAME as EVIDENCE
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.sealed import REPORT
from briefgen.publish.site.cards import brand, cards, facets, in_order, language_name, months
from briefgen.publish.site.checks import CheckReport, shown
from briefgen.publish.site.picture import NAME as PICTURE
from briefgen.publish.site.picture import picture_address
from briefgen.publish.site.setting import Label, Setting
from briefgen.publish.site.signposts import signposts
from briefgen.publish.sources import NAME as SOURCES
from briefgen.publish.workbook import NAME as WORKBOOK

INDEX = "index.html"
_KINDS = {
    EVIDENCE: "evidence",
    WORKBOOK: "workbook",
    REPORT: "report",
    SOURCES: "sources",
    PICTURE: "picture",
    MANIFEST: "manifest",
}


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    kind: str
    path: str
    size: str
    sha256: str


@dataclass(frozen=True, slots=True)
class _Version:
    """A version as a page shows it. Shape: paths are those from the edition's folder."""

    id: str
    number: int
    manifest: str
    date: str
    files: tuple[_File, ...]
    html: str
    pdf: str
    is_current: bool

    @property
    def folder(self) -> str:
        """Where its files are."""
        return self.id

    def size(self, kind: str) -> str:
        """The size of its file of a kind, to be read."""
        return next(file.size for file in self.files if file.kind == kind)


def pages(
    site: Site, setting: Setting, read: Callable[[str], bytes], *, keeps_damaged: bool = False
) -> Iterator[tuple[str, bytes]]:
    """Every page by its path, the list of all editions last.

    `read` gives a file of the site by its path. With `keeps_damaged`, an edition whose check report
    cannot be read keeps its page.
    Raises: jinja2.TemplateError and others for templates of a workspace that do not work.
    """
    listed = cards(site, setting)
    colours = {one.shown.about.brand for one in site.editions}
    environment = setting.environment({brand(one): one for one in sorted(colours)})
    gallery = setting.gallery()
    environment.globals["has_gallery"] = bool(gallery)
    for edition in site.editions:
        name = f"{edition.slug}/{INDEX}"
        try:
            report = read(f"{edition.slug}/{edition.current}/{REPORT}")
            yield name, _edition(edition, report, site, setting, environment)
        except (ValidationError, FileNotFoundError):
            if not keeps_damaged:
                raise
            yield name, read(name)
        yield from signposts(edition, site, setting, environment)
    for slug in dict.fromkeys(one.slug for one in site.withdrawn):
        if site.edition(slug) is None:
            yield f"{slug}/{INDEX}", _withdrawn(slug, site, environment)
    for name, html in gallery.items():
        yield f"gallery/{name}", html.encode()
    values = {
        "up": "",
        "address": setting.address(INDEX),
        "picture": next(filter(None, (picture_address(s, setting) for s in in_order(site))), None),
        "cards": listed,
        "months": months(listed, setting.language),
        "facets": facets(listed, setting),
        "marks": _marks(site, setting),
        "span": _span([card.last_day[:7] for card in listed], setting),
        "first_day": min((card.first_day for card in listed), default=""),
        "last_day": max((card.last_day for card in listed), default=""),
    }
    yield INDEX, environment.get_template("index.html.j2").render(values).encode()


def banner(about: About, own: Label) -> str:
    """What an edition that nobody issued says of itself, as its first page does."""
    date = write_period(about.date, about.language)
    if about.nature == "reconstruction":
        title = about.original or about.title
        return own("banner_reconstruction", house=about.house, title=title, date=date)
    return own(f"banner_{about.nature}", house=about.house)


def _edition(
    listed: Listed, report: bytes, site: Site, setting: Setting, environment: Environment
) -> bytes:
    version, slug = listed.shown, listed.slug
    about, own = version.about, setting.own(version.about.language)
    order = (version, *listed.earlier)
    numbers = site.numbers(listed)
    versions = [_version(listed, one, numbers[one.id], setting) for one in order]
    notice = own(f"notice_{about.nature}", house=about.house)
    values = {
        "up": "../",
        "address": setting.address(f"{slug}/{INDEX}"),
        "about": about,
        "brand": brand(about.brand),
        "own": own,
        "w": setting.own(setting.language),
        "notice": notice,
        "banner": banner(about, own) if about.nature != "issued" else "",
        "date": write_period(about.date, setting.language),
        "language_name": language_name(about.language, setting),
        "current": versions[0],
        "carries_sources": SOURCES in version.files,
        "versions": versions,
        "withdrawn": site.withdrawn_of(slug),
        "alternates": [
            (language, language_name(language, setting), other)
            for language, other in about.alternates.items()
            if site.edition(other)
        ],
        "picture": picture_address(listed, setting),
        "structured_data": _structured_data(slug, version, notice),
        **shown(CheckReport.model_validate_json(report), setting),
    }
    return environment.get_template("edition.html.j2").render(values).encode()


def _withdrawn(slug: str, site: Site, environment: Environment) -> bytes:
    """The page of an edition of which nothing is left: nothing of what it said stands there."""
    values = {"up": "../", "slug": slug, "withdrawn": site.withdrawn_of(slug)}
    return environment.get_template("withdrawn.html.j2").render(values).encode()


def _version(listed: Listed, version: Version, number: int, setting: Setting) -> _Version:
    slug, folder = listed.slug, version.id
    kinds = {file_name(slug, kind): kind for kind in FORMATS} | _KINDS
    files = tuple(
        _File(name, kinds.get(name, ""), f"{folder}/{name}", _size(file.bytes), file.sha256)
        for name, file in version.files.items()
    )
    order = [*FORMATS, *_KINDS.values(), ""]
    return _Version(
        id=version.id,
        number=number,
        manifest=version.manifest,
        date=write_period(version.about.date, setting.language),
        files=tuple(sorted(files, key=lambda file: order.index(file.kind))),
        html=f"{folder}/{file_name(slug, 'html')}",
        pdf=f"{folder}/{file_name(slug, 'pdf')}",
        is_current=version.id == listed.current,
    )


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{max(count / 1e3, 1):.0f} KB"


def _marks(site: Site, setting: Setting) -> list[str]:
    """What the list calls editions that nobody issued."""
    natures = {one.shown.about.nature for one in site.editions} - {"issued"}
    words = setting.own(setting.language)
    return [
        words("quoted", text=words(f"mark_{nature}")) for nature in sorted(natures, reverse=True)
    ]


def _span(found: list[str], setting: Setting) -> str:
    """From which month to which the editions are."""
    ends = dict.fromkeys((min(found, default=""), max(found, default="")))
    told = [write_period(month, setting.language) for month in ends if month]
    if len(told) < 2:
        return "".join(told)
    return setting.label("months", first=told[0], last=told[1])


def _structured_data(slug: str, version: Version, notice: str) -> dict[str, Any]:
    """An edition for programs, as schema.org has it."""
    about = version.about
    record: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "headline": about.title,
        "description": notice,
        "inLanguage": about.language,
        "genre": about.kind,
        "about": about.sector,
        "creativeWorkStatus": about.issuance,
        "identifier": [slug, f"sha256:{version.manifest}"],
        "version": version.id,
        "encoding": [
            {
                "@type": "MediaObject",
                "contentUrl": f"{version.id}/{file_name(slug, kind)}",
                "encodingFormat": media_type,
                "sha256": version.files[file_name(slug, kind)].sha256,
            }
            for kind, media_type in (("html", "text/html"), ("pdf", "application/pdf"))
        ],
    }
    if about.issuance == "issued":
        record["datePublished"] = about.released_at or about.date
        record["publisher"] = {"@type": "Organization", "name": about.brokerage}
    return record
