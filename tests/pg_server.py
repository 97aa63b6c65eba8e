"""A PostgreSQL server of the tests' own: in a temporary folder, reached by a Unix socket."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import pytest

HOMES = (
    "/usr/lib/postgresql/*/bin",
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
)
"""Where Debian and Homebrew keep programs that are not on the path."""
NOBODY = "nobody"
"""Who runs the server when the tests are run by root, which PostgreSQL refuses."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that takes anybody for anybody; its user and its data go with the run."""

    programs: Path
    folder: Path
    """Holds the socket: the `host` of a URL."""

    def url(self, options: str = "") -> str:
        return f"postgresql://desk@/postgres?host={self.folder}{options}"

    def start(self) -> None:
        settings = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        log = str(self.folder / "log")
        self._control("-o", settings, "-l", log, "-w", "start")

    def stop(self) -> None:
        self._control("-m", "immediate", "stop")

    def _control(self, *arguments: str) -> None:
        run(self.programs / "pg_ctl", "-D", str(self.folder / "data"), *arguments)


def run(program: Path, *arguments: str) -> None:
    user = {"user": NOBODY, "extra_groups": ()} if os.geteuid() == 0 else {}
    done = subprocess.run(
        [str(program), *arguments],
        cwd="/",
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        **user,
    )
    assert done.returncode == 0, f"{program.name}: {done.stdout}{done.stderr}"


def programs() -> Path | None:
    """The folder with the newest programs of the server."""
    homes = chain.from_iterable(sorted(Path("/").glob(home.lstrip("/"))) for home in HOMES)
    found = [home for home in homes if (home / "initdb").is_file()]
    on_path = shutil.which("initdb")
    return found[-1] if found else Path(on_path).resolve().parent if on_path else None


@contextmanager
def started() -> Iterator[Server]:
    """A server while it is needed; without its programs the test is skipped, on CI it fails."""
    home = programs()
    if home is None:
        reason = "PostgreSQL is not installed: no initdb"
        pytest.fail(reason) if os.environ.get("CI") == "true" else pytest.skip(reason)
    with tempfile.TemporaryDirectory(prefix="briefgen-pg-") as made:  # sockets need short paths
        server = Server(home, Path(made))
        if os.geteuid() == 0:
            shutil.chown(made, NOBODY)
        data = str(server.folder / "data")
        run(
            home / "initdb",
            "-D",
            data,
            "-U",
            "desk",
            "-A",
            "trust",
            "--no-sync",
            "-E",
            "UTF8",
            "--no-locale",
        )
        server.start()
        try:
            yield server
        finally:
            server.stop()
