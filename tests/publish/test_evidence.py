"""`evidence.json`: every number with what it rests on."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from briefgen import pipeline
from briefgen.model.briefing import Briefing
from briefgen.publish.evidence import evidence_file
from briefgen.workspace import open_workspace

SMALL = Path(__file__).parents[1] / "small_desk"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "desk")) / "data"


def loaded(data: Path) -> Briefing:
    opened = open_workspace(data.parent)
    assert opened.value is not None, opened.findings
    made = pipeline.load(opened.value, "note").made
    assert made.value is not None, made.findings
    return made.value


def numbers(data: Path) -> dict[str, dict[str, Any]]:
    record = json.loads(evidence_file(loaded(data)))
    return {number["id"]: number for number in record["numbers"]}


def test_a_fact(data: Path) -> None:
    assert numbers(data)["companies"] == {
        "id": "companies",
        "value": "3",
        "unit": "companies",
        "written": "3\xa0家",
        "file": "facts.yaml",
        "row": "companies",
        "sources": ["report"],
        "as_of": "2024-03-23",
        "note": "三家",
        "shown_in": ["overview"],
    }


def test_a_cell_is_called_by_row_and_column(data: Path) -> None:
    cell = numbers(data)['prices["gpt"].input']
    assert (cell["label"], cell["file"], cell["row"]) == (
        "gpt · 输入",
        "tables/prices.csv",
        "gpt/input",
    )
    assert cell["shown_in"] == ["prices"]


def test_what_is_computed_names_formula_and_inputs(data: Path) -> None:
    overview = data / "briefings" / "note" / "overview.md"
    overview.write_text("{{ price * companies | value }}\n", encoding="utf-8")
    entry = numbers(data)["price * companies | value"]
    assert entry["formula"] == "price * companies"
    assert entry["inputs"] == ["price", "companies"]
    assert entry["shown_in"] == ["overview"]


def test_what_is_computed_is_as_of_its_inputs(data: Path) -> None:
    note = data / "briefings" / "note"
    facts = (note / "facts.yaml").read_text("utf-8")
    facts += "old: {value: 2, unit: companies, as_of: 2023-12, source: report}\n"
    (note / "facts.yaml").write_text(facts + "both: {formula: companies / old}\n", "utf-8")
    (note / "overview.md").write_text("{{ both * price * companies | value }}\n", "utf-8")
    entry = numbers(data)["both * price * companies | value"]
    assert (entry["as_of"], entry["sources"]) == (["2023-12", "2024-03-23"], ["report"])


def test_a_key_figure_gives_its_label(data: Path) -> None:
    front = data / "briefings" / "note" / "briefing.yaml"
    text = front.read_text("utf-8")
    figures = "key_figures: [{label: 样本, number: companies}]\nsections:"
    front.write_text(text.replace("sections:", figures, 1), encoding="utf-8")
    entry = numbers(data)["companies"]
    assert (entry["label"], entry["shown_in"]) == ("样本", ["front", "overview"])


def test_the_sources_that_are_named(data: Path) -> None:
    record = json.loads(evidence_file(loaded(data)))
    used = {name for number in record["numbers"] for name in number["sources"]}
    assert set(record["sources"]) == used == {"report"}
    assert {"title", "publisher", "kind"} <= set(record["sources"]["report"])
