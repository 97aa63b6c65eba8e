"""The tables of every briefing are a valid Data Package for tools that know nothing of briefgen."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

PACKAGES = sorted(Path(__file__).parents[1].glob("data/briefings/*/tables/datapackage.yaml"))


def faults(package: Path) -> list[list[object]]:
    """What is wrong with a package and the files that it describes."""
    import frictionless  # takes a second

    report = frictionless.Package(str(package)).validate()
    return report.flatten(["type", "rowNumber", "fieldName", "note"])


def test_every_briefing_has_one() -> None:
    briefings = Path(__file__).parents[1] / "data" / "briefings"
    with_tables = {path.parent.name for path in briefings.glob("*/tables")}
    assert {package.parts[-3] for package in PACKAGES} == with_tables
    assert len(PACKAGES) >= 5


@pytest.mark.parametrize("package", PACKAGES, ids=lambda package: package.parts[-3])
def test_the_package_is_valid(package: Path) -> None:
    assert faults(package) == []


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("72", "dear", "type-error"),
        ("gpt-4-turbo-128k,", "moonshot-v1-128k,", "primary-key"),
        ("input", "inputs", "incorrect-label"),
    ],
)
def test_a_broken_table_is_noticed(tmp_path: Path, old: str, new: str, fault: str) -> None:
    package = next(package for package in PACKAGES if "tfzq-kimi-2024-03-25" in package.parts)
    shutil.copytree(package.parent, tmp_path / "tables")
    table = tmp_path / "tables" / "prices.csv"
    text = table.read_text(encoding="utf-8")
    assert old in text
    table.write_text(text.replace(old, new, 1), encoding="utf-8")
    found = faults(tmp_path / "tables" / package.name)
    assert fault in {str(kind) for kind, *_ in found}, found
