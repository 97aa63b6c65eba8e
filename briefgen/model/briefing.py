"""The briefing: everything that one edition is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from briefgen.model.brokerage import Brokerage
from briefgen.model.exhibit import Exhibit
from briefgen.model.number import Number, Shown
from briefgen.model.recommendation import Group
from briefgen.model.section import Section
from briefgen.model.security import Security
from briefgen.model.source import Source
from briefgen.model.table import Table
from briefgen.model.unit import UnitName
from briefgen.model.value import Expression, Line, Period, Refers, Text, Value


class RatingCall(Value):
    """The rating that the briefing gives, what was done with it, what it was before."""

    kind: Literal["sector", "stock"] = "sector"
    label: Annotated[str, Refers("rating")]
    action: Literal["initiate", "maintain", "raise", "lower"]
    previous: Annotated[str, Refers("rating")] | None = None


class KeyFigure(Value):
    """A number for the side column of the first page."""

    label: Text
    number: Expression


class RelatedReport(Value):
    """An earlier report that the front page names."""

    title: Text
    date: Period


class Original(Value):
    """The published report that a reconstruction rebuilds."""

    source: Annotated[str, Refers("source")]
    title: Text


class Front(Value):
    """`briefing.yaml`: the front matter and the sections in order."""

    title: Line
    kind: Text
    """What the house calls such a document: 行业点评, 深度报告."""
    sector: Text
    brokerage: Annotated[str, Refers("brokerage")]
    date: Period
    """When the report was issued, as precisely as is known."""
    language: Annotated[str, Refers("language")]
    issuance: Literal["issued", "draft", "reconstruction"]
    original: Original | None = None
    rating: RatingCall | None = None
    key_figures: tuple[KeyFigure, ...] = ()
    related: tuple[RelatedReport, ...] = ()
    notices: tuple[Line, ...] = ()
    """What a reader must know first: what the source lacks."""
    theme: Annotated[str, Refers("theme")] = "classic"
    sections: tuple[Section, ...] = Field(min_length=1)


class Briefing(Value):
    """A briefing with everything it refers to, and nothing else of the workspace.

    Names in it stay names; the mappings hold what they mean. `numbers` holds the result of every
    expression by its text.
    """

    slug: str
    front: Front
    facts: dict[str, Number]
    tables: dict[str, Table]
    exhibits: dict[str, Exhibit]
    recommendations: dict[str, Group]
    prose: dict[str, str]
    """Markdown by file name."""
    numbers: dict[str, Shown]
    computed: dict[str, dict[str, tuple[Shown, ...]]]
    """Computed columns of table exhibits: exhibit id, formula, one result per row."""
    brokerage: Brokerage
    securities: dict[str, Security]
    sources: dict[str, Source]
    units: dict[str, UnitName]
    names_with_digits: tuple[str, ...] = ()
    """Names that hold digits and are no numbers."""

    @property
    def language(self) -> str:
        """The language that the briefing is written in, such as `zh-CN`."""
        return self.front.language
