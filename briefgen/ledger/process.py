"""Who is at work: the user, the host, the process; and whether that process still lives."""

from __future__ import annotations

import os
from pathlib import Path


def host() -> str:
    """The name of this machine."""
    return os.uname().nodename


def user() -> str:
    """`user@host`; the number of a user that has no name."""
    from getpass import getuser

    try:
        return f"{getuser()}@{host()}"
    except (KeyError, OSError):
        return f"{os.getuid()}@{host()}"


def born(pid: int) -> str | None:
    """A mark of the process with this number, another for a later one; None when there is none.

    Where the system does not say when a process began, the mark is empty.
    """
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
        return said.rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        pass
    try:
        os.kill(pid, 0)
    except PermissionError:
        return ""
    except OSError:
        return None
    return ""
