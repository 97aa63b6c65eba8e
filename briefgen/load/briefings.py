"""A briefing's folder as one value: read, typed, every name checked, every number computed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from briefgen.diagnostics.finding import Collector, Made, has_errors
from briefgen.diagnostics.place import SourceMap
from briefgen.load import references
from briefgen.load.anchors import Anchors
from briefgen.load.comparison import Comparison
from briefgen.load.counts import count
from briefgen.load.editions import alternates, briefing_slugs, edition_folder
from briefgen.load.entries import Entries
from briefgen.load.expressions import Names
from briefgen.load.families import KEY, report_family
from briefgen.load.files import Folder
from briefgen.load.images import check_fit, read_images
from briefgen.load.numbers import Numbers
from briefgen.load.prose import check_prose, read_prose
from briefgen.load.references import Known, check_references, nearest, rating_kind
from briefgen.load.relations import instances
from briefgen.load.release import load_release
from briefgen.load.reported import Reported
from briefgen.load.rixml import read_rixml
from briefgen.load.shared import (
    Shared,
    brokerage_ids,
    load_brokerage,
    load_disclosure_facts,
    read_data,
    typed_record,
)
from briefgen.load.tables import read_tables
from briefgen.model.asset import Picture
from briefgen.model.briefing import Briefing, Front
from briefgen.model.brokerage import Brokerage
from briefgen.model.disclosure_facts import DisclosureFacts
from briefgen.model.exhibit import Chart, Exhibit, Exhibits
from briefgen.model.fact import Fact, Facts
from briefgen.model.marks import Marked, marked
from briefgen.model.recommendation import Group, Recommendations
from briefgen.model.relation import Relation, Relations
from briefgen.model.release import Release
from briefgen.model.rixml import Rixml
from briefgen.model.table import Table
from briefgen.model.value import Refers
from briefgen.model.workspace import Templates


@dataclass(frozen=True, slots=True)
class Loaded:
    """A briefing (None after errors) with its findings, its places and the files it was read from.

    Shape: `reads` maps file names to SHA-256 digests, `contents` to what was read; `files` maps
    whole files to SHA-256 digests, also where only some rows of a table were read.
    """

    made: Made[Briefing]
    places: SourceMap
    reads: dict[str, str]
    contents: dict[str, bytes]
    files: dict[str, str]
    release: Release
    """What people decided about it; no part of the briefing."""


def load_briefing(
    slug: str,
    data: Folder,
    shared: Shared,
    templates: Templates,
    charts: Mapping[str, type[Chart]],
    within: tuple[str, ...] = (),
) -> Loaded:
    """Read `data/briefings/<slug>/` and what it refers to; `within` are those that compare it.

    Prose, images and RIXML of a compared briefing are not read, and neither is its release.
    Reports: LOD1xx to LOD5xx.
    """
    return _Loader(slug, data, shared, templates, charts, within).load()


class _Loader:
    def __init__(
        self,
        slug: str,
        data: Folder,
        shared: Shared,
        templates: Templates,
        charts: Mapping[str, type[Chart]],
        within: tuple[str, ...],
    ) -> None:
        self.slug, self.shared, self.within = slug, shared, within
        self.data = Folder(data.root, data.path)
        self.templates, self.charts = templates, charts
        self.folder = edition_folder(self.data, slug)
        self.out, self.places = Collector(), SourceMap()
        self.places.include(shared.places)
        self.reported = Reported()
        self.exhibits: dict[str, Exhibit] = {}
        self.tables: dict[str, Table] = {}
        self.brokerage: Brokerage | None = None
        self.release = Release()

    def load(self) -> Loaded:
        data = read_data(self.folder, "briefing.yaml", "front", self.places, self.out)
        front: Front | None = None
        if isinstance(data, dict) and KEY in data:
            if self.folder.member is None:
                report_family(self.slug, self.folder, self.places, self.out)
                return self._loaded(None)
            del data[KEY]
        if data is not None:
            front = typed_record(Front, data, "front", self.places, self.out)
        shared = self.shared.data
        entries = Entries(self.folder, self.charts, self.places, self.reported, self.out)
        facts: dict[str, Fact] = entries.read("facts", "fact", Facts)
        groups: dict[str, Group] = entries.read("recommendations", "group", Recommendations)
        self.tables = read_tables(
            self.folder, shared.units, shared.sources, self.places, self.reported, self.out
        )
        self.exhibits = entries.read("exhibits", "exhibit", Exhibits)
        relations: dict[str, Relation] = entries.read("relations", "relation", Relations)
        self.brokerage = self._read_brokerage(data)
        disclosure_facts = self._read_disclosure_facts(data)
        images: dict[str, Picture] = {}
        prose: dict[str, str] = {}
        rixml: Rixml | None = None
        if not self.within:
            images = read_images(self.folder, self.exhibits, self.places, self.out)
            self.release = load_release(self.folder, self.places, self.out)
            prose = read_prose(data, self.folder, self.places, self.out)
            rixml = self._read_rixml(front)
        compared = Comparison(self.places, self.reported, self.out)
        compares = _compares(data)
        others = set(briefing_slugs(self.data)) - {self.slug} if compares else set()
        for alias, slug in compares.items():
            if slug in self.within:
                place = self.places.value(("front", "compares", alias))
                chain = " → ".join((*self.within, self.slug, slug))
                self.out.report("LOD203", f"a circle of comparisons: {chain}", place)
                self.reported.add("fact", alias)
            elif slug in others:
                compared.add(alias, slug, self._load_other(slug))
            else:
                self.reported.add("fact", alias)
        parts = {
            "front": front,
            "facts": facts,
            "exhibits": self.exhibits,
            "recommendations": groups,
            "relations": relations,
            "brokerage": self.brokerage,
            "disclosure_facts": disclosure_facts,
        }
        texts = [text for name, part in parts.items() for text in marked(part, (name,))]
        check_references(texts, self._known(front, others), self.reported, self.places, self.out)
        counts = count(front, groups, shared.units, self.reported)
        names = Names(facts, self.tables, shared.units, counts | compared.names(), self.reported)
        numbers = Numbers(names, self.places, self.out)
        fact_numbers = numbers.facts(facts)
        numbers.in_values(texts)
        computed = numbers.computed_columns(self.exhibits, self.tables)
        related = instances(relations, self.tables, numbers, self.places)
        sections = set(front.anchored()) if front else None
        anchors = Anchors(self.exhibits, sections, self.reported, self.out)
        anchors.check_values(texts, self.places)
        check_prose(prose, numbers, anchors, self.places, self.out)
        if front is None or self.brokerage is None or has_errors(self.out.findings):
            return self._loaded(None)
        own = [text for text in texts if text.path[0] != "disclosure_facts"]
        securities = _named(self.shared.data.securities, "security", own)
        if front.issuance != "reconstruction":
            said = [*prose.values(), *(text.text for text in own)]
            securities = references.with_mentioned(self.shared.data.securities, securities, said)
        texts += [*marked(self.tables), *marked(securities)]
        briefing = Briefing(
            slug=self.slug,
            front=front,
            facts=fact_numbers,
            tables=self.tables,
            exhibits=self.exhibits,
            images=images,
            recommendations=groups,
            prose=prose,
            numbers=numbers.results,
            computed=computed,
            relations=related,
            max_source_age=shared.settings.max_source_age | front.max_source_age,
            brokerage=self.brokerage,
            securities=securities,
            sources=_named(
                self.shared.data.sources,
                "source",
                texts,
                [t.source for t in self.tables.values()] + compared.sources(),
            ),
            units=self.shared.data.units,
            compared=compared.briefings,
            names_with_digits=self.shared.data.settings.names_with_digits,
            glossary=self.shared.data.glossary,
            disclosure_facts=disclosure_facts.about(securities),
            rixml=rixml,
            alternates={} if self.within else alternates(self.folder, self.slug),
        )
        if not self.within:
            check_fit(briefing, self.templates.themes[front.theme], self.places, self.out)
        return self._loaded(briefing)

    def _load_other(self, slug: str) -> Made[Briefing]:
        """A briefing that this one compares; what is read of it is an input of this one too."""
        within = (*self.within, self.slug)
        loaded = load_briefing(slug, self.data, self.shared, self.templates, self.charts, within)
        self.data.reads.update(loaded.reads)
        self.data.contents.update(loaded.contents)
        self.data.files.update(loaded.files)
        return loaded.made

    def _loaded(self, briefing: Briefing | None) -> Loaded:
        reads = self.data.reads | self.shared.reads
        contents = self.data.contents | self.shared.contents
        files = self.data.files | self.shared.files
        return Loaded(self.out.made(briefing), self.places, reads, contents, files, self.release)

    def _read_brokerage(self, data: Any) -> Brokerage | None:
        """The brokerage of the front matter, also when other keys of that are wrong."""
        name = data.get("brokerage") if isinstance(data, dict) else None
        if name not in brokerage_ids(self.data):
            return None
        return load_brokerage(self.data, name, self.places, self.out)

    def _read_disclosure_facts(self, data: Any) -> DisclosureFacts:
        name = data.get("brokerage") if isinstance(data, dict) else None
        if name not in brokerage_ids(self.data):
            return DisclosureFacts()
        return load_disclosure_facts(self.data, name, self.places, self.out)

    def _read_rixml(self, front: Front | None) -> Rixml | None:
        if front is None or front.publication is None or front.publication.rixml is None:
            return None
        named_at = self.places.value(("front", "publication", "rixml"))
        xsd = self.shared.data.settings.rixml_xsd
        schema = (self.data, xsd) if xsd else None
        return read_rixml(self.folder, front.publication.rixml, self.out, named_at, schema)

    def _known(self, front: Front | None, others: Collection[str]) -> Known:
        house = self.brokerage

        def columns(owners: tuple[BaseModel, ...]) -> Collection[str] | None:
            table = self.tables.get(nearest(owners, "table") or "")
            return table.column_names if table else None

        def ratings(owners: tuple[BaseModel, ...]) -> Collection[str] | None:
            return house.labels(rating_kind(owners)) if house else None

        return {
            "source": self.shared.data.sources,
            "exhibit": self.exhibits,
            "security": self.shared.data.securities,
            "brokerage": brokerage_ids(self.data),
            "table": self.tables,
            "language": self.templates.labels,
            "theme": self.templates.themes,
            "stance": lambda _: house.stances if house else None,
            "column": columns,
            "rating": ratings,
            "briefing": others,
            "house": lambda _: front.compares if front else None,
        }


def _compares(data: Any) -> dict[str, Any]:
    """The briefings that are compared, also when other keys of the front matter are wrong."""
    compares = data.get("compares") if isinstance(data, dict) else None
    return compares if isinstance(compares, dict) else {}


def _named(
    records: Mapping[str, Any], kind: str, texts: list[Marked], more: Iterable[str] = ()
) -> dict[str, Any]:
    """The records that the marked texts name, in the order of the register."""
    names = {text.text for text in texts if text.mark == Refers(kind)} | set(more)
    return {name: record for name, record in records.items() if name in names}
