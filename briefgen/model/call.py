"""A rating as a briefing gives it, to its sector or to a security."""

from __future__ import annotations

from typing import Annotated, Literal

from briefgen.model.publication import Moment
from briefgen.model.value import Day, Expression, Line, Refers, Value


class RatingCall(Value):
    """The rating that the briefing gives, what was done with it, what it was before."""

    kind: Literal["sector", "stock"] = "sector"
    """What is rated."""
    label: Annotated[str, Refers("rating")]
    action: Literal["initiate", "maintain", "raise", "lower"]
    """What was done with the rating; it must fit the step from `previous`."""
    previous: Annotated[str, Refers("rating")] | None = None
    """The label before."""
    previous_date: Day | None = None
    """When the house published the previous rating."""
    price: Expression | None = None
    """The price that the target is compared with."""
    priced_at: Moment | None = None
    """When the price was taken."""
    target: Expression | None = None
    """The target price, in the unit of `price`."""
    expected_return: Expression | None = None
    """In percent of what the scheme measures."""
    valuation: Line | None = None
    """The method of valuation and its assumptions."""
    valuation_changes: Line | None = None
    """What changed in them since the previous recommendation, also that nothing did."""
    risks: Line | None = None
    """What may keep the target from being reached."""
    sensitivity: Line | None = None
    """How the view changes with its assumptions."""
    rated_since: Day | None = None
    """Since when the house rates it."""
    price_chart: Annotated[str, Refers("exhibit")] | None = None
    """The exhibit with prices, ratings and targets since then."""
