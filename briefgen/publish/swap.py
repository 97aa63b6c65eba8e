"""Puts one folder in the place of another in a single step, where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from contextlib import suppress
from pathlib import Path

_AT_FDCWD = -100
_EXCHANGE = 2
"""The flag of both `renameat2` (Linux) and `renamex_np` (macOS) that exchanges two names."""
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EXDEV}


def put_in_place(new: Path, place: Path, aside: Path) -> None:
    """Move a folder to `place`; the one that was there is then at `new` or at `aside`.

    Where the file system cannot exchange two names, the old folder is first moved to `aside`: who
    is killed just then leaves nothing at `place`, and `recover` brings the old one back.
    Raises: OSError.
    """
    if not place.exists():
        new.rename(place)
        return
    if _exchange(new, place):
        return
    place.rename(aside)
    try:
        new.rename(place)
    except BaseException:
        aside.rename(place)
        raise


def recover(place: Path, aside: Path) -> None:
    """Bring a folder back that was moved aside and never replaced."""
    if aside.is_dir() and not place.exists():
        aside.rename(place)


def sync(folder: Path) -> None:
    """Have the names of a folder written to the disk; not every file system can."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two names; False where the system cannot. Raises: OSError."""
    library = ctypes.CDLL(None, use_errno=True)
    names = os.fsencode(one), os.fsencode(other)
    try:
        if sys.platform == "darwin":
            failed = library.renamex_np(*names, ctypes.c_uint(_EXCHANGE))
        else:
            here = ctypes.c_int(_AT_FDCWD)
            failed = library.renameat2(here, names[0], here, names[1], ctypes.c_uint(_EXCHANGE))
    except AttributeError:
        return False
    if failed and (code := ctypes.get_errno()) not in _CANNOT:
        raise OSError(code, os.strerror(code), str(other))
    return not failed
