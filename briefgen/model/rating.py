"""Rating schemes as intervals, and what their printed tables leave open."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import Field, GetJsonSchemaHandler, model_validator
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from briefgen.model.phrase import Phrase
from briefgen.model.value import Flag, Numeral, Text, Value

INFINITY = Decimal("Infinity")

Kind = Literal["stock", "sector"]
"""What a scheme rates."""

Measure = Literal["relative_return", "absolute_return"]
"""Return against the benchmark, or the change of the price or index itself."""

AnyMarket = Annotated[str, Field(pattern=r"^([A-Z]{2}|all)$")]
"""A market by its country code, or `all`."""


class Reading(StrEnum):
    """How bounds are read whose side the source does not state."""

    CLOSED = "closed"
    OPEN = "open"
    LOWER = "lower"
    """The lower bound belongs to the class, the upper does not: [low, high)."""
    UPPER = "upper"
    """The upper bound belongs to the class, the lower does not: (low, high]."""


class Bound(Value):
    """One end of a band.

    Units: `at` is in percent of the scheme's measure: 20 is +20 %.
    """

    at: Numeral
    """In percent of the measure: 20 is +20 %."""
    included: Flag | None = None
    """Whether the source says that the bound belongs to the class; None: it does not say."""
    printed: Flag = True
    """Whether the source prints the number; “above the index” is read as above 0."""

    def includes(self, reading: Reading, is_lower: bool) -> bool:
        """Whether the bound belongs to the class, under a reading where the source is silent."""
        if self.included is not None:
            return self.included
        return reading is Reading.CLOSED or reading is (
            Reading.LOWER if is_lower else Reading.UPPER
        )


class RatingClass(Value):
    """A label and the band of returns that it stands for; a missing bound is infinite.

    A band is kept as the source prints it, upside down or without width; rules find these.
    """

    label: Text
    """The rating as the house writes it: 强于大市, Buy."""
    lower: Bound | None = None
    """Where the band begins; without it, it is open below."""
    upper: Bound | None = None
    """Where the band ends; without it, it is open above."""
    rixml: Literal["PositiveSentiment", "NeutralSentiment", "NegativeSentiment"] | None = None
    """What the label is called in a RIXML file."""

    @property
    def place(self) -> tuple[Decimal, Decimal]:
        """Where the band lies: its bounds; bands sort by it from the worst to the best."""
        return (
            self.lower.at if self.lower else -INFINITY,
            self.upper.at if self.upper else INFINITY,
        )

    @property
    def is_inverted(self) -> bool:
        """Whether the lower bound is above the upper one."""
        return self.place[0] > self.place[1]

    def claims(self, value: Decimal, reading: Reading) -> bool:
        """Whether a return of `value` percent falls into the band under a reading."""
        above = (
            self.lower is None
            or value > self.lower.at
            or (value == self.lower.at and self.lower.includes(reading, is_lower=True))
        )
        below = (
            self.upper is None
            or value < self.upper.at
            or (value == self.upper.at and self.upper.includes(reading, is_lower=False))
        )
        return above and below

    def written(self) -> str:
        """The band for a message: `20% or more`, `[5%, 10%)`, `10% to 20%`."""
        ends = [bound for bound in (self.lower, self.upper) if bound is not None]
        if not ends:
            return "any return"
        if len(ends) == 2:
            if ends[0].at == ends[1].at:
                return f"exactly {ends[0].at:f}%"
            low, high = (f"{bound.at:f}%" for bound in ends)
            if None in {bound.included for bound in ends}:
                return f"{low} to {high}"
            left, right = "[" if ends[0].included else "(", "]" if ends[1].included else ")"
            return f"{left}{low}, {high}{right}"
        at = f"{ends[0].at:f}%"
        if ends[0].included is False:
            return f"above {at}" if self.lower else f"below {at}"
        return f"{at} or more" if self.lower else f"{at} or less"

    def definition(self) -> Phrase:
        """What the class means, written from its bounds."""
        return band_phrase(self.lower, self.upper)


class Span(Value):
    """How long after the report's date a rating looks ahead, and where that is printed."""

    months: int = Field(gt=0)
    """How many months."""
    up_to: int | None = Field(default=None, gt=0)
    """The longer end in months, where the source prints a range."""
    where: Text | None = None
    """Where in the source."""

    def __str__(self) -> str:
        return str(self.months) if self.up_to is None else f"{self.months}–{self.up_to}"

    @property
    def longest(self) -> int:
        """The longer end, in months."""
        return self.up_to or self.months


class Horizon(Span):
    """The horizon of a scheme."""

    also_printed: Span | None = None
    """Another horizon that the source prints for the same ratings."""


class Benchmark(Value):
    """What returns are measured against; a plain text is the name of the index."""

    names: tuple[Text, ...] = Field(min_length=1)
    """The index; several, where the source gives alternatives."""
    rule: Text | None = None
    """When which of them holds."""
    identified: Flag = True
    """Whether the words name an index: “the index of its own sector” does not."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """A mapping, or only the name."""
        schema = super().__get_pydantic_json_schema__(core_schema, handler)
        inner = handler.resolve_ref_schema(schema)
        mapping = dict(inner)
        inner.clear()
        inner["anyOf"] = [{"type": "string", "minLength": 1}, mapping]
        return schema

    @model_validator(mode="before")
    @classmethod
    def _named(cls, data: Any) -> Any:
        return {"names": [data]} if isinstance(data, str) else data


class Wording(Value):
    """How one place of the source words what is measured."""

    words: Text
    """The words as printed."""
    where: Text
    """Where in the source."""
    measure: Measure
    """What the words mean on their own."""
    dividends: Flag | None = None
    """Whether dividends count by these words; None: they do not say."""


class Scheme(Value):
    """The ratings of one kind that a brokerage gives: what is measured, against what, how long."""

    measure: Measure
    """What bounds are in percent of: the return against the benchmark, or the return itself."""
    worded: tuple[Wording, ...] = ()
    """The words for it, where places of the source differ."""
    horizon: Horizon
    """How long after the report a rating looks ahead."""
    benchmarks: dict[AnyMarket, Benchmark]
    """By market: `{CN: 沪深 300 指数}`; `all` where the source tells no markets apart."""
    classes: tuple[RatingClass, ...] = Field(min_length=1)
    """In the order of the printed table."""
    rixml_version: Text | None = None
    """The version of the mapping that `rixml` of the classes is."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels in the order of the definition table."""
        return tuple(rating.label for rating in self.classes)

    @property
    def from_best(self) -> tuple[RatingClass, ...]:
        """The classes by their bands; as printed, where one has no bounds."""
        if any(rating.lower is None and rating.upper is None for rating in self.classes):
            return self.classes
        return tuple(sorted(self.classes, key=lambda rating: rating.place, reverse=True))

    def rank(self, label: str) -> int:
        """The place of a label from the best, counted from 0. Raises ValueError if unknown."""
        return [rating.label for rating in self.from_best].index(label)

    def benchmark(self, market: str) -> Benchmark | None:
        """What a market is measured against."""
        return self.benchmarks.get(market) or self.benchmarks.get("all")

    def bounds(self) -> tuple[Decimal, ...]:
        """The finite bounds of all bands, from high to low."""
        found = {b.at for c in self.classes for b in (c.lower, c.upper) if b is not None}
        return tuple(sorted(found, reverse=True))

    def unstated_bounds(self) -> tuple[Decimal, ...]:
        """The bounds of which a class does not say whether they belong to it, from high to low."""
        ends = [b for c in self.classes for b in (c.lower, c.upper) if b is not None]
        return tuple(sorted({b.at for b in ends if b.included is None}, reverse=True))

    def claimants(self, value: Decimal, reading: Reading) -> tuple[str, ...]:
        """The labels whose band holds `value` percent under a reading."""
        return tuple(c.label for c in self.classes if c.claims(value, reading))


def band_phrase(lower: Bound | None, upper: Bound | None) -> Phrase:
    """A band in words."""
    if lower is None or upper is None:
        bound, side = (lower, "lower") if lower is not None else (upper, "upper")
        if bound is None:
            return Phrase(label="band_all")
        edge = {True: "closed", False: "open", None: "unstated"}[bound.included]
        return Phrase(label=f"band_{side}_{edge}", values={"at": percent(bound.at)})
    if lower.at == upper.at:
        return Phrase(label="band_point", values={"at": percent(lower.at)})
    ends: dict[str, Any] = {"lower": percent(lower.at), "upper": percent(upper.at)}
    if lower.included is None or upper.included is None:
        return Phrase(label="band_between_unstated", values=ends)
    marks = ("[" if lower.included else "(", "]" if upper.included else ")")
    return Phrase(label="band_interval", values=ends | {"left": marks[0], "right": marks[1]})


def percent(value: Decimal) -> str:
    """A bound as text: `+20%`, `−10%`, `0%`."""
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}{abs(value):f}%"
