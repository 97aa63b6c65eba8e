"""`briefgen preview`: what it is called with, what it opens, how it ends."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import webbrowser
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from briefgen.cli.main import cli
from briefgen.load import extras
from briefgen.preview import serving

SMALL = Path(__file__).parents[1] / "small_desk"
Call = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "a desk"))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, str]]:
    """The workspaces and editors of previews, none of which runs."""
    found: list[tuple[Path, str]] = []

    def serve(
        root: Path, listener: socket.socket, editor: str, _: object, begun: Callable[[], None]
    ) -> int:
        listener.close()
        begun()
        found.append((root, editor))
        return signal.SIGINT

    monkeypatch.setattr(serving, "serve", serve)
    return found


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    found: list[str] = []
    monkeypatch.setattr(webbrowser, "open", found.append)
    return found


@pytest.fixture
def call(root: Path, served: list[tuple[Path, str]], opened: list[str]) -> Call:
    def run(*arguments: str) -> Result:
        with chdir(root):
            return CliRunner().invoke(
                cli, ["preview", "--port", "0", *arguments], prog_name="briefgen"
            )

    return run


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        ([], ""),
        (["note"], "note/"),
        (["note", "--pdf"], "note/?view=pdf"),
        (["--pdf"], ""),
    ],
)
def test_the_browser_is_opened(
    arguments: list[str], path: str, call: Call, opened: list[str]
) -> None:
    done = call(*arguments)
    assert done.exit_code == 130
    (address,) = opened
    assert address.startswith("http://127.0.0.1:")
    assert address.split("/", 3)[3] == path
    assert done.stdout == f"{address}   Ctrl-C ends it\n"


def test_it_need_not_be_opened(call: Call, opened: list[str]) -> None:
    assert call("--no-open").exit_code == 130
    assert opened == []


def test_an_editor_is_chosen(call: Call, served: list[tuple[Path, str]], root: Path) -> None:
    call("--editor", "none")
    call("--editor", "x://{file}?{line}")
    assert served == [(root, ""), (root, "x://{file}?{line}")]
    assert call("--editor", "emacs").exit_code == 2


def test_a_briefing_that_is_not_there(call: Call, opened: list[str]) -> None:
    done = call("nute")
    assert done.exit_code == 1
    assert "WSP101" in done.stderr
    assert "did you mean `note`?" in done.stderr
    assert opened == []


def test_a_port_that_is_taken(call: Call) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        taken.settimeout(0)
        done = call("--port", str(taken.getsockname()[1]))
    assert done.exit_code == 1
    assert "PRV101" in done.stderr
    assert "--port" in done.stderr


def test_the_extra_is_asked_for(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None if name == "uvicorn" else object())
    done = call()
    assert done.exit_code == 1
    assert "LOD308" in done.stderr
    assert "pip install 'briefgen[preview]'" in done.stderr


@pytest.mark.slow
def test_sigterm_ends_it_in_order_and_nothing_is_written(root: Path) -> None:
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    command = [sys.executable, "-m", "briefgen", "preview", "--no-open", "--port", "0", "note"]
    with subprocess.Popen(
        command,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SMALL.parents[1]), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline().startswith("http://127.0.0.1:")
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
        assert process.stderr.read() == ""
    kept = {path for path in root.rglob("*") if path.is_file() and ".cache" not in path.parts}
    assert {path: path.read_bytes() for path in kept} == before
