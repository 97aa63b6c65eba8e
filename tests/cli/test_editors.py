"""`briefgen schema --write`: editors know each file of a workspace; settings of one's own stay."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from briefgen import __version__
from briefgen.cli.answers import LANGUAGES, Answers
from briefgen.cli.editors import EXTENSIONS, SETTINGS, WHERE, globs_of
from briefgen.cli.main import cli
from briefgen.cli.schema import FILES, json_schema
from briefgen.cli.starters import new_workspace
from tests.cli.test_schema import EditorLoader, faults

ROOT = Path(__file__).parents[2]


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A workspace without schemas, whose settings have errors."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data/workspace.yaml").write_text("nam: A\n", "utf-8")
    return tmp_path


def write(workspace: Path) -> Result:
    return CliRunner().invoke(cli, ["schema", "--write", "-w", str(workspace)])


def states(workspace: Path) -> dict[str, tuple[int, bytes]]:
    found = [path for path in workspace.rglob("*") if path.is_file()]
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in found}


def test_an_older_workspace_gets_them_and_then_has_them(old: Path) -> None:
    done = write(old)
    assert done.exit_code == 0
    schemas = [f".schemas/{kind}.schema.json" for kind in FILES]
    assert done.stdout.splitlines() == [f"wrote {n}" for n in (*schemas, SETTINGS, EXTENSIONS)]
    for kind, file in zip(FILES, schemas, strict=True):
        assert json.loads((old / file).read_text("utf-8")) == json_schema(kind)
    before = states(old)
    told = f"nothing to write: schemas and settings are those of briefgen {__version__}\n"
    assert write(old).stdout == told
    assert states(old) == before


def test_only_what_differs_is_written(old: Path) -> None:
    write(old)
    (old / ".schemas/facts.schema.json").write_text("{}", "utf-8")
    (old / EXTENSIONS).unlink()
    assert write(old).stdout == f"wrote .schemas/facts.schema.json\nwrote {EXTENSIONS}\n"


def test_settings_of_ones_own_stay(old: Path) -> None:
    (old / ".vscode").mkdir()
    own = {"editor.fontSize": 14, "yaml.schemas": {"./mine.json": "x.yaml", "./.schemas/x": ["y"]}}
    (old / SETTINGS).write_text(json.dumps(own), "utf-8")
    (old / EXTENSIONS).write_text('{"recommendations": ["a.b"], "unwantedRecommendations": []}')
    write(old)
    settings = json.loads((old / SETTINGS).read_text("utf-8"))
    assert settings["editor.fontSize"] == 14
    assert settings["yaml.schemas"].items() >= own["yaml.schemas"].items()
    assert settings["yaml.schemas"]["./.schemas/facts.schema.json"] == globs_of("facts")
    extensions = json.loads((old / EXTENSIONS).read_text("utf-8"))
    assert extensions["recommendations"] == ["a.b", "redhat.vscode-yaml"]
    assert write(old).stdout.startswith("nothing to write")


@pytest.mark.parametrize(
    "own", ['{ // fonts\n "editor.fontSize": 14 }', "[]", '{"yaml.schemas": 1}', "\xff"]
)
def test_settings_that_nothing_can_be_added_to_stay_and_are_named(old: Path, own: str) -> None:
    (old / ".vscode").mkdir()
    (old / SETTINGS).write_bytes(own.encode("latin-1"))
    done = write(old)
    assert done.exit_code == 0
    assert f"{SETTINGS}:1:1: warning[WSP109]: cannot add `yaml.schemas` to " in done.stderr
    assert '= help: write it in yourself: {"yaml.schemas": {"./.schemas/' in done.stderr
    assert (old / SETTINGS).read_bytes() == own.encode("latin-1")
    assert (old / ".schemas/facts.schema.json").is_file()


def test_settings_with_comments_that_have_ours_are_well(old: Path) -> None:
    write(old)
    file = old / SETTINGS
    file.write_text(f"// the files\n{file.read_text('utf-8')}", "utf-8")
    assert write(old).stdout.startswith("nothing to write")


def test_what_cannot_be_written_is_said(old: Path) -> None:
    (old / ".vscode").write_text("mine", "utf-8")
    done = write(old)
    assert done.exit_code == 1
    assert "error[WSP107]: cannot write `.vscode" in done.stderr
    assert not (old / ".schemas").exists()


def test_wrong_usage_and_no_workspace(tmp_path: Path) -> None:
    done = CliRunner().invoke(cli, ["schema", "facts", "--write"])
    assert (done.exit_code, "leave out NAME" in done.stderr) == (2, True)
    assert "error[WSP103]" in write(tmp_path).stderr


def test_every_kind_of_file_has_its_places() -> None:
    assert WHERE.keys() == FILES.keys()


@pytest.mark.parametrize("root", [ROOT, ROOT / "tests/full_desk"], ids=["shipped", "full"])
def test_every_data_file_is_of_one_kind(root: Path) -> None:
    told = Counter(file for kind in WHERE for glob in globs_of(kind) for file in root.glob(glob))
    themes = root.glob("templates/themes/*.yaml")
    assert told == Counter([*(root / "data").rglob("*.yaml"), *themes])


def in_starters(folder: Path) -> Iterator[tuple[Path, str]]:
    """The YAML files of a new workspace in each language, and the kind that each one names."""
    for language in LANGUAGES:
        assert new_workspace(Answers(folder / language, language=language)).value
        for file in (folder / language / "data").rglob("*.yaml"):
            first = file.read_text("utf-8").partition("\n")[0]
            yield file, Path(first.partition("=")[2]).name.removesuffix(".schema.json")


def test_starting_points_obey_their_schemas(tmp_path: Path) -> None:
    for file, kind in in_starters(tmp_path):
        schema = json_schema(kind)
        data = yaml.load(file.read_text("utf-8"), EditorLoader)
        assert list(faults(data, schema, schema, file.name)) == []
        assert any(file.match(glob) for glob in globs_of(kind)), file
