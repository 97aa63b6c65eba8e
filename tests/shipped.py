"""The repository's own editions, each made once per test run, whatever worker asks for it."""

from __future__ import annotations

import fcntl
import pickle
from pathlib import Path

import pytest

from briefgen import pipeline
from briefgen.toolchain import fonts
from briefgen.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[1]


def opened() -> Workspace:
    """The repository as a workspace."""
    made = open_workspace(ROOT)
    assert made.value is not None, made.findings
    return made.value


SLUGS = tuple(opened().slugs())


def as_pinned(patch: pytest.MonkeyPatch) -> None:
    """On a machine with another build of the theme's fonts, it counts as the one that is pinned."""
    named = opened().templates.themes["classic"].fonts
    builds = {
        face.file: named.builds(family, face.weight)
        for family in named.families
        for face in fonts.faces(family)
    }
    real = fonts.digest
    if any(real(file) not in pinned for file, pinned in builds.items()):
        patch.setattr(fonts, "digest", lambda file: builds.get(file, (real(file),))[0])


def rehearsed(slug: str, kept: Path) -> pipeline.Checked:
    """An edition in every format; `kept` is a folder that the workers of this run share."""
    with (kept / f"{slug}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        made = kept / f"{slug}.edition"
        if not made.exists():
            checked = pipeline.rehearse(opened(), slug, ("html", "pdf", "plain"))
            made.write_bytes(pickle.dumps(checked))
        found: pipeline.Checked = pickle.loads(made.read_bytes())
        return found
