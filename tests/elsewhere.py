"""`briefgen` in a process of its own, where folders are listed in the opposite order.

Called as `python -m elsewhere build … SLUG,SLUG`, from a copy of the repository: one edition after
the other is built, all by this process.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from shipped import as_pinned

from briefgen.cli.main import cli
from briefgen.engine.collecting import collect_seldom

_listdir, _scandir = os.listdir, os.scandir


class Backwards(ExitStack, Iterator[Any]):
    """What `os.scandir` returns, in the opposite order."""

    def __init__(self, *path: Any) -> None:
        super().__init__()
        with _scandir(*path) as found:
            self._entries = iter(sorted(found, key=lambda entry: entry.name, reverse=True))

    def __next__(self) -> os.DirEntry[Any]:
        return next(self._entries)


if __name__ == "__main__":
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "listdir", lambda *path: sorted(_listdir(*path), reverse=True))
        patch.setattr(os, "scandir", Backwards)
        as_pinned(patch)
        collect_seldom()
        *words, slugs = sys.argv[1:]
        for each in slugs.split(","):
            cli([*words, each], prog_name="briefgen", standalone_mode=False)
