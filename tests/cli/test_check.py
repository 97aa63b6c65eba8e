"""`briefgen check`: what it prints, and what it does not load."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from briefgen.cli.main import cli

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"
UNKNOWN_FACT = (
    f"{HERE}/survey.md:1:7: error[LOD402]: unknown fact `survey_sampel`\n"
    "  |\n"
    "1 | 样本 {{ survey_sampel }}。\n"
    "  |         ^^^^^^^^^^^^^\n"
    "  = help: did you mean `survey_sample`?\n"
)


def test_check_of_a_good_briefing_ends_with_0(desk: Desk) -> None:
    done = desk.run("check", desk.slug, "--select", "LOD")
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{desk.slug}: no findings\n", "")


def test_check_of_a_bad_briefing_ends_with_1(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "样本 {{ survey_sampel }}。\n")
    done = desk.run("check", desk.slug)
    assert done.exit_code == 1
    told = f"{desk.slug}: 1 error; not checked: it cannot be loaded"
    assert done.stdout == f"{UNKNOWN_FACT}\n{told}\n"
    assert done.stderr == ""


def test_check_works_from_a_folder_further_down_and_from_elsewhere(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(desk.root / HERE)
    assert CliRunner().invoke(cli, ["check", desk.slug]).exit_code == 0
    monkeypatch.chdir(tmp_path)
    elsewhere = ["check", desk.slug, "--workspace", str(desk.root)]
    assert CliRunner().invoke(cli, elsewhere).exit_code == 0


def test_check_as_json(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "样本 {{ survey_sampel }}。\n")
    done = desk.run("check", desk.slug, "--format", "json")
    assert done.exit_code == 1
    finding = {
        "code": "LOD402",
        "message": "unknown fact `survey_sampel`",
        "place": {"file": f"{HERE}/survey.md", "line": 1, "column": 7, "width": 13},
        "help": "did you mean `survey_sample`?",
        "severity": "error",
        "fix": None,
    }
    assert json.loads(done.stdout) == {desk.slug: {"findings": [finding], "verdicts": []}}


def test_check_as_json_of_a_good_briefing(desk: Desk) -> None:
    done = desk.run("check", desk.slug, "--format", "json", "--select", "CHK403,LOD")
    assert done.exit_code == 0
    (verdict,) = json.loads(done.stdout)[desk.slug].pop("verdicts")
    assert {key: verdict[key] for key in ("code", "name", "pack", "outcome", "reasons")} == {
        "code": "CHK403",
        "name": "missing-section",
        "pack": "CHK",
        "outcome": "pass",
        "reasons": [],
    }


def test_verdicts_are_counted_behind_the_findings(desk: Desk) -> None:
    done = desk.run("check", desk.slug, "--select", "CHK403,CHK404,CHK701")
    assert done.stdout == f"{desk.slug}: no findings; 3 rules: 2 pass, 1 not evaluable\n"


@pytest.mark.parametrize(
    ("form", "beginning"),
    [("sarif", "{"), ("github", "::error file="), ("junit", "<?xml version=")],
)
def test_forms_for_other_programs(desk: Desk, form: str, beginning: str) -> None:
    desk.write(f"{HERE}/survey.md", "样本 {{ survey_sampel }}。\n")
    done = desk.run("check", desk.slug, "--format", form)
    assert done.exit_code == 1
    assert done.stdout.startswith(beginning)
    assert "LOD402" in done.stdout


def test_check_loads_no_heavy_library(desk: Desk) -> None:
    program = (
        "import sys; from briefgen.cli.main import cli\n"
        f"try: cli(['check', '{desk.slug}', '--select', 'LOD'], prog_name='briefgen')\n"
        "except SystemExit as ended: assert ended.code == 0, ended.code\n"
        "heavy = {'matplotlib', 'weasyprint', 'pandas', 'numpy', 'babel', 'PIL', 'fontTools',"
        " 'openpyxl', 'pyarrow', 'sqlalchemy', 'duckdb', 'psycopg', 'pypdfium2', 'xlsxwriter'}\n"
        "print(sorted(heavy & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=desk.root,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == [f"{desk.slug}: no findings", "[]"]


MISSPELT = "**价格下降,需求上升。**Tiktok 与 `Tiktok`，另有“Tiktok”。\n"


def test_only_what_is_selected_and_not_ignored_is_found(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", MISSPELT)

    def codes(*options: str) -> list[str]:
        done = desk.run("check", desk.slug, "--format", "json", *options)
        assert done.exit_code == 0
        return [finding["code"] for finding in json.loads(done.stdout)[desk.slug]["findings"]]

    assert codes("--select", "CHK604,chk605") == ["CHK605", "CHK604"]
    assert codes("--select", "CHK604", "--select", "CHK605") == ["CHK605", "CHK604"]
    assert codes("--select", "CHK6", "--ignore", "CHK605") == ["CHK604"]
    assert codes("--ignore", "CHK,LOD,REL") == []


@pytest.mark.parametrize("options", [["--select", "CHK6"], ["--ignore", "LOD402"]])
def test_what_keeps_a_briefing_from_being_loaded_always_counts(
    desk: Desk, options: list[str]
) -> None:
    desk.write(f"{HERE}/survey.md", "样本 {{ survey_sampel }}。\n")
    done = desk.run("check", desk.slug, *options)
    assert done.exit_code == 1
    assert UNKNOWN_FACT in done.stdout
    assert "not checked: it cannot be loaded" in done.stdout


def test_errors_that_are_ignored_do_not_fail(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "目标价 XX 元。\n")
    assert desk.run("check", desk.slug, "--select", "CHK601").exit_code == 1
    assert desk.run("check", desk.slug, "--select", "CHK6", "--ignore", "CHK601").exit_code == 0


def test_a_code_that_does_not_exist_is_wrong_usage(desk: Desk) -> None:
    done = desk.run("check", desk.slug, "--select", "CHK6044")
    assert done.exit_code == 2
    assert "no code begins with `CHK6044`; did you mean `CHK604`?" in done.stderr


def test_what_is_safe_is_mended_and_the_rest_is_shown(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", MISSPELT + "样本“很小。\n")
    done = desk.run("check", desk.slug, "--fix", "--select", "CHK604,CHK605,CHK606")
    assert done.exit_code == 0
    assert done.stderr == f"{HERE}/survey.md: 2 mended\n"
    assert "CHK606" in done.stdout
    assert "CHK604" not in done.stdout
    assert desk.read(f"{HERE}/survey.md") == (
        "**价格下降，需求上升。**TikTok 与 `Tiktok`，另有“Tiktok”。\n样本“很小。\n"
    )


def test_several_mends_of_one_line_in_yaml(desk: Desk) -> None:
    old = "问卷仅 {{ survey_sample }}，回答"
    desk.edit(f"{HERE}/briefing.yaml", old, "问卷(仅此一份)不足,Tiktok 与 Tiktok,回答")
    done = desk.run("check", desk.slug, "--fix")
    assert done.stderr == f"{HERE}/briefing.yaml: 4 mended\n"
    assert "问卷（仅此一份）不足,TikTok 与 TikTok,回答" in desk.read(f"{HERE}/briefing.yaml")


def test_nothing_else_is_written(desk: Desk) -> None:
    before = {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}
    done = desk.run("check", desk.slug, "--fix")
    assert (done.exit_code, done.stderr) == (0, "")
    after = {path: path.read_bytes() for path in desk.root.rglob("*") if path.is_file()}
    assert after == before


def test_only_what_is_selected_is_mended(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", MISSPELT)
    desk.run("check", desk.slug, "--fix", "--select", "CHK605")
    assert "Tiktok 与" in desk.read(f"{HERE}/survey.md")


def test_notes_for_github_only_when_they_are_asked_for(desk: Desk) -> None:
    assert "::notice" not in desk.run("check", desk.slug, "--format", "github").stdout
    assert "::notice" in desk.run("check", desk.slug, "--format", "github", "--notes").stdout


def test_one_run_mends_what_depends_on_what_is_mended(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "受益,但(风险);对\n")
    desk.run("check", desk.slug, "--fix", "--select", "CHK605")
    assert desk.read(f"{HERE}/survey.md") == "受益，但（风险）；对\n"


@pytest.mark.parametrize(
    ("written", "is_mendable"),
    [("甲,乙", True), ('"甲\\u002c乙"', False), (">-\n    甲\n    乙,丙", False)],
)
def test_what_cannot_be_mended_says_so(desk: Desk, written: str, is_mendable: bool) -> None:
    file = f"{HERE}/briefing.yaml"
    (title,) = (line for line in desk.read(file).splitlines() if line.startswith("title: "))
    desk.edit(file, title, f"title: {written}")
    options = ("--select", "CHK605", "--format", "json")
    found = json.loads(desk.run("check", desk.slug, *options).stdout)[desk.slug]["findings"]
    (finding,) = (each for each in found if each["code"] == "CHK605")
    told = "write `，`" if is_mendable else "write `，`; by hand: it is folded or escaped here"
    assert (finding["fix"], finding["help"]) == ("，" if is_mendable else None, told)


def test_a_line_of_prose_with_escapes_is_mended_by_hand(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "\\*甲\\,乙\n")
    done = desk.run("check", desk.slug, "--fix", "--select", "CHK605")
    assert "by hand: it is folded or escaped here" in done.stdout
    assert desk.read(f"{HERE}/survey.md") == "\\*甲\\,乙\n"
