"""Section kinds: typed fields here, one template each in `templates/sections/`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from briefgen.model.value import Expression, Line, Period, Refers, Slug, Text, Value

ProseFile = Annotated[str, Refers("prose")]
"""A Markdown file beside `briefing.yaml`."""


class _Section(Value):
    kind: str
    title: Text
    """The heading."""
    id: Slug | None = None
    """What links to the section name; without one, its kind."""
    prose: ProseFile | None = None


class Overview(_Section):
    """The theses on the first page: paragraphs that open with a bold clause."""

    kind: Literal["overview"]
    prose: ProseFile


class Analysis(_Section):
    """Prose with exhibits."""

    kind: Literal["analysis"]
    prose: ProseFile


class ChainSection(_Section):
    """How one thing leads to another: industry chain or line of cause and effect."""

    kind: Literal["chain"]
    prose: ProseFile


class Pricing(_Section):
    """Prices and what follows from them."""

    kind: Literal["pricing"]
    prose: ProseFile


class MarketReview(_Section):
    """How the market and its securities moved."""

    kind: Literal["market-review"]
    prose: ProseFile


class MarketSize(_Section):
    """How large a market is and is expected to be."""

    kind: Literal["market-size"]
    prose: ProseFile


class Results(_Section):
    """Results of companies: segments, growth, guidance."""

    kind: Literal["results"]
    prose: ProseFile


class Applications(_Section):
    """Applications, their users and rankings."""

    kind: Literal["applications"]
    prose: ProseFile


class CostEstimate(_Section):
    """What something costs, with the formula and its inputs."""

    kind: Literal["cost-estimate"]
    prose: ProseFile


class Timeline(_Section):
    """What happened when."""

    kind: Literal["timeline"]
    prose: ProseFile


class Survey(_Section):
    """A survey: what was asked of how many, and what is known of the answers."""

    kind: Literal["survey"]
    prose: ProseFile
    respondents: Expression | None = None
    """How many were asked."""
    method: Line | None = None
    """How they were chosen and asked."""
    fielded: Period | None = None
    """When they were asked."""
    bias: Line | None = None
    """In what way the answers may be one-sided."""


class Profile(Value):
    """One company: what it does, its products, why it is named."""

    security: Annotated[str, Refers("security")] | None = None
    name: Text | None = None
    """The name of a company that is no security of the master."""
    business: Line | None = None
    """What the company does."""
    products: tuple[Text, ...] = ()
    """What it makes or sells."""
    text: Line | None = None
    """Why it is named."""

    @model_validator(mode="after")
    def _named_and_described(self) -> Profile:
        if (self.security is None) == (self.name is None):
            raise ValueError("give either `security` or `name`")
        if self.business is None and self.text is None:
            raise ValueError("a profile needs `business` or `text`")
        return self


class Profiles(_Section):
    """Companies, one by one."""

    kind: Literal["profiles"]
    items: tuple[Profile, ...] = Field(min_length=1)


class RecommendationsSection(_Section):
    """The groups of `recommendations.yaml` as a table, with prose before it."""

    kind: Literal["recommendations"]


class Risk(Value):
    """One risk: its name, what it means, and in a comparison which houses name it."""

    name: Text
    """The name of the risk, in a few words."""
    text: Line
    """What it means."""
    houses: tuple[Annotated[str, Refers("house")], ...] = ()


class Reports(_Section):
    """The reports that are compared: house, date, kind, title, rating."""

    kind: Literal["reports"]


class Stances(_Section):
    """Every security that the compared houses name, with the stance of each in its own words."""

    kind: Literal["stances"]


class Risks(_Section):
    """The risks, one by one."""

    kind: Literal["risks"]
    items: tuple[Risk, ...] = Field(min_length=1)


class LostExhibit(Value):
    """An exhibit of the source whose data did not survive."""

    caption: Text
    """The caption as printed."""
    original: Text | None = None
    """Its number in the source."""
    source_line: Text
    """The source line as printed."""
    reason: Text
    """Why it cannot be drawn."""


class NotReproducible(_Section):
    """The exhibits of the source that cannot be drawn, and why."""

    kind: Literal["not-reproducible"]
    items: tuple[LostExhibit, ...] = Field(min_length=1)


class Reconciliation(Value):
    """Something that the source contradicts or leaves open: as printed, and as it recomputes."""

    topic: Text
    """What it is about."""
    printed: Line
    """What the source prints."""
    recomputed: Line
    """What recomputes, or what is open."""


class ReconciliationNotes(_Section):
    """Where the source contradicts itself or leaves something open."""

    kind: Literal["reconciliation"]
    items: tuple[Reconciliation, ...] = ()
    """What no check can find."""
    explanations: dict[Text, Line] = {}
    """What the author says of what the checks found, by code, subject and a mark of the values:
    `CHK202 sector -10% @7f3a`. Other values need another explanation."""


class EvidenceSection(_Section):
    """Every number of the briefing with value, unit, as-of and source."""

    kind: Literal["evidence"]


class Ratings(_Section):
    """The rating-definition tables of the brokerage."""

    kind: Literal["ratings"]


class Disclosures(_Section):
    """The disclosures and offices of the brokerage, in small columns."""

    kind: Literal["disclosures"]


Section = Annotated[
    Overview
    | Analysis
    | ChainSection
    | MarketReview
    | MarketSize
    | Results
    | Applications
    | Pricing
    | CostEstimate
    | Timeline
    | Survey
    | Profiles
    | RecommendationsSection
    | Reports
    | Stances
    | Risks
    | NotReproducible
    | ReconciliationNotes
    | EvidenceSection
    | Ratings
    | Disclosures,
    Field(discriminator="kind"),
]
