"""What the checkout is installed with is pinned, and comes from no registry in particular."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LOCK = ROOT / ".ci/package-lock.json"


def read(name: str) -> dict[str, Any]:
    return dict(json.loads((ROOT / ".ci" / name).read_text("utf-8")))


def test_npm_packages_are_pinned_by_version_and_digest() -> None:
    wanted, lock = read("package.json"), read("package-lock.json")
    assert lock["packages"][""]["devDependencies"] == wanted["devDependencies"]
    packages = {name: one for name, one in lock["packages"].items() if name}
    assert {name.removeprefix("node_modules/") for name in packages} >= set(
        wanted["devDependencies"]
    )
    assert all(one["integrity"].startswith("sha512-") for one in packages.values())
    assert all(re.fullmatch(r"[\d.]+", one) for one in wanted["devDependencies"].values())


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock", LOCK])
def test_lock_files_name_no_host(name: str | Path) -> None:
    assert "://" not in (ROOT / name).read_text("utf-8")


def find(what: str, folder: Path) -> str:
    """What `.ci/find` prints where only this folder has programs of that kind."""
    tools = folder / "tools"
    tools.mkdir(exist_ok=True)
    for tool in ("sh", "grep", "head", "readlink", "find", "sort"):
        if not (tools / tool).exists():
            (tools / tool).symlink_to(shutil.which(tool) or tool)
    found = subprocess.run(
        ["sh", ROOT / ".ci/find", what],
        env={"PATH": f"{folder}{os.pathsep}{tools}", "HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == (0 if found.stdout else 1), found.stderr
    return found.stdout.strip()


def program(file: Path, script: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


@pytest.mark.skipif(Path("/Applications").exists(), reason="a Mac has browsers at fixed places")
def test_a_browser_is_found_that_is_no_snap(tmp_path: Path) -> None:
    assert find("browser", tmp_path) == ""
    kept = tmp_path / ".cache/ms-playwright/chromium-9/chrome-linux64/chrome"
    program(kept, "exit 0")
    program(tmp_path / "chromium-browser", "exec /snap/bin/chromium")
    assert find("browser", tmp_path) == str(kept)
    program(tmp_path / "google-chrome", "exit 0")
    assert find("browser", tmp_path) == str(tmp_path / "google-chrome")


@pytest.mark.skipif(Path("/Applications").exists(), reason="a Mac has Java at a fixed place")
def test_java_is_found_that_starts(tmp_path: Path) -> None:
    program(tmp_path / "java", "exit 1")
    assert find("java", tmp_path) == ""
    program(tmp_path / "java", "exit 0")
    assert find("java", tmp_path) == str(tmp_path / "java")
