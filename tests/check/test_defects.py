"""Numbers of the five published reports: those that contradict each other, and those that do not.

A row is one relation: its facts as `name|value|unit|as printed` (`name!` for a number that is not
rounded), its operands as YAML, and the code that is found, or nothing. `defects.tsv` holds the
defects that are about numbers, `holds.tsv` the checks that hold.
"""

from __future__ import annotations

import csv
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefgen import pipeline
from briefgen.workspace import open_workspace

HERE = Path(__file__).parent
UNITS = HERE.parents[1] / "data" / "units.yaml"


@dataclass(frozen=True)
class Row:
    case: str
    code: str
    kind: str
    facts: str
    operands: str

    def __str__(self) -> str:
        return self.case

    @property
    def id(self) -> str:
        """The id of the relation."""
        return re.sub(r"[^a-z0-9]+", "-", self.case.lower())

    def fact_entries(self) -> dict[str, Any]:
        found = {}
        for text in self.facts.split("; "):
            name, value, unit, printed = text.split("|")
            found[self.fact_id(name.rstrip("!"))] = {
                "value": value,
                "unit": unit,
                "printed": printed,
                "exact": name.endswith("!"),
                "as_of": "2024-03-22",
                "source": "report",
            }
        return found

    def relation(self) -> dict[str, Any]:
        renamed = re.sub(r"\b[a-z]\b", lambda name: self.fact_id(name[0]), self.operands)
        return {"kind": self.kind, "topic": self.case, **yaml.safe_load(f"{{{renamed}}}")}

    def fact_id(self, name: str) -> str:
        return f"f_{self.id.replace('-', '_')}_{name}"


def rows(name: str) -> list[Row]:
    with (HERE / name).open(encoding="utf-8", newline="") as file:
        return [Row(**row) for row in csv.DictReader(file, delimiter="\t")]


DEFECTS, HOLDS = rows("defects.tsv"), rows("holds.tsv")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """The codes found by relation; everything is checked at once."""
    root = tmp_path_factory.mktemp("numbers") / "desk"
    note = shutil.copytree(HERE.parent / "small_desk", root) / "data" / "briefings" / "note"
    shutil.copy(UNITS, root / "data" / "units.yaml")
    every = [*DEFECTS, *HOLDS]
    facts = {key: fact for row in every for key, fact in row.fact_entries().items()}
    with (note / "facts.yaml").open("a", encoding="utf-8") as file:
        yaml.safe_dump(facts, file, allow_unicode=True)
    relations = {row.id: row.relation() for row in every}
    (note / "relations.yaml").write_text(yaml.safe_dump(relations), encoding="utf-8")
    opened = open_workspace(root)
    assert opened.value is not None, opened.findings
    checked = pipeline.check(opened.value, "note")
    assert checked.report is not None, [f"{f.place}: {f.message}" for f in checked.findings]
    codes: dict[str, set[str]] = {}
    for finding in checked.findings:
        if match := re.search(r"\(`([a-z0-9-]+)`\): ", finding.message):
            codes.setdefault(match[1], set()).add(finding.code)
    return codes


@pytest.mark.parametrize("row", DEFECTS, ids=str)
def test_a_defect_is_found(row: Row, found: dict[str, set[str]]) -> None:
    assert found.get(row.id) == {row.code}


@pytest.mark.parametrize("row", HOLDS, ids=str)
def test_what_holds_is_not_found(row: Row, found: dict[str, set[str]]) -> None:
    assert found.get(row.id) is None


def test_every_row_is_a_relation_of_its_own() -> None:
    ids = [row.id for row in (*DEFECTS, *HOLDS)]
    assert len(set(ids)) == len(ids)
