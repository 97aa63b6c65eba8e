"""What the list says of briefings before anybody has looked at them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefgen.load.editions import edition_folders
from briefgen.load.fronts import read_fronts
from briefgen.workspace import Workspace, data_folder


@dataclass(frozen=True, slots=True)
class Head:
    """Title and house of a briefing.

    Shape: `changed` is when a file of its folder changed last, in seconds since the epoch.
    """

    title: str
    house: str
    changed: float | None


def heads(root: Path, workspace: Workspace | None) -> dict[str, Head]:
    """The heads of all briefings; where one cannot be read, its name stands for its title."""
    data = data_folder(root)
    fronts = dict(
        read_fronts(data, workspace.shared.data, workspace.templates) if workspace else ()
    )
    found = {}
    for slug, folder in edition_folders(data).items():
        headed = fronts.get(slug)
        title = headed[0].title if headed else slug
        house = headed[1].name_in(headed[0].language) if headed else ""
        found[slug] = Head(title, house, max(_times(folder.path), default=None))
    return found


def _times(folder: Path) -> Iterator[float]:
    for path in folder.rglob("*"):
        with suppress(OSError):
            yield path.stat().st_mtime
