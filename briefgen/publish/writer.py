"""Puts an edition in the place of an older one: a reader sees the one or the other, whole."""

from __future__ import annotations

import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.model.edition import FORMATS, Edition, file_name
from briefgen.publish.evidence import NAME as EVIDENCE
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.swap import put_in_place, recover, sync
from briefgen.publish.workbook import NAME as WORKBOOK

_MARK = "~"
"""Stands between the slug and the rest of a temporary folder's name; no slug holds it."""
_OLD = "old"


def publish(edition: Edition, output: Path) -> Made[Path]:
    """Put the edition's files into `output/<slug>/`; the manifest comes last.

    They are written to a folder beside it, which then takes its place. Files that were there and
    are none of an edition stay.
    Reports: PUB101.
    """
    out, place = Collector(), output / edition.slug
    new, aside = (_beside(place, name) for name in (secrets.token_hex(4), _OLD))
    if place.is_symlink() or (place.exists() and not place.is_dir()):
        out.report("PUB101", f"cannot write `{place}`: it is no folder", help="move it away")
        return out.made(None)
    try:
        output.mkdir(parents=True, exist_ok=True)
        with _locked(output) as is_alone:
            if is_alone:
                recover(place, aside)
            try:
                _write(edition, new)
                put_in_place(new, place, aside)
                sync(output)
            finally:
                _clear_away(new, aside, place)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        out.report("PUB101", f"cannot write `{error.filename or place}`: {reason}")
        return out.made(None)
    return out.made(place)


def clear_left(output: Path) -> None:
    """Clear away what calls that were killed left in an output folder, as far as it can be."""
    with suppress(OSError), _locked(output) as is_alone:
        if is_alone:
            _sweep(output)


def _beside(place: Path, name: str) -> Path:
    return place.with_name(f".{place.name}{_MARK}{name}")


def _write(edition: Edition, folder: Path) -> None:
    """All files, on the disk before anybody is told of them."""
    folder.mkdir()
    for name in sorted(edition.files, key=lambda name: (name == MANIFEST, name)):
        with (folder / name).open("wb") as file:
            file.write(edition.files[name])
            file.flush()
            os.fsync(file.fileno())
        (folder / name).chmod(0o644)
    sync(folder)


def _sweep(output: Path) -> None:
    """Clear away what calls that were killed left: a new folder, or one that was replaced."""
    for left in output.glob(f".*{_MARK}*"):
        slug, _, name = left.name[1:].partition(_MARK)
        if name == _OLD:
            recover(output / slug, left)
        if left.is_dir():
            _clear(left, output / slug)


def _clear_away(new: Path, aside: Path, place: Path) -> None:
    """Clear away what was not put in place, or was there before; what stays is for `clear_left`."""
    for left in (new, aside):
        if left.is_dir() and (left == new or place.is_dir()):
            with suppress(OSError):
                _clear(left, place)


def _clear(left: Path, place: Path) -> None:
    """Remove an edition's temporary or older folder; what is none of its files goes to `place`."""
    own = {MANIFEST, EVIDENCE, WORKBOOK, *(file_name(place.name, name) for name in FORMATS)}
    for path in left.iterdir():
        if path.name not in own and not (place / path.name).exists():
            path.rename(place / path.name)
    shutil.rmtree(left)


@contextmanager
def _locked(folder: Path) -> Iterator[bool]:
    """Whether this is the only process at work here; False where the file system has no locks."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
        except OSError:
            yield False
        else:
            yield True
    finally:
        os.close(handle)
