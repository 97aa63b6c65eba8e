"""The facts of the published reports, and what the rebuilt briefings hold and say of them.

The tables beside this file list what each report states: `SLUG.tsv` its numbers and dates,
`SLUG-names.tsv` its names. Fractions stand as 0.2, days and periods as 2024-03-25 or 2024-Q1;
`number` is what the briefing calls the number that states the fact.
"""

from __future__ import annotations

import csv
import re
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import pytest

from briefgen import pipeline
from briefgen.model.briefing import Briefing
from briefgen.model.language import write_number, write_period
from briefgen.model.number import Number, Style, StyleKind, places
from briefgen.model.unit import PERCENT, Unit, parse_unit
from briefgen.workspace import Workspace, open_workspace

HERE = Path(__file__).parent
SLUGS = tuple(sorted(path.stem.removesuffix("-names") for path in HERE.glob("*-names.tsv")))

DATE = re.compile(r"(?:(\d{4}) ?年 ?)?(?:(\d{1,2}) ?月(?: ?(\d{1,2}) ?日)?)?")
ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
ISO_PERIOD = re.compile(r"\d{4}(?:-(?:\d{2}(?:-\d{2})?|Q[1-4]|H[12]))?")
CLAUSE = re.compile(r"(\d+) ?(%|个月|个历日|个工作日)")
CLAUSE_UNITS = {"%": "%", "个月": "months", "个历日": "days", "个工作日": "days"}


@dataclass(frozen=True, slots=True)
class Fact:
    """A number or date of a report, with the unit in the words of the fact table."""

    id: str
    what: str
    value: str
    unit: str
    period: str
    number: str

    def fields(self) -> dict[str, str]:
        """The columns of the fact table."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.id} {self.what}: {self.value} {self.unit} ({self.number or 'a date'})"


def rows(name: str) -> list[dict[str, str]]:
    """A table beside this file."""
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE, strict=True))


@cache
def squeezed(text: str) -> str:
    """Text without spaces, full-width forms as narrow ones, so that spacing hides nothing."""
    narrow = str.maketrans("：，（）？！；／％～", ":,()?!;/%~")
    return re.sub(r"\s+", "", text).translate(narrow)


def strings(value: Any) -> Iterator[str]:
    """All texts within nested lists and mappings."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from strings(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from strings(item)


UNITS = {
    row["word"]: (Decimal(row["factor"]), row["units"].split(", ")) for row in rows("units.tsv")
}
"""What briefings call the units of the fact tables, where the name differs: a fact times the
factor is counted in one of the units; `1` is a plain number."""


@dataclass(frozen=True)
class Rebuilt:
    """A briefing as loaded: its numbers, its dates, and how an edition writes them."""

    slug: str
    briefing: Briefing

    @cached_property
    def facts(self) -> tuple[Fact, ...]:
        """What the published report states in numbers and dates."""
        return tuple(Fact(**row) for row in rows(f"{self.slug}.tsv"))

    @cached_property
    def numbers(self) -> dict[str, list[Number]]:
        """Facts, table cells, rating schemes and disclosures by name; nothing computed."""
        found: dict[str, list[Number]] = {}
        for number in self._numbers():
            found.setdefault(number.name, []).append(number)
        return found

    def _numbers(self) -> Iterator[Number]:
        briefing = self.briefing
        yield from (fact for fact in briefing.facts.values() if not fact.is_derived)
        for table in briefing.tables.values():
            for column in (column for column in table.columns if column.is_numeric):
                for row in table.row_keys:
                    if cell := table.number(row, column.name, briefing.units):
                        yield cell.model_copy(update={"printed": None})
        for kind, scheme in briefing.brokerage.schemes.items():
            yield self._number(f"{kind}.horizon", scheme.horizon.months, "months")
            for rating in scheme.classes:
                for end, bound in (("lower", rating.lower), ("upper", rating.upper)):
                    if bound:
                        yield self._number(f'{kind}["{rating.label}"].{end}', bound.at, "%")
        for part in briefing.brokerage.disclosures:
            for clause in part.clauses:
                for said in CLAUSE.finditer(clause.text):
                    name, unit = f'disclosures["{clause.topic}"]', CLAUSE_UNITS[said[2]]
                    yield self._number(name, said[1], unit, said[0])

    def _number(
        self, name: str, value: Decimal | int | str, unit: str, printed: str | None = None
    ) -> Number:
        return Number(name=name, value=Decimal(value), unit=self._unit(unit), printed=printed)

    def _unit(self, name: str) -> Unit:
        return parse_unit(name, self.briefing.units)

    def holds(self, fact: Fact) -> bool:
        """Whether the data have the fact, with its value and in its unit."""
        if fact.unit == "date":
            return all(part in self.dates for part in fact.value.split("/"))
        return bool(self.matches(fact))

    def matches(self, fact: Fact) -> list[Number]:
        """The numbers of the fact's name that have its value in a unit that means the same."""
        factor, names = UNITS.get(fact.unit, (1, [fact.unit]))
        value, units = Decimal(fact.value) * factor, [self._unit(name) for name in names]
        named = self.numbers.get(fact.number, [])
        return [number for number in named if any(_same(number, value, unit) for unit in units)]

    def fact(self, value: str, unit: str, number: str = "") -> Fact:
        """Something that the briefing is expected to hold."""
        return Fact("", "", value, unit, "", number)

    @cached_property
    def dates(self) -> frozenset[str]:
        """Days and periods of front, sources, facts, tables and charts, and those in the text.

        In the text, a day or month without a year is of the year of the report.
        """
        found: set[str] = set()
        for text in strings(list(self._dated())):
            found.update(ISO_DAY.findall(text))
            found.update(part for part in text.split("/") if ISO_PERIOD.fullmatch(part))
            for year, month, day in DATE.findall(text):
                parts = [year or (month and self.briefing.front.date[:4])]
                found.add("-".join([*parts, *(part.zfill(2) for part in (month, day) if part)]))
        return frozenset(found - {""})

    def _dated(self) -> Iterator[Any]:
        briefing = self.briefing
        yield briefing.front.model_dump(mode="json")
        yield [source.date for source in briefing.sources.values()]
        yield [(fact.as_of, fact.printed) for fact in briefing.facts.values()]
        yield list(briefing.prose.values())
        for table in briefing.tables.values():
            texts = [c.name for c in table.columns if not c.is_numeric]
            yield [[text for _, text in table.cells(name)] for name in texts]
            yield [table.as_of, [column.as_of for column in table.columns]]
        for exhibit in briefing.exhibits.values():
            dumped = exhibit.model_dump(mode="json")
            yield dumped
            stages = (dumped["chart"] or {}).get("stages", ())
            yield [str(year) for stage in stages for year in stage.values()]

    def said(self, fact: Fact, text: str) -> bool:
        """Whether the data have the fact, and the text of a PDF says it."""
        if fact.unit == "date":
            days = fact.value.split("/")
            return self.holds(fact) and all(_any(self._date_forms(day), text) for day in days)
        return any(
            _any(self._forms(number), text) or self._in_a_row(number, text)
            for number in self.matches(fact)
        )

    def _in_a_row(self, number: Number, text: str) -> bool:
        """Whether a table cell stands behind words of its row; its unit is in the head."""
        bare, row = number.model_copy(update={"unit": self._unit("1")}), number.name.split('"')[1:2]
        forms = {write_number(bare, Style(kind=kind), "zh-CN", {}) for kind in ("value", "compact")}
        shown = "|".join(re.escape(form).replace("\N{NO-BREAK SPACE}", " ?") for form in forms)
        return any(
            re.search(rf"{re.escape(label)}.{{1,40}}(?<![\d.,])(?:{shown})(?![\d.,])", text)
            for table in self.briefing.tables.values()
            if number.name.startswith(f"{table.name}[")
            for label in table.rows[table.row_keys.index(row[0])]
            if label and not label.replace(".", "").isdigit() and len(label) > 2
        )

    def _date_forms(self, date: str) -> set[str]:
        forms = {write_period(date, "zh-CN"), date}
        if len(date) == 4:
            forms |= {f"{date}E", f"{date}–", f"–{date}"}
        elif date[5].isdigit() and date[:4] == self.briefing.front.date[:4]:
            forms.add(write_period(date, "zh-CN").partition("年")[2])
        return forms

    def _forms(self, number: Number) -> set[str]:
        """How an edition may write a number; no form rounds away a digit of the source."""
        exact = max(0, places(number.value))
        styles = [Style(), Style(kind="compact")]
        if number.unit == PERCENT:
            kinds: tuple[StyleKind, ...] = ("percent", "change")
            styles += [Style(kind=kind, digits=max(exact, n)) for kind in kinds for n in (0, 1)]
        elif number.unit.is_pure:
            styles.append(Style(kind="times", digits=exact))
        forms = {write_number(number, style, "zh-CN", self.briefing.units) for style in styles}
        if number.unit == self._unit("bytes"):
            forms |= {f"{number.value / 10**9:f}GB", f"{number.value / 10**12:f}TB"}
        return forms | ({number.printed} if number.printed else set())


def _same(number: Number, value: Decimal, unit: Unit) -> bool:
    """Whether a number is `value` in `unit`; percents are no plain numbers."""
    if unit.is_pure:
        return number.unit == unit and number.value == value
    ratio = number.unit.ratio_to(unit)
    return ratio is not None and number.value * ratio == value


def _any(forms: set[str], text: str) -> bool:
    return any(squeezed(form) in squeezed(text) for form in forms)


@pytest.fixture(scope="session")
def workspace() -> Workspace:
    opened = open_workspace(HERE.parents[1])
    assert opened.value is not None, opened.findings
    return opened.value


@pytest.fixture(scope="session")
def rebuilt(workspace: Workspace) -> dict[str, Rebuilt]:
    """The five briefings by slug."""
    loaded = {slug: pipeline.load(workspace, slug).made for slug in SLUGS}
    assert {slug: made.findings for slug, made in loaded.items() if made.value is None} == {}
    return {slug: Rebuilt(slug, made.value) for slug, made in loaded.items() if made.value}


def _by_one_worker(slug: str) -> object:
    """Whoever makes the edition has all tests of it, so that nobody waits."""
    return pytest.param(slug, marks=pytest.mark.xdist_group(f"facts {slug}"))


@pytest.fixture(scope="session", params=map(_by_one_worker, SLUGS))
def one(request: pytest.FixtureRequest, rebuilt: dict[str, Rebuilt]) -> Rebuilt:
    """Each briefing in turn."""
    return rebuilt[request.param]


@pytest.fixture(scope="session")
def text(
    shipped: Callable[[str], pipeline.Checked], tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], str]:
    """Gives the text of the PDF of a briefing on one line."""
    file = tmp_path_factory.mktemp("facts") / "edition.pdf"

    @cache
    def read(slug: str) -> str:
        edition = shipped(slug).edition
        assert edition is not None
        file.write_bytes(edition.files[f"{slug}.pdf"])
        command = ["pdftotext", "-raw", "-enc", "UTF-8", file, "-"]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        return " ".join(done.stdout.split())

    return read


@pytest.fixture(scope="session")
def table() -> Callable[[str], list[dict[str, str]]]:
    """Reads a table beside this file."""
    return rows


@pytest.fixture(scope="session")
def squeeze() -> Callable[[str], str]:
    """Makes texts comparable whose spaces and full-width forms differ."""
    return squeezed


@pytest.fixture
def covers(capsys: pytest.CaptureFixture[str]) -> Callable[[str, int, list[str], float], None]:
    """Prints how many of a list are there; fails with those missing when they are too many."""

    def check(what: str, total: int, missing: list[str], least: float = 1.0) -> None:
        there = total - len(missing)
        with capsys.disabled():
            print(f"\n{what}: {there} of {total} ({there / total:.1%})", end="")
        assert there >= least * total, "missing:\n" + "\n".join(missing)

    return check
