"""Every mistake of `mistakes/*.md`: what is changed in the data, and what is then shown.

A case is a heading with blocks below it: `diff FILE` changes lines of a file, `yaml FILE` (or csv,
markdown) gives the whole of it, and `text` holds all that `briefgen check` says of it, exactly.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Desk

PAGES = Path(__file__).parent / "mistakes"
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class Case:
    """A mistake and what is shown of it."""

    title: str
    changes: tuple[tuple[str, str, str], ...]
    """Kind of the block, file, text."""
    shown: str


def cases() -> list[Case]:
    found = []
    for page in sorted(PAGES.glob("*.md")):
        for part in page.read_text(encoding="utf-8").split("\n## ")[1:]:
            *changes, (_, _, shown) = BLOCK.findall(part)
            found.append(Case(f"{page.stem}: {part.splitlines()[0]}", tuple(changes), shown))
    return found


def apply(desk: Desk, kind: str, file: str, text: str) -> None:
    """Make one change of a case."""
    if kind != "diff":
        desk.write(file, text)
        return
    lines = [(line[:1], line[1:]) for line in text.splitlines()]
    old = "".join(f"{line}\n" for sign, line in lines if sign in "- ")
    new = "".join(f"{line}\n" for sign, line in lines if sign in "+ ")
    desk.edit(file, old, new)


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.title)
def test_a_mistake_is_shown_as_written(case: Case, desk: Desk) -> None:
    for change in case.changes:
        apply(desk, *change)
    assert desk.check() == case.shown


def test_every_case_shows_something() -> None:
    assert [case.title for case in cases() if not (case.changes and case.shown)] == []


def test_the_shipped_briefing_has_notes_only(desk: Desk) -> None:
    assert desk.findings() == ()
