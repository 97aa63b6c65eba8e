"""The repository's own editions, each made once per test run, whatever worker asks for it."""

from __future__ import annotations

import fcntl
import pickle
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from briefgen import pipeline
from briefgen.diagnostics.finding import Made
from briefgen.load.editions import named_editions
from briefgen.model.edition import Page, Pdf
from briefgen.toolchain import fonts
from briefgen.typeset.weasy import typeset
from briefgen.workspace import Workspace, open_workspace

ROOT = Path(__file__).parents[1]


def opened() -> Workspace:
    """The repository as a workspace."""
    made = open_workspace(ROOT)
    assert made.value is not None, made.findings
    return made.value


EVERY = tuple(opened().slugs())
SLUGS = tuple(slugs[0] for slugs in named_editions(opened().data).values())
"""One edition of each family, for what takes long."""


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


@contextmanager
def alone(file: Path) -> Iterator[None]:
    """One worker after the other."""
    with file.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def rehearsed(slug: str, kept: Path) -> pipeline.Checked:
    """An edition in every format; `kept` is a folder that the workers of this run share."""
    found: pipeline.Checked = pickle.loads(_made(slug, kept)[0])
    return found


def composed(slug: str, kept: Path) -> Page:
    """The page that the PDF of an edition was typeset from."""
    found: Page = pickle.loads(_made(slug, kept)[1])
    return found


def _made(slug: str, kept: Path) -> tuple[bytes, bytes]:
    """The edition and its page, which is caught where it comes to be typeset."""
    pages: list[Page] = []

    def catch(page: Page, *rest: Any) -> Made[Pdf]:
        pages.append(page)
        return typeset(page, *rest)

    with alone(kept / f"{slug}.lock"):
        edition, page = kept / f"{slug}.edition", kept / f"{slug}.page"
        if not edition.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(pipeline, "typeset", catch)
                checked = pipeline.rehearse(opened(), slug, ("html", "pdf", "plain"))
            page.write_bytes(pickle.dumps(*pages))
            edition.write_bytes(pickle.dumps(checked))
        return edition.read_bytes(), page.read_bytes()
