"""The briefing: everything that one edition is made from."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, field_validator

from briefgen.model.asset import Picture
from briefgen.model.brokerage import Brokerage
from briefgen.model.call import RatingCall
from briefgen.model.disclosure_facts import DisclosureFacts
from briefgen.model.exhibit import Exhibit
from briefgen.model.family import ForEach
from briefgen.model.glossary import Glossary
from briefgen.model.markdown import pieces
from briefgen.model.number import Number, Shown
from briefgen.model.publication import Publication
from briefgen.model.recommendation import Group
from briefgen.model.relation import Instance
from briefgen.model.rixml import Rixml
from briefgen.model.section import Section
from briefgen.model.security import Security
from briefgen.model.source import MaxAge, Source
from briefgen.model.table import Table
from briefgen.model.unit import UnitName
from briefgen.model.value import (
    Expression,
    Flag,
    Identifier,
    Line,
    Period,
    Refers,
    Slug,
    Text,
    Value,
    wrong_inside,
)


class KeyFigure(Value):
    """A number for the side column of the first page."""

    label: Text
    """What stands before the number."""
    number: Expression


class RelatedReport(Value):
    """An earlier report that the front page names."""

    title: Text
    """The title of that report."""
    date: Period


class Original(Value):
    """The published report that a reconstruction rebuilds."""

    source: Annotated[str, Refers("source")]
    title: Text
    """The title as it was printed."""


class Front(Value):
    """`briefing.yaml`: the front matter and the sections in order."""

    title: Line
    """The title: one line that says the conclusion."""
    kind: Text
    """What the house calls such a document: 行业点评, 深度报告."""
    sector: Text
    """The sector that the briefing is on: 计算机, Media."""
    brokerage: Annotated[str, Refers("brokerage")]
    """The house that issues it: a file of `data/brokerages/`, without `.yaml`."""
    date: Period
    """When the report was issued, as precisely as is known."""
    language: Annotated[str, Refers("language")]
    issuance: Literal["issued", "draft", "reconstruction"]
    """A reconstruction rebuilds the report `original`, or in a comparison those of `compares`."""
    original: Original | None = None
    """The report that a reconstruction rebuilds."""
    publication: Publication | None = None
    """How it is published; an issued report needs it, a reconstruction has none."""
    rating: RatingCall | None = None
    """The rating that the briefing gives, if it gives one."""
    key_figures: tuple[KeyFigure, ...] = ()
    """Numbers beside the theses on the first page."""
    related: tuple[RelatedReport, ...] = ()
    """Earlier reports that the front page names."""
    notices: tuple[Line, ...] = ()
    """What a reader must know first: what the source lacks."""
    compares: dict[Identifier, Annotated[str, Refers("briefing")]] = {}
    """Other briefings that this one sets side by side, by the name that expressions use."""
    max_source_age: MaxAge = {}
    """How old sources may be; instead of what the workspace says, by kind."""
    for_each: ForEach | None = None
    """An edition for each group of rows of a table, or for each entry of a list."""
    tags: tuple[Slug, ...] = ()
    """Words of your own, by which schedules choose briefings."""
    theme: Annotated[str, Refers("theme")] = "classic"
    attach_sources: Flag = True
    """Whether the PDF of a reconstruction carries the data it was made from; others never do."""
    sections: tuple[Section, ...] = Field(min_length=1)
    """The sections in order; `kind` says what each shows."""

    @property
    def carries_sources(self) -> bool:
        """Whether the PDF has the data attached: those of a reconstruction are published facts."""
        return self.issuance == "reconstruction" and self.attach_sources

    @property
    def nature(self) -> str:
        """The issuance; `comparison` for a reconstruction that rebuilds several reports."""
        is_comparison = self.issuance == "reconstruction" and self.original is None
        return "comparison" if is_comparison else self.issuance

    @field_validator("sections")
    @classmethod
    def _distinct(cls, sections: tuple[Section, ...]) -> tuple[Section, ...]:
        """An id is that of one section, and no kind that stands for a section without id."""
        taken: set[str] = {section.kind for section in sections if section.id is None}
        for position, section in enumerate(sections):
            if section.id in taken:
                problem = f"another section has the id `{section.id}`"
                raise wrong_inside((position, "id"), problem)
            if section.id is not None:
                taken.add(section.id)
        return sections

    def anchored(self) -> dict[str, Section]:
        """The sections by anchor: their id, else their kind; a second one gets `kind-2`."""
        found: dict[str, Section] = {}
        for section in self.sections:
            anchor, count = section.id or section.kind, 1
            while anchor in found:
                count += 1
                anchor = f"{section.id or section.kind}-{count}"
            found[anchor] = section
        return found


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
    images: dict[str, Picture] = {}
    """The images of exhibits, by the id of the exhibit."""
    recommendations: dict[str, Group]
    prose: dict[str, str]
    """Markdown by file name."""
    numbers: dict[str, Shown]
    computed: dict[str, dict[str, tuple[Shown, ...]]]
    """Computed columns of table exhibits: exhibit id, formula, one result per row."""
    relations: tuple[Instance, ...] = ()
    """What the numbers must satisfy among themselves."""
    max_source_age: MaxAge = {}
    """How old sources may be when the briefing is issued."""
    brokerage: Brokerage
    securities: dict[str, Security]
    sources: dict[str, Source]
    units: dict[str, UnitName]
    compared: dict[str, Briefing] = {}
    """The briefings that `front.compares` names, by the same names."""
    names_with_digits: tuple[str, ...] = ()
    """Names that hold digits and are no numbers."""
    glossary: Glossary = {}
    """How names are spelt, and what they stand for."""
    disclosure_facts: DisclosureFacts = DisclosureFacts()
    """What the brokerage must disclose; empty, where it has no such file."""
    rixml: Rixml | None = None
    """The RIXML file that goes out with the report."""
    alternates: dict[str, Slug] = {}
    """The editions in other languages, by language."""

    @property
    def language(self) -> str:
        """The language that the briefing is written in, such as `zh-CN`."""
        return self.front.language

    def alternate_links(self) -> dict[str, str]:
        """The HTML of the editions in other languages, as seen from this one, by language."""
        return {language: f"../{slug}/{slug}.html" for language, slug in self.alternates.items()}

    def anchored(self) -> dict[str, Section]:
        """The sections by anchor, in the order of the house where it has one."""
        order = {kind: position for position, kind in enumerate(self.brokerage.section_order)}
        sections = self.front.anchored().items()
        return dict(sorted(sections, key=lambda item: order.get(item[1].kind, len(order))))

    def on_front_page(self) -> set[str]:
        """The exhibits that stand beside the side column of the first page."""
        overviews = (s.prose for s in self.front.sections if s.kind == "overview")
        texts = (self.prose[name] for name in overviews if name)
        return {p.text for text in texts for p in pieces(text) if p.kind == "exhibit"}

    def houses(self) -> dict[str, Briefing]:
        """The briefings that are set side by side; this one alone, where it compares none."""
        return self.compared or {"": self}
