"""The commands as they are called: what they print and how they end."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click
import pytest
from click.testing import CliRunner, Result

from briefgen.cli import main as command_line
from briefgen.cli.explain import explanations
from briefgen.cli.main import cli

if TYPE_CHECKING:
    from tests.conftest import Desk

HERE = "data/briefings/tfzq-kimi-2024-03-25"


def call(*arguments: str) -> Result:
    return CliRunner().invoke(cli, arguments, prog_name="briefgen")


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_help_says_what_a_command_does_and_gives_an_example(name: str) -> None:
    for flag in ("--help", "-h"):
        done = call(name, flag)
        assert done.exit_code == 0
        assert done.stdout.startswith(f"Usage: briefgen {name} ")
        assert "\n  Example" in done.stdout
        assert f"\n    briefgen {name}" in done.stdout


def test_help_without_a_command_is_wrong_usage_and_lists_the_commands() -> None:
    done = call()
    assert done.exit_code == 2
    assert all(f"\n  {name} " in done.output for name in cli.commands)


@pytest.mark.parametrize("command", ["build", "check"])
@pytest.mark.parametrize(
    ("slug", "shown"),
    [
        (
            "tfzq-kimi-2024-03",
            "error[WSP101]: there is no briefing `tfzq-kimi-2024-03`\n"
            " = help: did you mean `tfzq-kimi-2024-03-25`?\n",
        ),
        (
            "../x",
            "error[WSP102]: `../x` is no name of a briefing\n"
            " = help: a name holds small letters, digits, hyphens; no `/` and no `..`\n",
        ),
        (
            "/etc",
            "error[WSP102]: `/etc` is no name of a briefing\n"
            " = help: a name holds small letters, digits, hyphens; no `/` and no `..`\n",
        ),
    ],
)
def test_a_name_that_is_no_briefing(desk: Desk, command: str, slug: str, shown: str) -> None:
    done = desk.run(command, slug)
    assert (done.exit_code, done.stdout, done.stderr) == (1, "", f"{shown}\n1 error\n")
    assert not (desk.root / "output").exists()


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (["check"], "Error: give names of briefings, or --all"),
        (["check", "--all", "tfzq-kimi-2024-03-25"], "Error: give names of briefings, or --all"),
        (["build", "--all", "--format", "docx"], "unknown format 'docx'; known: html, pdf"),
        (
            ["check", "--all", "--format", "xml"],
            "'xml' is not one of 'text', 'json'",
        ),
        (["check", "--al"], "No such option '--al'."),
        (["chek"], "No such command 'chek'"),
        (["check", "--all", "--workspace", "nowhere"], "'nowhere' does not exist."),
        (["explain", "LOD999"], "Error: unknown code 'LOD999'; did you mean `LOD"),
        (["completion", "tcsh"], "'tcsh' is not one of 'bash', 'zsh', 'fish'."),
        (["new"], "Missing argument 'FOLDER'."),
        (["build", "--all", "--cluster", ""], "--cluster needs the address of a scheduler"),
        (
            ["build", "--all", "--cluster", "tcp://a:1", "--jobs", "2"],
            "--jobs is not for --cluster",
        ),
        (["build", "--all", "--cluster", "tcp://a:1", "--memory", "99"], "`dask worker --memory-"),
        (["build", "--all", "--no-cache", "--cache", "there"], "--no-cache and --cache exclude"),
        (["build", "--all", "--timeout", "nan"], "--timeout is a number of seconds"),
    ],
)
def test_wrong_usage_ends_with_2(desk: Desk, arguments: list[str], shown: str) -> None:
    done = desk.run(*arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert shown in done.stderr


def test_ctrl_c_in_any_command_ends_with_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @click.command("explain")
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setitem(cli.commands, "explain", interrupted)
    monkeypatch.setattr(sys, "argv", ["briefgen", "explain"])
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 130
    assert capsys.readouterr() == ("", "stopped\n")


def test_a_bug_ends_with_3_and_its_traceback_is_saved(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    @click.command("explain")
    def broken() -> None:
        raise ZeroDivisionError("nobody expected this")

    monkeypatch.setitem(cli.commands, "explain", broken)
    monkeypatch.setattr(sys, "argv", ["briefgen", "explain"])
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with pytest.raises(SystemExit) as ended:
        command_line.main()
    assert ended.value.code == 3
    (file,) = tmp_path.iterdir()
    assert capsys.readouterr().err == (
        "briefgen: a bug in briefgen: ZeroDivisionError: nobody expected this\n"
        f"the traceback is in {file}; please report it with that file\n"
    )
    saved = file.read_text(encoding="utf-8")
    assert saved.splitlines()[1] == "explain"
    assert "Traceback (most recent call last)" in saved
    assert saved.endswith("ZeroDivisionError: nobody expected this\n")


def test_list(desk: Desk) -> None:
    done = desk.run("list")
    lines = done.stdout.splitlines()
    assert done.exit_code == 0
    assert [line.split()[0] for line in lines] == sorted(
        path.name for path in (desk.root / "data/briefings").iterdir()
    )
    (mine,) = (line for line in lines if line.startswith(desk.slug))
    assert mine.split("  ")[-3:] == [
        "2024-03-25",
        "天风证券",
        "Kimi 走红之后：应用闭环先在少数场景出现",
    ]


def test_list_names_a_briefing_with_errors_too(desk: Desk) -> None:
    desk.edit(f"{HERE}/briefing.yaml", "sector: 计算机", "sektor: 计算机")
    done = desk.run("list")
    assert done.exit_code == 0
    (mine,) = (line for line in done.stdout.splitlines() if line.startswith(desk.slug))
    assert mine.endswith(f"  has errors; see `briefgen check {desk.slug}`")


def test_list_without_a_briefing(tmp_path: Path, desk: Desk) -> None:
    for path in (desk.root / "data/briefings").iterdir():
        path.rename(tmp_path / path.name)
    done = desk.run("list")
    assert done.stdout == (
        "no briefings yet: `briefgen new briefing SLUG --brokerage ID` writes one\n"
    )


@pytest.mark.parametrize("command", [["list"], ["check", "--all"], ["build", "--all"]])
def test_no_workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]) -> None:
    monkeypatch.chdir(tmp_path)
    done = call(*command)
    assert done.exit_code == 1
    assert done.stderr == (
        f"error[WSP103]: there is no workspace in `{tmp_path}` or above\n"
        " = help: `briefgen new desk` makes one; `--workspace DIR` names another\n"
        "\n"
        "1 error\n"
    )


@pytest.mark.parametrize("code", ["LOD402", "lod402"])
def test_explain_a_code(code: str) -> None:
    done = call("explain", code)
    assert done.exit_code == 0
    name, severity, text = explanations()["LOD402"]
    assert done.stdout == f"LOD402 {name} ({severity})\n\n{text}\n"


def test_explain_without_a_code_lists_all() -> None:
    done = call("explain")
    assert done.exit_code == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(explanations())


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_is_a_script_for_the_shell(shell: str) -> None:
    done = call("completion", shell)
    assert done.exit_code == 0
    assert f"_BRIEFGEN_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("briefgen che", ["check"]),
        ("briefgen check tfzq-k", ["tfzq-kimi-2024-03-25"]),
        ("briefgen explain lod40", [f"LOD40{digit}" for digit in range(1, 9)]),
        ("briefgen schema f", ["facts"]),
        ("briefgen check --for", ["--format"]),
    ],
)
def test_a_shell_completes_commands_and_names(desk: Desk, words: str, found: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", "from briefgen.cli.main import cli; cli(prog_name='briefgen')"],
        cwd=desk.root,
        env={
            "_BRIEFGEN_COMPLETE": "bash_complete",
            "COMP_WORDS": words,
            "COMP_CWORD": str(len(words.split()) - 1),
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "PYTHONUTF8": "1",
        },
        capture_output=True,
        text=True,
        check=True,
    )
    assert [line.removeprefix("plain,") for line in done.stdout.splitlines()] == found


def test_new_makes_a_workspace_that_passes_its_check(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    done = call("new", "desk")
    assert done.exit_code == 0
    assert done.stdout == (
        "made desk with the briefing example-coffee-2026-01-05\n"
        "next: cd desk && briefgen preview\n"
        "then: briefgen build --all\n"
    )
    monkeypatch.chdir("desk")
    assert call("check", "--all").stdout.startswith("example-coffee-2026-01-05: no findings;")


def test_new_in_an_empty_folder(tmp_path: Path) -> None:
    (tmp_path / "desk").mkdir()
    assert call("new", str(tmp_path / "desk")).exit_code == 0


@pytest.mark.parametrize("taken", ["desk/notes.txt", "desk"])
def test_new_touches_no_folder_that_holds_something(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, taken: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path(taken).parent.mkdir(exist_ok=True)
    Path(taken).write_text("mine", encoding="utf-8")
    done = call("new", "desk")
    assert done.exit_code == 1
    assert done.stderr == (
        "error[WSP104]: `desk` is not an empty folder\n = help: name a new folder\n\n1 error\n"
    )
    assert [path for path in Path().rglob("*") if path.is_file()] == [Path(taken)]


def test_doctor_ends_with_1_only_if_something_is_missing() -> None:
    done = call("doctor")
    *lines, last = done.stdout.splitlines()
    missing = sum(line.startswith("✗") for line in lines)
    assert done.exit_code == (1 if missing else 0)
    assert last == (f"{missing} missing" if missing else "all there")


def test_explain_the_beginning_of_codes_lists_them() -> None:
    lines = call("explain", "cn").stdout.splitlines()
    assert [line.split()[0] for line in lines] == [f"CN-{n:02d}" for n in range(1, 36)]
