"""`SHA256SUMS`: the digest of every file of a site, and so which files a publication wrote."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

NAME = "SHA256SUMS"

_PART = r"[A-Za-z0-9_][A-Za-z0-9._-]*"
_LINE = re.compile(rf"^[0-9a-f]{{64}}  ({_PART}(?:/{_PART})*)$", re.MULTILINE)
_OF_A_VERSION = re.compile(r"[^/]+/[0-9a-f]{12}/")


def written(sums: Mapping[str, str]) -> bytes:
    """The lines, by name."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items())).encode()


def pages_of(site: Path) -> set[str]:
    """The files that a site lists, but for those of versions: a lost state removes no edition."""
    file = site / NAME
    names = _LINE.findall(file.read_text("utf-8", "replace")) if file.is_file() else ()
    return {name for name in names if not _OF_A_VERSION.match(name)}
