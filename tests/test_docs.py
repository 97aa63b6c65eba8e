"""The README is true: its commands run, its examples are right, its tables are complete."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from contextlib import chdir
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import pytest
from click.testing import CliRunner, Result
from gallery_made import gallery_cache, with_gallery
from pydantic import TypeAdapter

from briefgen import pipeline
from briefgen.cli.explain import reference
from briefgen.cli.main import cli
from briefgen.cli.new import new
from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import SourceMap
from briefgen.draw.charts import CHARTS
from briefgen.load.grammar import FILTERS
from briefgen.load.yaml_nodes import read_yaml
from briefgen.model.edition import Page, Pdf
from briefgen.model.exhibit import Exhibit
from briefgen.model.family import ForEach
from briefgen.model.holidays import Holidays
from briefgen.model.job import Job
from briefgen.model.relation import Relation
from briefgen.model.release import Waiver
from briefgen.model.section import Section
from briefgen.model.table import AnyResource, Package, Resource
from briefgen.typeset.weasy import typeset

if TYPE_CHECKING:
    from tests.conftest import Desk

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
SLUG = "tfzq-kimi-2024-03-25"


def blocks(language: str) -> list[str]:
    """The fenced blocks of a language (or of none)."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```$", README, re.MULTILINE | re.DOTALL)
    return [textwrap.dedent(body) for _, body in found]


def commands(program: str) -> list[list[str]]:
    lines = (
        line.partition(" #")[0].strip() for block in blocks("sh") for line in block.split("\n")
    )
    return [shlex.split(line) for line in lines if line.split(" ")[0] == program]


def section_kinds() -> list[str]:
    union = get_args(Section)[0]
    return [get_args(kind.model_fields["kind"].annotation)[0] for kind in get_args(union)]


def run(words: list[str], folder: Path) -> Result:
    """Call `briefgen …` in a folder."""
    with chdir(folder):
        return CliRunner().invoke(cli, words[1:], prog_name="briefgen")


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """The data with one briefing, so that building all of them is quick."""
    data = tmp_path / "data"
    shutil.copytree(ROOT / "data", data, ignore=shutil.ignore_patterns("briefings"))
    shutil.copytree(ROOT / "data" / "briefings" / SLUG, data / "briefings" / SLUG)
    return tmp_path


def test_every_file_that_is_linked_exists() -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert ".github/first-page.png" in links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_reference_of_rules_is_current() -> None:
    printed = README.split("<!-- rules -->\n")[1].split("<!-- end of rules -->")[0]
    assert printed == reference(), "run `make rules`"


def test_every_make_target_exists() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    named = {words[1] for words in commands("make")}
    assert {"briefings", "test"} <= named
    assert named <= targets


@pytest.fixture
def _typeset_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A page is typeset once: that it is the same PDF again is proved by `test_reproducible`."""
    done: dict[str, Made[Pdf]] = {}

    def once(page: Page, *places: Any) -> Made[Pdf]:
        key = page.model_dump_json()
        if key not in done:
            done[key] = typeset(page, *places)
        return done[key]

    monkeypatch.setattr(pipeline, "typeset", once)


@pytest.mark.slow
@pytest.mark.usefixtures("_typeset_once")
def test_every_command_runs(built: Desk, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The gallery, and what was made of the desk before, are in its cache: builds are quick."""
    with_gallery(built.root, gallery_cache(tmp_path_factory))
    shutil.rmtree(built.root / "output")
    desk = first = built.root
    begun = False
    for words in commands("briefgen"):
        if words[1] == "preview":  # it would not end; tests/preview starts it
            continue
        if "--why" in words and not begun:  # the chapter after that on a desk of one's own
            desk, begun = first, True
        done = run(words, desk)
        assert done.exit_code == 0, f"{words}: {done.output}"
        is_desk = words[1] == "new" and words[2] not in new.commands
        desk = desk / words[2] if is_desk else desk


def test_every_command_is_described() -> None:
    named = {words[1] for words in commands("briefgen")}
    assert named == set(cli.commands)


@pytest.mark.parametrize("kind", section_kinds())
def test_every_section_kind_is_described(kind: str) -> None:
    assert re.search(rf"^\| `{kind}` \|", README, re.MULTILINE)


@pytest.mark.parametrize("tag", get_args(get_args(AnyResource)[0]))
def test_every_format_of_tables_is_described_with_its_keys(tag: Any) -> None:
    kind = get_args(tag)[0]
    (form,) = get_args(kind.model_fields["format"].annotation)
    (row,) = re.findall(rf"^\| `{form}`.*$", README, re.MULTILINE)
    own = kind.model_fields.keys() - Resource.model_fields.keys() - {"format", "encoding"}
    assert all(f"`{name}" in row for name in own)


@pytest.mark.parametrize(("kind", "chart"), CHARTS.items())
def test_every_chart_kind_is_described_with_its_fields(kind: str, chart: Any) -> None:
    rows = re.findall(rf"^\| `{kind}` \|.*$", README, re.MULTILINE)
    own = set(chart.model_fields) - {"kind", "height_mm"}
    assert any(all(f"`{name}`" in row for name in own) for row in rows)


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_is_described(name: str) -> None:
    assert re.search(rf"^\| `{name}(\(\d\))?` \|", README, re.MULTILINE)


def test_the_example_of_a_mistake_is_what_is_shown(desk: Path) -> None:
    briefings = desk / "data" / "briefings"
    (briefings / SLUG).rename(briefings / "q3")
    exhibits = briefings / "q3" / "exhibits.yaml"
    exhibits.write_text(exhibits.read_text("utf-8").replace("caption", "captoin", 1), "utf-8")
    shown = run(["briefgen", "check", "q3"], desk).stdout
    (example,) = [block for block in blocks("") if "error[LOD103]" in block]
    assert example.strip() in shown
    assert shown.strip().endswith("q3: 1 error; not checked: it cannot be loaded")


def test_the_examples_of_data_are_right() -> None:
    """Facts and exhibits of the README stand in the shipped data, or are typed as such."""
    folder = ROOT / "data" / "briefings" / SLUG
    shipped = {**yaml(folder / "facts.yaml"), **yaml(folder / "exhibits.yaml")}
    for block in blocks("yaml"):
        data = read_yaml(block, "README.md", (), SourceMap(), Collector())
        if isinstance(data, list):
            is_waiver = "rule" in data[0]
            assert TypeAdapter(list[Waiver if is_waiver else Section]).validate_python(data)
            continue
        for key, entry in data.items():
            if key == "for_each":
                assert TypeAdapter(ForEach).validate_python(entry)
                break
            if key == "jobs":
                assert TypeAdapter(dict[str, Job]).validate_python(entry)
                continue
            if key == "XSHG":
                assert TypeAdapter(Holidays).validate_python(data)
                break
            if key == "compares":
                assert set(entry.values()) <= {path.name for path in folder.parent.iterdir()}
                continue
            if key == "resources":
                assert Package.model_validate({"name": "example", "resources": entry})
                continue
            if "topic" in entry:
                assert TypeAdapter(Relation).validate_python(entry)
                continue
            if "grid" in entry:
                assert Exhibit.model_validate(entry).grid
                continue
            shown = {k: v for k, v in entry.items() if k not in {"view", "chart"}}
            assert shown.items() <= shipped[key].items()


def yaml(path: Path) -> dict[str, Any]:
    return read_yaml(path.read_text("utf-8"), path.name, (), SourceMap(), Collector())
