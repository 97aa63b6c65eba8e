"""`briefgen attest`: what it writes, and what it refuses."""

import shutil
from pathlib import Path

import pytest
from case_pages import NOTE
from click.testing import CliRunner, Result

from briefgen import pipeline
from briefgen.cli.main import cli
from briefgen.model.digest import digest
from briefgen.workspace import open_workspace


@pytest.fixture
def root(tmp_path: Path) -> Path:
    desk = Path(__file__).parents[1] / "small_desk"
    return Path(shutil.copytree(desk, tmp_path / "desk"))


def attest(root: Path, slug: str = "note", rule: str = "CHK101", **options: str) -> Result:
    given = {"by": "li-01", "role": "compliance", "date": "2024-03-25", "statement": "已核对"}
    arguments = [part for name, text in (given | options).items() for part in (f"--{name}", text)]
    return CliRunner().invoke(cli, ["attest", slug, rule, "-w", str(root), *arguments])


def test_it_binds_a_statement_to_the_digest(root: Path) -> None:
    done = attest(root, subject="compliance")
    assert done.exit_code == 0, done.output
    assert done.output == (
        "note: li-01 (compliance) vouches for CHK101; "
        "written to data/briefings/note/attestations.yaml\n"
    )
    opened = open_workspace(root)
    assert opened.value is not None
    loaded = pipeline.load(opened.value, "note")
    assert loaded.made.value is not None
    (one,) = loaded.release.attestations
    assert one.digest == digest(loaded.made.value, (), opened.value.templates)
    assert (one.rule, one.subject, one.statement) == ("CHK101", "compliance", "已核对")


def test_a_second_one_is_added(root: Path) -> None:
    assert attest(root).exit_code == attest(root, rule="CHK403").exit_code == 0
    opened = open_workspace(root)
    assert opened.value is not None
    given = pipeline.load(opened.value, "note").release.attestations
    assert [one.rule for one in given] == ["CHK101", "CHK403"]


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        ({"by": "Li 01"}, 2, "'Li 01' is no id"),
        ({"rule": "CHK999"}, 2, "unknown rule 'CHK999'; did you mean `CHK"),
        ({"date": "tomorrow"}, 2, "'tomorrow' does not match the format '%Y-%m-%d'"),
        ({"role": "boss"}, 2, "'boss' is not one of"),
        ({"slug": "nota"}, 1, "there is no briefing `nota`"),
    ],
)
def test_bad_input_writes_nothing(
    change: dict[str, str], code: int, message: str, root: Path
) -> None:
    done = attest(root, **change)
    assert done.exit_code == code
    assert message in done.output
    assert not (root / "data" / NOTE / "attestations.yaml").exists()


def test_a_briefing_with_errors_is_not_attested(root: Path) -> None:
    (root / "data" / NOTE / "facts.yaml").write_text("price: {value: x}\n", "utf-8")
    done = attest(root)
    assert done.exit_code == 1
    assert not (root / "data" / NOTE / "attestations.yaml").exists()
