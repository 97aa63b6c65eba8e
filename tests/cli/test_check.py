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
    done = desk.run("check", desk.slug)
    assert (done.exit_code, done.stdout, done.stderr) == (0, f"{desk.slug}: no findings\n", "")


def test_check_of_a_bad_briefing_ends_with_1(desk: Desk) -> None:
    desk.write(f"{HERE}/survey.md", "样本 {{ survey_sampel }}。\n")
    done = desk.run("check", desk.slug)
    assert done.exit_code == 1
    assert done.stdout == f"{UNKNOWN_FACT}\n{desk.slug}: 1 error\n"
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
    assert json.loads(done.stdout) == {
        desk.slug: [
            {
                "code": "LOD402",
                "message": "unknown fact `survey_sampel`",
                "place": {"file": f"{HERE}/survey.md", "line": 1, "column": 7, "width": 13},
                "help": "did you mean `survey_sample`?",
                "severity": "error",
            }
        ]
    }


def test_check_as_json_of_a_good_briefing(desk: Desk) -> None:
    done = desk.run("check", desk.slug, "--format", "json")
    assert done.exit_code == 0
    assert json.loads(done.stdout) == {desk.slug: []}


def test_check_loads_no_heavy_library(desk: Desk) -> None:
    program = (
        "import sys; from briefgen.cli.main import cli\n"
        f"try: cli(['check', '{desk.slug}'], prog_name='briefgen')\n"
        "except SystemExit as ended: assert ended.code == 0, ended.code\n"
        "heavy = {'matplotlib', 'weasyprint', 'pandas', 'numpy', 'babel', 'PIL', 'fontTools',"
        " 'openpyxl', 'pyarrow', 'sqlalchemy', 'duckdb', 'psycopg'}\n"
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
