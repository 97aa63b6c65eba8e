"""What an edition is, for programs: JSON-LD, `<meta>` and XMP are written from this one value."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Literal

from briefgen.model.briefing import Briefing
from briefgen.model.plain import plain_text
from briefgen.model.value import Period, Value

CALENDAR_DATE = re.compile(r"\d{4}(-\d{2}){0,2}")
"""A period that is also a date of ISO 8601: a day, a month or a year."""


class Named(Value):
    """A security of the report: its name in the language of the report, its code."""

    name: str
    ticker: str | None = None


class BasedOn(Value):
    """A published report that is rebuilt, and whose it is."""

    title: str
    publisher: str
    """The legal name."""
    date: Period


class Metadata(Value):
    """The metadata of an edition; HTML and PDF say the same.

    Shape: of a reconstruction nobody is the publisher or an author, and nothing is published.
    """

    title: str
    language: str
    issuance: Literal["issued", "draft", "reconstruction"]
    mark: str
    """What the edition is, in a word of its language: 重建示例, 研究报告."""
    notice: str
    """Whose it is and whose it is not, in a sentence: description and rights alike."""
    house: str
    """The short name of the brokerage."""
    brokerage: str
    """Its legal name."""
    publisher: str | None = None
    """The legal name of who stands for it."""
    authors: tuple[str, ...] = ()
    sector: str
    kind: str
    keywords: tuple[str, ...]
    securities: tuple[Named, ...] = ()
    date: Period
    created: str | None = None
    """The date as ISO 8601 has it; None for half a year or a range."""
    modified: str | None = None
    published: str | None = None
    """When it was given out: a time with its zone, else the date."""
    slug: str
    digest: str
    """SHA-256 of what was checked."""
    content_id: str | None = None
    """The id of generated content."""
    based_on: tuple[BasedOn, ...] = ()

    @property
    def identifiers(self) -> tuple[str, ...]:
        """By what the edition is known: its slug, the digest, the id of generated content."""
        generated = (self.content_id,) if self.content_id else ()
        return (self.slug, f"sha256:{self.digest}", *generated)


def metadata(briefing: Briefing, digest: str, label: Callable[..., str]) -> Metadata:
    """The metadata of a briefing with this digest; `label` writes words of the templates."""
    front, house = briefing.front, briefing.brokerage
    publication, name = front.publication, house.name_in(briefing.language)
    is_rebuilt = front.issuance == "reconstruction"
    created = front.date if CALENDAR_DATE.fullmatch(front.date) else None
    moment = publication.released_at if publication and not is_rebuilt else None
    released = moment.isoformat() if moment else None
    return Metadata(
        title=plain_text(front.title, briefing),
        language=front.language,
        issuance=front.issuance,
        mark=label(f"mark_{front.nature}"),
        notice=label(f"notice_{front.nature}", house=name),
        house=name,
        brokerage=house.legal_name,
        publisher=None if is_rebuilt else house.legal_name,
        authors=tuple(a.name for a in publication.authors)
        if publication and not is_rebuilt
        else (),
        sector=front.sector,
        kind=front.kind,
        keywords=(front.sector, front.kind, name),
        securities=tuple(
            Named(name=one.name_in(briefing.language), ticker=one.ticker)
            for one in briefing.securities.values()
        ),
        date=front.date,
        created=created,
        modified=released or created,
        published=None if is_rebuilt else released or front.date,
        slug=briefing.slug,
        digest=digest,
        content_id=publication.ai_content.content_id if publication else None,
        based_on=tuple(map(_based_on, briefing.houses().values())) if is_rebuilt else (),
    )


def _based_on(rebuilt: Briefing) -> BasedOn:
    front = rebuilt.front
    title = front.original.title if front.original else plain_text(front.title, rebuilt)
    return BasedOn(title=title, publisher=rebuilt.brokerage.legal_name, date=front.date)
