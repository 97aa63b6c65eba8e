"""How a briefing is published: by whom, when, for whom, under which label."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, field_validator

from briefgen.model.value import Day, Flag, Line, Slug, Text, Value, each_once

Jurisdiction = Literal["CN", "HK", "US", "EU", "UK"]
"""Mainland China, Hong Kong, the United States, the European Union, the United Kingdom."""


def _with_zone(value: Any) -> Any:
    if isinstance(value, str):
        try:
            value = datetime.fromisoformat(value)
        except ValueError:
            raise ValueError("not a time like `2026-03-02T08:30+08:00`") from None
        if value.tzinfo is None:
            raise ValueError("a time needs its zone, as in `2026-03-02T08:30+08:00`")
    return value


Moment = Annotated[datetime, BeforeValidator(_with_zone)]
"""A time with its zone, written `2026-03-02T08:30+08:00`."""


class Author(Value):
    """A person who had a part in an issued report."""

    id: Slug
    """The person's id in the house; attestations and declarations name it."""
    name: Text
    """The name as printed."""
    title: Text | None = None
    """The job title."""
    role: Literal["analyst", "contact", "contributor"]
    """An analyst signs; a contact or contributor does not."""
    registration: Text | None = None
    """The registration number with the Securities Association of China."""
    ce_number: Text | None = None
    """The central entity number in Hong Kong."""


class Originator(Value):
    """Who produced the report, where that is somebody else."""

    name: Text
    """The name of that house."""
    country: Annotated[str, Field(pattern=r"^[A-Z]{2}$")]
    """Its country by code: `HK`."""
    date: Day
    """When it was issued there."""
    link: Text | None = None
    """Where it is found."""
    altered: Flag = False
    """Whether anything was changed."""
    alterations: Text | None = None
    """What was changed, in detail."""


class AiContent(Value):
    """What part a generative model had in the text, and the label that the law asks for."""

    use: Literal["none", "assisted", "generated", "unknown"]
    """What part a generative model had."""
    provider: Text | None = None
    """Who provides the model."""
    content_id: Text | None = None
    """The number of the content, where the law asks for one."""


class Publication(Value):
    """`publication:` in the front matter of an issued report or a draft."""

    released_at: Moment | None = None
    """When the report is first given out."""
    completed_at: Moment | None = None
    """When it was finished."""
    audience: tuple[Jurisdiction, ...] = Field(min_length=1)
    """Where its recipients are."""
    recipients: Literal["public", "clients", "major-us-institutions", "internal"] = "clients"
    """Who receives it."""
    document: Literal["sector-report", "company-report", "strategy-report", "update", "excerpt"] = (
        "sector-report"
    )
    """What kind of document it is for the regulator."""
    authors: tuple[Author, ...] = ()
    """Who had a part in it."""
    ai_content: AiContent = AiContent(use="unknown")
    funding: Literal["independent", "issuer-sponsored"] = "independent"
    """Who pays for it."""
    independent: Flag = True
    """Whether it was made under the rules for independent research."""
    shown_to_issuer: Literal["no", "facts-checked", "amended"] | None = None
    """Whether a company saw it before, and what followed."""
    originator: Originator | None = None
    update_policy: Line | None = None
    """How often the recommendation is meant to be updated."""
    certification: Line | None = None
    """What the analysts certify of their views and their pay."""
    legend: Line | None = None
    """For whom in the United States the report is, and which broker there stands behind it."""
    us_broker: Text | None = None
    """The broker in the United States that stands behind it."""
    disclosures_url: Text | None = None
    """Where the disclosures on all companies of a report on many are found."""
    history_url: Text | None = None
    """Where all recommendations of the last twelve months are listed."""
    models: Line | None = None
    """Whose the models of valuation are, and where they are described."""
    peers: Line | None = None
    """Why these companies are compared with each other."""
    rixml: Text | None = None
    """A RIXML file beside `briefing.yaml` that goes out with the report."""

    def name_of(self, person: str) -> str:
        """The name of an author; the id itself, where it is of nobody who took part."""
        return next((author.name for author in self.authors if author.id == person), person)

    @field_validator("authors")
    @classmethod
    def _distinct(cls, authors: tuple[Author, ...]) -> tuple[Author, ...]:
        each_once((author.id for author in authors), "id")
        return authors
