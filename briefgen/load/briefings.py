"""A briefing's folder as one value: read, typed, every name checked, every number computed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from pydantic import BaseModel

from briefgen.diagnostics.finding import Collector, Made, has_errors
from briefgen.diagnostics.place import Origin, Place, SourceMap, ValuePath
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.load.expressions import Names
from briefgen.load.files import Folder
from briefgen.load.numbers import Numbers
from briefgen.load.references import Known, check_references, nearest, rating_kind
from briefgen.load.shared import Shared, brokerage_ids, load_brokerage, read_record
from briefgen.load.tables import read_tables
from briefgen.load.typed import typed
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.briefing import Briefing, Front
from briefgen.model.brokerage import Brokerage
from briefgen.model.exhibit import Chart, Exhibit
from briefgen.model.fact import Fact
from briefgen.model.markdown import pieces
from briefgen.model.marks import Marked, marked
from briefgen.model.number import Number
from briefgen.model.recommendation import Group
from briefgen.model.table import Table
from briefgen.model.unit import Unit
from briefgen.model.value import Refers
from briefgen.model.workspace import Templates


@dataclass(frozen=True, slots=True)
class Loaded:
    """A briefing (None after errors) with its findings, its places and the files it was read from.

    Shape: `reads` maps file names to SHA-256 digests.
    """

    made: Made[Briefing]
    places: SourceMap
    reads: dict[str, str]


def load_briefing(
    slug: str,
    data: Folder,
    shared: Shared,
    templates: Templates,
    charts: Mapping[str, type[Chart]],
) -> Loaded:
    """Read `data/briefings/<slug>/` and what it refers to.

    Reports: LOD1xx to LOD4xx.
    """
    return _Loader(slug, data, shared, templates, charts).load()


class _Loader:
    def __init__(
        self,
        slug: str,
        data: Folder,
        shared: Shared,
        templates: Templates,
        charts: Mapping[str, type[Chart]],
    ) -> None:
        self.slug, self.shared = slug, shared
        self.data = Folder(data.root, data.path)
        self.templates, self.charts = templates, charts
        self.folder = Folder(data.root, data.path / "briefings" / slug, self.data.reads)
        self.out, self.places = Collector(), SourceMap()
        self.places.include(shared.places)
        self.broken: set[str] = set()
        """Names of facts, tables and exhibits that have findings of their own already."""
        self.exhibits: dict[str, Exhibit] = {}
        self.tables: dict[str, Table] = {}
        self.brokerage: Brokerage | None = None

    def load(self) -> Loaded:
        front: Front | None = read_record(
            self.folder, "briefing.yaml", Front, "front", self.places, self.out
        )
        facts: dict[str, Fact] = self._entries("facts.yaml", "facts", Fact)
        groups: dict[str, Group] = self._entries("recommendations.yaml", "recommendations", Group)
        self.tables = read_tables(self.folder, self.places, self.broken, self.out)
        self.exhibits = self._entries("exhibits.yaml", "exhibits", Exhibit, self._type_chart)
        self.brokerage = self._read_brokerage(front)
        prose = self._read_prose(front)
        parts = {
            "front": front,
            "facts": facts,
            "exhibits": self.exhibits,
            "recommendations": groups,
            "brokerage": self.brokerage,
        }
        texts = [text for name, part in parts.items() for text in marked(part, (name,))]
        check_references(texts, self._known(), self.broken, self.places, self.out)
        counts = _counts(front, groups, self.shared)
        names = Names(facts, self.tables, self.shared.data.units, counts, self.broken)
        numbers = Numbers(names, self.places, self.out)
        fact_numbers = numbers.facts(facts)
        numbers.in_values(texts)
        computed = numbers.computed_columns(self.exhibits, self.tables)
        self._check_prose(prose, numbers, front)
        if front is None or self.brokerage is None or has_errors(self.out.findings):
            return self._loaded(None)
        securities = _named(self.shared.data.securities, "security", texts)
        texts += [*marked(self.tables), *marked(securities)]
        briefing = Briefing(
            slug=self.slug,
            front=front,
            facts=fact_numbers,
            tables=self.tables,
            exhibits=self.exhibits,
            recommendations=groups,
            prose=prose,
            numbers=numbers.results,
            computed=computed,
            brokerage=self.brokerage,
            securities=securities,
            sources=_named(
                self.shared.data.sources, "source", texts, [t.source for t in self.tables.values()]
            ),
            units=self.shared.data.units,
            names_with_digits=self.shared.data.settings.names_with_digits,
        )
        return self._loaded(briefing)

    def _loaded(self, briefing: Briefing | None) -> Loaded:
        return Loaded(self.out.made(briefing), self.places, self.data.reads | self.shared.reads)

    def _entries(
        self,
        name: str,
        path: str,
        kind: Any,
        prepare: Callable[[dict[str, Any], ValuePath], bool] = lambda *_: True,
    ) -> dict[str, Any]:
        """A file of named entries; each is typed on its own, the broken ones are remembered."""
        if not self.folder.has(name):
            return {}
        text = self.folder.read(name, self.out)
        shown = self.folder.shown(name)
        data = read_yaml(text, shown, (path,), self.places, self.out) if text else {}
        if not isinstance(data, dict):
            if data is not None:
                typed(dict[str, kind], data, (path,), self.places, self.out)
            return {}
        found = {}
        for key, entry in data.items():
            ready = not isinstance(entry, dict) or prepare(entry, (path, key))
            value = typed(kind, entry, (path, key), self.places, self.out) if ready else None
            if value is None:
                self.broken.add(key)
            else:
                found[key] = value
        return found

    def _type_chart(self, entry: dict[str, Any], path: ValuePath) -> bool:
        """Replace an exhibit's `chart` by a chart of its kind, so that findings have places."""
        if not isinstance(entry.get("chart"), dict):
            return True
        data, path = entry["chart"], (*path, "chart")
        kind = self.charts.get(str(data.get("kind", "")))
        if kind is None and "kind" not in data:
            self.out.report(
                "LOD104", "missing key `kind` in `chart`", self.places.key(path), "add `kind: …`"
            )
        elif kind is None:
            self.out.report(
                "LOD106",
                f"unknown chart kind `{data['kind']}`",
                self.places.value((*path, "kind")),
                did_you_mean(str(data["kind"]), self.charts),
            )
        else:
            entry["chart"] = typed(kind, data, path, self.places, self.out)
            return entry["chart"] is not None
        return False

    def _read_brokerage(self, front: Front | None) -> Brokerage | None:
        if front is None or front.brokerage not in brokerage_ids(self.data):
            return None
        return load_brokerage(self.data, front.brokerage, self.places, self.out)

    def _read_prose(self, front: Front | None) -> dict[str, str]:
        found: dict[str, str] = {}
        for position, section in enumerate(front.sections if front else ()):
            if section.prose and section.prose not in found:
                named_at = self.places.value(("front", "sections", position, "prose"))
                text = self.folder.read(section.prose, self.out, named_at)
                if text is not None:
                    found[section.prose] = text
                    file = Place(self.folder.shown(section.prose))
                    self.places.add(("prose", section.prose), Origin(file))
        return found

    def _check_prose(self, prose: Mapping[str, str], numbers: Numbers, front: Front | None) -> None:
        exhibits = {*self.exhibits, *self.broken}
        anchors = {section.anchor for section in front.sections} if front else set()
        for name, text in prose.items():
            for piece in pieces(text):
                at = Place(self.folder.shown(name), piece.line, piece.column, len(piece.text))
                if piece.kind == "expression":
                    numbers.evaluate(piece.text, at)
                elif piece.kind == "directive":
                    self.out.report(
                        "LOD202",
                        f"unknown directive `{piece.text}`",
                        at,
                        "write `:::{figure} NAME` or `:::{table} NAME`",
                    )
                elif piece.text not in exhibits | (anchors if piece.kind == "link" else set()):
                    self.out.report(
                        "LOD201",
                        f"unknown exhibit `{piece.text}`",
                        at,
                        did_you_mean(piece.text, self.exhibits),
                    )

    def _known(self) -> Known:
        house = self.brokerage

        def columns(owners: tuple[BaseModel, ...]) -> Collection[str] | None:
            table = self.tables.get(nearest(owners, "table") or "")
            return table.column_names if table else None

        def ratings(owners: tuple[BaseModel, ...]) -> Collection[str] | None:
            return house.labels(rating_kind(owners)) if house else None

        return {
            "source": self.shared.data.sources,
            "security": self.shared.data.securities,
            "brokerage": brokerage_ids(self.data),
            "table": self.tables,
            "language": self.templates.labels,
            "theme": self.templates.themes,
            "stance": lambda _: house.stances if house else None,
            "column": columns,
            "rating": ratings,
        }


def _named(
    records: Mapping[str, Any], kind: str, texts: list[Marked], more: Iterable[str] = ()
) -> dict[str, Any]:
    """The records that the marked texts name, in the order of the register."""
    names = {text.text for text in texts if text.mark == Refers(kind)} | set(more)
    return {name: record for name, record in records.items() if name in names}


def _counts(front: Front | None, groups: Mapping[str, Group], shared: Shared) -> dict[str, Any]:
    """What expressions can count: `recommendations.securities`, `recommendations.office`."""
    unit = Unit(factors=(("companies", 1),)) if "companies" in shared.data.units else Unit()

    def count(name: str, value: int, of: str | None) -> Number:
        return Number(
            value=Decimal(value),
            unit=unit,
            name=name,
            origin="recommendations.yaml",
            where=of,
        )

    securities = {pick.security for group in groups.values() for pick in group.picks}
    numbers = {"securities": count("recommendations.securities", len(securities), None)}
    for group_id, group in groups.items():
        numbers[group_id] = count(f"recommendations.{group_id}", len(group.picks), group.theme)
    return {
        "recommendations": SimpleNamespace(**numbers),
        "briefing": SimpleNamespace(date=front.date if front else ""),
    }
