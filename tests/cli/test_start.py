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


START = """
import os, sys
for program in sys.argv[1:]:
    sys.stdout.flush()
    if not os.fork():
        exec(program, {})
        print("\\n=", *sorted(set(%r) & sys.modules.keys()), flush=True)
        os._exit(0)
    assert os.wait()[1] == 0, program
"""


def heavy_after(*programs: str) -> list[list[str]]:
    """The heavy modules that each program has imported in a Python of its own."""
    done = subprocess.run(
        [sys.executable, "-c", START % (HEAVY,), *programs],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    return [line.split()[1:] for line in done.stdout.splitlines() if line.startswith("=")]


def test_briefgen_itself_starts_light() -> None:
    program = "from briefgen.cli.main import cli\ntry: cli([%r])\nexcept SystemExit: pass"
    words = ("--version", "--help", "chek")
    assert heavy_after(*(program % word for word in words)) == [[]] * len(words)


def test_commands_start_light() -> None:
    modules = [command.where.partition(":")[0] for command in COMMANDS]
    found = heavy_after(*(f"import {module}" for module in modules))
    heavy = {one.name for one, names in zip(COMMANDS, found, strict=True) if names}
    assert heavy <= SLOW


def test_the_parts_that_commands_start_with_are_light() -> None:
    parts = ("cli.console", "workspace", "diagnostics.show", "diagnostics.codes", "toolchain.fonts")
    assert heavy_after("\n".join(f"import briefgen.{part}" for part in parts)) == [[]]


def test_the_test_sees_what_is_heavy() -> None:
    light, heavy = heavy_after("import json", "import briefgen.pipeline")
    assert light == []
    assert "pydantic" in heavy


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_the_table_says_what_the_command_says(command: Waiting) -> None:
    loaded = command.loaded()
    assert (command.name, command.hidden) == (loaded.name, loaded.hidden)
    assert command.get_short_help_str(1000) == loaded.get_short_help_str(1000)
    assert type(loaded) is not Waiting


def test_the_table_is_sorted_and_all_there_is() -> None:
    assert list(cli.commands) == sorted(command.name or "" for command in COMMANDS)
