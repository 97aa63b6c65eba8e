"""Which changes of files matter to a briefing, and the watch over the folders they come from.

What counts is the state of the disk, not what is told of it: a file that is saved as it was, or is
moved away and back, changes nothing.
"""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from briefgen.diagnostics.finding import Finding
from briefgen.engine.present import Present, names_below

_LEFTOVER = re.compile(
    rb"^\.|~$|\.(?:sw[a-z]|tmp|part|bak|orig)$|^4913$|^#.*#$|___jb_(?:tmp|old)___$"
)
"""Names of what editors put beside a file while they save it."""
STEP_MS, GROUP_MS = 10, 200
"""For how long nothing may happen before changes are told, and for how long they are gathered."""
LOOK_MS = 500
"""How often the folders themselves are looked at: they may be made, or replaced by others."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen of a workspace when something was made from it."""

    names: str
    """The digest of the names of all files."""
    files: Mapping[str, str | None]
    """SHA-256 of the files that were read, by their names in findings; None: not readable."""

    def holds(self, present: Present, now: str) -> bool:
        """Whether a build would see the same; `now` is what `names` gives of the same moment."""
        return self.names == now and all(
            present.digest(present.file(name)) == digest for name, digest in self.files.items()
        )


def seen(
    before: str, present: Present, files: Mapping[str, str], findings: Iterable[Finding]
) -> Seen:
    """What a build saw: names as they were `before` it, and its files.

    A file that could not be read stands in its findings; it is looked at as it is now.
    """
    told = {found.place.file for found in findings if found.place} - files.keys()
    return Seen(before, {**files, **{one: present.digest(present.file(one)) for one in told}})


def names(present: Present) -> str:
    """The digest of the names of all files of a workspace, without what editors leave there."""
    found = hashlib.sha256()
    for folder in present.folders:
        for name in sorted(names_below(folder, b"", set())):
            if not _LEFTOVER.search(name.rsplit(b"\0")[0].rsplit(b"/")[-1]):
                found.update(name + b"\0")
        found.update(b"\0")
    return found.hexdigest()


def all_files(present: Present) -> dict[str, str | None]:
    """SHA-256 of all data and templates, for what nobody could say the files of."""
    data, *templates = present.folders
    return {
        path.relative_to(folder.parent).as_posix(): present.digest(path)
        for folder in (*reversed(templates), data)
        for path in folder.rglob("*")
        if path.is_file()
    }


def watch(root: Path, disturb: Callable[[], None], stop: threading.Event) -> None:
    """Call `disturb` whenever something below the data or the templates has happened.

    Several changes in quick succession are told once. Ends soon after `stop` is set.
    """
    from watchfiles import watch as watched

    while not stop.is_set():
        known = _there(root)
        disturb()  # for what has happened since the last look
        try:
            for changes in watched(
                *(path for path, _ in known),
                watch_filter=None,
                step=STEP_MS,
                debounce=GROUP_MS,
                rust_timeout=LOOK_MS,
                yield_on_timeout=True,
                stop_event=stop,
                raise_interrupt=False,
                ignore_permission_denied=True,
            ):
                if changes:
                    disturb()
                if _there(root) != known:
                    break
        except Exception:  # noqa: BLE001 a name that is no UTF-8, no room for watches: look oneself
            stop.wait(LOOK_MS / 1000)


def _there(root: Path) -> list[tuple[Path, int]]:
    """The folders that are there, each with what shows that it is still the same one."""
    found = []
    for folder in Present(root).folders:
        with suppress(OSError):
            found.append((folder, folder.stat().st_ino))
    return found
