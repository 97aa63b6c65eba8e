"""What an edition is, for lists and pages about it: the beginning of its manifest."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from briefgen.model.briefing import Briefing
from briefgen.model.brokerage import Colour
from briefgen.model.plain import plain_text
from briefgen.model.value import Period, Slug, Value

Plain = Annotated[str, Field(min_length=1, pattern=r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]+$")]
"""Text that can stand in XML."""


def _moment(text: str) -> str:
    if datetime.fromisoformat(text).tzinfo is None:
        raise ValueError("a time without its zone")
    try:
        datetime.fromisoformat(text).astimezone(UTC)
    except OverflowError:
        raise ValueError("no such time in UTC") from None
    return text


class Rating(Value):
    """A rating in the words of the house, and what was done with it."""

    label: Plain
    action: Literal["initiate", "maintain", "raise", "lower"]


class About(Value):
    """What an edition is, as its manifest says."""

    title: Plain
    house: Plain
    """The short name of the brokerage."""
    brokerage: Plain
    """Its legal name."""
    brand: Colour
    sector: Plain
    kind: Plain
    date: Period
    released_at: Annotated[Plain, AfterValidator(_moment)] | None = None
    """When it was given out, with the zone; nothing is said of reconstructions."""
    language: Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]+)*$")]
    issuance: Literal["issued", "draft", "reconstruction"]
    nature: Literal["issued", "draft", "reconstruction", "comparison"]
    original: Plain | None = None
    """The title of the report that is rebuilt."""
    rating: Rating | None = None
    securities: tuple[Plain, ...] = ()
    """Names and codes, to be searched for."""
    tags: tuple[Plain, ...] = ()
    alternates: dict[Plain, Slug] = {}
    """The same edition in other languages: its HTML links to `../SLUG/SLUG.html`."""
    pages: int | None = None
    figures: int
    tables: int

    @field_validator("nature")
    @classmethod
    def _agrees(cls, nature: str, given: ValidationInfo) -> str:
        """Only a reconstruction may be a comparison."""
        issuance = given.data.get("issuance", nature)
        if nature != issuance and (issuance, nature) != ("reconstruction", "comparison"):
            raise ValueError(f"`{nature}`, but its issuance is `{issuance}`")
        return nature


def about(briefing: Briefing, counts: Mapping[str, int | None]) -> About:
    """What the edition of a briefing is; all texts are plain, in the briefing's language.

    Shape: `counts` has pages (None without a PDF), figures and tables.
    """
    front, house = briefing.front, briefing.brokerage
    publication = None if front.issuance == "reconstruction" else front.publication
    released = publication.released_at if publication else None
    return About.model_validate(
        {
            "title": plain_text(front.title, briefing),
            "house": house.name_in(front.language),
            "brokerage": house.legal_name,
            "brand": house.brand,
            "sector": front.sector,
            "kind": front.kind,
            "date": front.date,
            "released_at": released.isoformat() if released else None,
            "language": front.language,
            "issuance": front.issuance,
            "nature": front.nature,
            "original": front.original.title if front.original else None,
            "rating": front.rating and Rating(label=front.rating.label, action=front.rating.action),
            "securities": tuple(
                " ".join(filter(None, (one.name_in(front.language), one.ticker)))
                for one in briefing.securities.values()
            ),
            "tags": front.tags,
            "alternates": briefing.alternates,
            **counts,
        }
    )
