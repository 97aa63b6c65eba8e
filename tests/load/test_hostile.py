"""Hostile or odd input ends in a finding: no crash, no hang, no silent acceptance."""

from __future__ import annotations

import os
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from briefgen import workspace
from briefgen.diagnostics.finding import Collector
from briefgen.load.files import Folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"
BIG = ["1e308", "1e400", "9" * 400, "1e999999999", "1e99999999999999999999", "1e-400"]
ODD = ["1_0", "６０", "٦٠", "NaN", "Infinity", "1.", ".5"]


@pytest.mark.parametrize("text", BIG + ODD)
def test_numbers_of_data(desk: Desk, text: str) -> None:
    says = "has too many digits" if text in BIG else "a number, found"
    cells = f"60,{text}\n"
    desk.edit(f"{HERE}/facts.yaml", "value: 154\n", f"value: {text}\n")
    found = desk.check()
    assert found.startswith(f"{HERE}/facts.yaml:109:10: error[LOD106]:")
    assert says in found
    desk.edit(f"{HERE}/facts.yaml", f"value: {text}\n", "value: 154\n")
    table = desk.read(f"{HERE}/tables/prices.csv")
    desk.write(f"{HERE}/tables/prices.csv", table.replace("60,60\n", cells, 1))
    found = desk.check()
    assert found.startswith(f"{HERE}/tables/prices.csv:2:43: error[LOD302]:")
    assert says in found or "must be a number" in found


def test_zeros_at_the_end_are_no_digits_too_many(desk: Desk) -> None:
    desk.edit(f"{HERE}/facts.yaml", "value: 154\n", f"value: 154.{'0' * 40}\n")
    assert "too many" not in desk.check()


@pytest.mark.parametrize("text", ["["])
def test_an_open_bracket_at_the_end(desk: Desk, text: str) -> None:
    desk.write(f"{HERE}/facts.yaml", text)
    assert desk.check().startswith(f"{HERE}/facts.yaml:1:2: error[LOD102]: not YAML")


@pytest.mark.parametrize("text", ["[" * 5000, "- " * 50_000 + "a", "{a: " * 5000])
def test_yaml_that_is_nested_too_deeply(desk: Desk, text: str) -> None:
    desk.write(f"{HERE}/facts.yaml", text)
    first = desk.check().splitlines()[0]
    assert first.endswith("error[LOD102]: not YAML as used here: nested too deeply")


def test_aliases_that_become_too_much(desk: Desk) -> None:
    names = "abcdefghi"
    lines = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    for one, other in pairwise(names):
        lines.append(f"{other}: &{other} [{', '.join([f'*{one}'] * 10)}]")
    desk.write(f"{HERE}/facts.yaml", "\n".join(lines))
    first = desk.check().splitlines()[0]
    assert first.startswith(f"{HERE}/facts.yaml:1:1: error[LOD102]: too large")


@pytest.mark.parametrize("file", ["facts.yaml", "survey.md", "tables/prices.csv"])
def test_no_regular_file(desk: Desk, file: str) -> None:
    desk.delete(f"{HERE}/{file}")
    os.mkfifo(desk.root / HERE / file)
    says = "error[LOD101]: cannot be read: it is no regular file"
    assert desk.check() == f"{HERE}/{file}:1:1: {says}\n"


def test_a_link_to_itself(desk: Desk) -> None:
    desk.delete(f"{HERE}/survey.md")
    (desk.root / HERE / "survey.md").symlink_to("survey.md")
    says = "error[LOD101]: cannot be read: too many levels of symbolic links"
    assert desk.check() == f"{HERE}/survey.md:1:1: {says}\n"


def test_parentheses_without_end(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "{{ " + "(" * 3000 + "usd_cny" + ")" * 3000 + " }}\n")
    first = desk.check().splitlines()[0]
    assert first.startswith(f"{HERE}/survey.md:1:4: error[LOD401]: ")


@pytest.mark.parametrize("char", ["\0", "\x1b", "\x7f", "\r"])
@pytest.mark.parametrize("file", ["survey.md", "tables/prices.csv"])
def test_control_characters(desk: Desk, file: str, char: str) -> None:
    desk.write(f"{HERE}/{file}", f"一\n二三{char}四\n")
    first = desk.check().splitlines()[0]
    says = f"error[LOD101]: a control character, U+{ord(char):04X}"
    assert first == f"{HERE}/{file}:2:3: {says}"


def test_folders_that_cannot_be_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "scandir", refuse)
    Folder(tmp_path, tmp_path).check_listing("briefings", out := Collector())
    assert [f.message for f in out.findings] == ["cannot be read: permission denied"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root reads all")
def test_a_data_folder_that_cannot_be_read(desk: Desk) -> None:
    (desk.root / "data").chmod(0)
    try:
        assert workspace.find_root(desk.root) == desk.root
        assert "data/workspace.yaml:1:1: error[LOD101]: cannot be read" in desk.check()
    finally:
        (desk.root / "data").chmod(0o755)


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        (
            "recommendations.yaml",
            "    - security: foxit\n",
            "    - security: kingsoft-office\n",
            "6:17: error[LOD106]: `kingsoft-office` is given twice",
        ),
        (
            "exhibits.yaml",
            "values: [input, output]",
            "values: [input, input]",
            "21:21: error[LOD106]: `input` is given twice",
        ),
        (
            "briefing.yaml",
            "  - kind: survey\n",
            "  - kind: survey\n    id: competition\n",
            "error[LOD106]: another section has the id `competition`",
        ),
        (
            "briefing.yaml",
            "    id: competition\n",
            "    id: survey\n",
            "error[LOD106]: another section has the id `survey`",
        ),
        (
            "briefing.yaml",
            "\ndate: 2024-03-25\n",
            "\ndate: 2024-03-25/2024-02\n",
            "5:7: error[LOD107]: ends before it begins: `2024-03-25/2024-02`",
        ),
    ],
)
def test_twice_or_backwards(desk: Desk, file: str, old: str, new: str, says: str) -> None:
    desk.edit(f"{HERE}/{file}", old, new)
    first = desk.check().splitlines()[0]
    assert first.startswith(f"{HERE}/{file}:")
    assert first.endswith(says)


def test_a_language_without_all_labels(desk: Desk) -> None:
    desk.write("templates/labels/fr.yaml", "figure: Figure\n")
    first = desk.check().splitlines()[0]
    assert first.startswith("templates/labels/fr.yaml:1:1: error[LOD104]: missing labels `")
