"""Installed fonts, as fontconfig knows them (the same that Pango uses)."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family.

    Units: `weight` as in CSS: 400 is regular, 700 bold.
    """

    family: str
    weight: int
    file: Path


_WEIGHTS = {80: 400, 200: 700}
"""Fontconfig's weights that a theme uses, as CSS weights."""


def has_fontconfig() -> bool:
    """Whether `fc-list` can be called."""
    return shutil.which("fc-list") is not None


@cache
def faces(family: str) -> tuple[Face, ...]:
    """The regular and bold faces of a family that are installed; none if it is not."""
    if not has_fontconfig():
        return ()
    listed = subprocess.run(
        ["fc-list", f":family={family}", "--format", "%{family}\t%{weight}\t%{file}\n"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout
    found = set()
    for line in listed.splitlines():
        families, weight, file = line.split("\t")
        css = _WEIGHTS.get(int(float(weight.strip("[]").split()[0])))
        if css and family in families.split(","):
            found.add(Face(family, css, Path(file)))
    return tuple(sorted(found, key=lambda face: (face.weight, str(face.file))))


@cache
def digest(file: Path) -> str:
    """SHA-256 of a font file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()
