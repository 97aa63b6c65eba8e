"""A brokerage: its names, colour, vocabulary, rating schemes, offices and disclosures."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Annotated

from pydantic import Field

from briefgen.model.publication import Jurisdiction
from briefgen.model.rating import Kind, Scheme
from briefgen.model.value import Refers, Slug, Text, Url, Value

Colour = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]
"""A colour as `#8c1d2b`, small letters."""


MAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""An address of mail that can be written to."""


class Office(Value):
    """One office of the brokerage; contact data of the firm only, never of a person."""

    city: Text
    """The city."""
    address: Text
    """Street and house."""
    postcode: Text | None = None
    """The postal code."""
    phone: Text | None = None
    """A number of the firm."""
    fax: Text | None = None
    """A number of the firm."""
    mail: Text | None = None
    """An address of the firm."""


class Clause(Value):
    """One thing that a disclosure says, in our own words."""

    topic: Text
    """What the clause is about."""
    text: Text
    """The clause."""


class Disclosure(Value):
    """A titled part of the disclosures."""

    title: Text
    """The heading of the part."""
    clauses: tuple[Clause, ...] = Field(min_length=1)
    """What it says, one thing each."""


class Licence(Value):
    """Under which the brokerage issues research in one place."""

    entity: Text
    """The legal entity that holds it."""
    number: Text | None = None
    """Its number, such as the central entity number in Hong Kong."""
    activities: tuple[Text, ...] = ()
    """What it allows, as the register writes it: `Type 4`, 证券投资咨询业务."""
    regulator: Text
    """Who gave it."""
    statement: Text | None = None
    """The sentence on the licence that its reports carry."""


class Brokerage(Value):
    """One file of `brokerages/`; its name is the brokerage's id."""

    names: dict[Text, Text]
    """The short name by language: `{zh-CN: 天风证券, en: TF Securities}`."""
    legal_name: Text
    """The name of the firm as registered."""
    brand: Colour
    """The colour of headings and of the first series in charts, as `#8c1d2b`, small letters."""
    licences: dict[Jurisdiction, Licence] = {}
    """By place; a house without any issues nothing."""
    source: Annotated[str, Refers("source")] | None = None
    """Where schemes, offices and disclosures were taken from."""
    section_order: tuple[Text, ...] = ()
    """Section kinds in the order of the house; what it does not list comes after, as written.
    Without it, sections stand as the briefing lists them."""
    stances: dict[Slug, Text] = {}
    """The brokerage's words for what it says of securities; these are not ratings."""
    schemes: dict[Kind, Scheme] = {}
    """What the ratings mean, for `stock` and `sector`."""
    offices: tuple[Office, ...] = ()
    """Printed at the end, below the disclosures."""
    website: Url | None = None
    """Printed with the offices, without its `https://`."""
    disclosures: tuple[Disclosure, ...] = ()
    """The small print at the end."""
    approved_disclosures: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")] | None = None
    """SHA-256 of the disclosures as they were approved; the check GEN-08 prints what they have."""

    @property
    def disclosures_digest(self) -> str:
        """SHA-256 of the disclosures as canonical JSON: keys sorted, no spaces, UTF-8."""
        written = [part.model_dump() for part in self.disclosures]
        text = json.dumps(written, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    def name_in(self, language: str) -> str:
        """The short name in a language, where there is one."""
        return self.names.get(language) or next(iter(self.names.values()))

    def labels(self, kind: str) -> tuple[str, ...] | None:
        """The rating labels of a kind; None when the brokerage defines no such scheme."""
        return next((s.labels for name, s in self.schemes.items() if name == kind), None)
