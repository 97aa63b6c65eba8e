"""What a brokerage must disclose: positions, banking, market making, dealing, coverage.

One file per brokerage, `data/disclosures/<brokerage>.yaml`, written by the firm's own systems. Each
list has the day that it holds for; a list that is missing is unknown, an empty one says “none”.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Generic, Literal, TypeVar

from briefgen.model.publication import Jurisdiction, Moment
from briefgen.model.value import Day, Flag, Numeral, Refers, Slug, Text, Value, year_before

Row = TypeVar("Row")

Bucket = Literal["buy", "hold", "sell"]
"""The scale that regulators count ratings by."""


class Listing(Value, Generic[Row]):
    """Rows that hold for a day."""

    as_of: Day
    rows: tuple[Row, ...] = ()
    """Empty says that there are none."""


class OfSecurity(Value):
    """A row on one security, which may be all that it says."""

    security: Annotated[str, Refers("security")]


class Position(OfSecurity):
    """What the firm and its affiliates hold of an issuer.

    Units: `percent` of the issued shares; a short position is counted on its own, above zero.
    """

    side: Literal["long", "short"] = "long"
    """Long, or short."""
    percent: Numeral
    """Of the issued shares; a short position counts above zero."""
    shares: int | None = None
    """How many shares."""
    business: Text | None = None
    """The business line that holds it."""
    lock_up: Text | None = None
    """How long it cannot be sold, or that it can."""
    conflict: Text | None = None
    """The conflict of interest that may follow."""


class Banking(OfSecurity):
    """A service of the firm for an issuer."""

    service: Literal[
        "managed-offering", "compensation", "mandate", "other-compensation", "client", "agreement"
    ]
    """Lead or co-lead of an offering, pay for investment banking, a mandate, other pay, a client
    of another kind, an agreement on producing the report."""
    date: Day
    """When, or when last."""
    expected: Flag = False
    """Whether it is expected or sought, not done."""
    detail: Text | None = None
    """What more is to be said."""


class MarketMaking(OfSecurity):
    """An instrument in which the firm makes a market."""

    instrument: Text
    """What is traded: shares, warrants."""


class Officer(OfSecurity):
    """A person employed by or associated with the firm who is an officer of an issuer."""

    person: Slug
    """The person's id in the house."""
    office: Text
    """What the person is there."""


class Declaration(Value):
    """What an author declares for herself, her household and associates."""

    person: Slug
    """The id of an author."""
    date: Day
    interests: tuple[Annotated[str, Refers("security")], ...] = ()
    nature: Text | None = None
    """What the interests are: shares, options, long or short."""
    offices: tuple[Annotated[str, Refers("security")], ...] = ()
    paid_by: tuple[Annotated[str, Refers("security")], ...] = ()


class Dealing(OfSecurity):
    """A trade of an author on her own account, or of the firm, in a security."""

    person: Slug | None = None
    """The id of an author; without one, the firm itself."""
    side: Literal["buy", "sell"]
    """Whether it was bought or sold."""
    date: Day


class QuietPeriod(OfSecurity):
    """Days on which nothing may be published on a security."""

    begins: Day
    ends: Day
    why: Text
    """Why nothing may be published."""


class Covered(OfSecurity):
    """A security that the house covers.

    `bucket` is what the label means in the scale of buy, hold and sell that regulators count by.
    """

    label: Text
    """The rating that it has."""
    bucket: Bucket
    """What the label means to regulators."""
    since: Day
    banking_client: Flag = False
    """Whether the firm was paid for investment banking in the last twelve months."""


class RatingChange(OfSecurity):
    """A rating or target as the house published it."""

    date: Day
    label: Text
    """The rating."""
    target: Numeral | None = None
    """The target price."""
    price: Numeral | None = None
    """The price on that day."""
    by: Slug | None = None
    """The author's id in the house."""


class Registration(Value):
    """A row of the register of practitioners."""

    number: Text
    """The number in the register."""
    name: Text
    """The name in the register."""
    firm: Text
    """The firm in the register."""
    category: Text
    """What the register calls it: 证券投资咨询(分析师), Type 4, Series 16."""
    person: Slug | None = None
    """The person's id in the house, by which attestations name them."""


class ListingStatus(OfSecurity):
    """A warning that an exchange attached to a security."""

    warning: Text
    """The words of the exchange."""


class Shareholder(OfSecurity):
    """An issuer that holds shares of the firm. Units: percent of the firm's capital."""

    percent: Numeral
    """Of the capital of the firm."""


class Distribution(Value):
    """One giving out of the report."""

    slug: Text
    """The briefing."""
    at: Moment
    """When: `2026-03-02T08:30+08:00`."""
    recipients: Text
    """To whom."""
    kind: Literal["public", "clients", "major-us-institutions", "internal"]
    """Who the recipients are for the regulator."""
    places: tuple[Jurisdiction, ...] = ()
    """Where these recipients are; without any, wherever the report goes."""


class Archived(Value):
    """A report that the house published."""

    title: Text
    """The title of that report."""
    date: Day


class DisclosureFacts(Value):
    """`disclosures/<brokerage>.yaml`."""

    positions: Listing[Position] | None = None
    banking: Listing[Banking] | None = None
    market_making: Listing[MarketMaking] | None = None
    officers: Listing[Officer] | None = None
    declarations: Listing[Declaration] | None = None
    dealings: Listing[Dealing] | None = None
    restricted: Listing[OfSecurity] | None = None
    """Securities on which nothing may be published."""
    quiet_periods: Listing[QuietPeriod] | None = None
    coverage: Listing[Covered] | None = None
    rating_history: Listing[RatingChange] | None = None
    registrations: Listing[Registration] | None = None
    listing_status: Listing[ListingStatus] | None = None
    shareholders: Listing[Shareholder] | None = None
    distributions: Listing[Distribution] | None = None
    archive: Listing[Archived] | None = None
    """All reports of the house; those that a briefing calls related are looked for in it."""

    def about(self, securities: Collection[str]) -> DisclosureFacts:
        """The facts on these securities, services of the twelve months before the list's day.

        Coverage is whole, for distributions are counted on it.
        """
        kept: dict[str, Listing[Any]] = {}
        for name, listing in self:
            if listing is not None and name != "coverage":
                rows = tuple(
                    row
                    for row in listing.rows
                    if getattr(row, "security", None) in {None, *securities}
                )
                kept[name] = listing.model_copy(update={"rows": rows})
        if banking := kept.get("banking"):
            first = year_before(banking.as_of)
            rows = tuple(row for row in banking.rows if row.expected or row.date >= first)
            kept["banking"] = banking.model_copy(update={"rows": rows})
        return self.model_copy(update=kept)
