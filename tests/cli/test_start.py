"""A command starts at once: what it works with is imported when it works."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from briefgen.cli.commands import COMMANDS, Waiting
from briefgen.cli.main import cli

HEAVY = (
    *("pydantic", "jinja2", "yaml", "markdown_it", "asyncio"),
    *("pandas", "numpy", "matplotlib", "weasyprint", "pikepdf", "babel", "PIL", "fontTools"),
    *("briefgen.pipeline", "briefgen.load.shared", "briefgen.check", "briefgen.model.value"),
)
SLOW = {"attest", "ratings", "schema"}
"""Commands whose options and tables are made from the models."""


def heavy_after(program: str) -> list[str]:
    """The heavy modules that a program has imported in a Python of its own."""
    program += f"\nimport sys; print(*sorted({set(HEAVY)} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.splitlines()[-1].split()


@pytest.mark.parametrize("words", [["--version"], ["--help"], ["chek"]], ids=" ".join)
def test_briefgen_itself_starts_light(words: list[str]) -> None:
    program = f"from briefgen.cli.main import cli\ntry: cli({words})\nexcept SystemExit: pass"
    assert heavy_after(program) == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_commands_start_light(command: Waiting) -> None:
    module = command.where.partition(":")[0]
    assert heavy_after(f"import {module}") == [] or command.name in SLOW


def test_the_parts_that_commands_start_with_are_light() -> None:
    parts = ("cli.console", "workspace", "diagnostics.show", "diagnostics.codes", "toolchain.fonts")
    assert heavy_after("\n".join(f"import briefgen.{part}" for part in parts)) == []


def test_the_test_sees_what_is_heavy() -> None:
    assert "pydantic" in heavy_after("import briefgen.pipeline")


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_table_says_what_the_command_says(command: Waiting) -> None:
    loaded = command.loaded()
    assert (command.name, command.hidden) == (loaded.name, loaded.hidden)
    assert command.get_short_help_str(1000) == loaded.get_short_help_str(1000)
    assert type(loaded) is not Waiting


def test_the_table_is_sorted_and_all_there_is() -> None:
    assert list(cli.commands) == sorted(command.name or "" for command in COMMANDS)
