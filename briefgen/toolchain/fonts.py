"""Installed fonts, as fontconfig knows them (the same that Pango uses)."""

from __future__ import annotations

import hashlib
import re
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


WEIGHTS = {400: "regular", 700: "bold"}
"""The weights that a theme uses, and what they are called."""

_FONTCONFIG = {400: 80, 700: 200}
"""Fontconfig's weights by those of CSS."""


def has_fontconfig() -> bool:
    """Whether `fc-list` and `fc-match` can be called."""
    return shutil.which("fc-list") is not None and shutil.which("fc-match") is not None


def faces(family: str) -> tuple[Face, ...]:
    """The upright regular and bold face of a family, where they are installed.

    Where several files have a face, it is the one that fontconfig puts first, as Pango does.
    """
    found = (_match(family, weight) for weight in WEIGHTS)
    return tuple(match[0] for match in found if match)


def characters(family: str, weight: int) -> frozenset[int]:
    """The code points that a face has a glyph for; none if it is not installed."""
    match = _match(family, weight)
    return _code_points(match[1]) if match else frozenset()


@cache
def families() -> frozenset[str]:
    """The names of all families that are installed."""
    if not has_fontconfig():
        return frozenset()
    lines = _run("fc-list", ":", "--format", "%{family}\n").splitlines()
    return frozenset(name for line in lines for name in line.split(","))


@cache
def listing() -> str:
    """SHA-256 of the names, styles and versions of all installed fonts, and of how they are chosen.

    How they are chosen stands in the configuration files of fontconfig.
    """
    if not has_fontconfig():
        return ""
    lines = _run("fc-list", ":", "--format", "%{family}|%{style}|%{fontversion}\n").splitlines()
    found = hashlib.sha256("\n".join(sorted(lines)).encode())
    for line in _run("fc-conflist").splitlines() if shutil.which("fc-conflist") else ():
        is_used, _, rest = line.partition(" ")
        file = Path(rest.partition(": ")[0])
        if is_used == "+" and file.is_file():
            found.update(file.name.encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


@cache
def styles(family: str) -> tuple[str, ...]:
    """What the installed faces of a family are called: `Medium`, `Bold`."""
    if not has_fontconfig():
        return ()
    lines = _run("fc-list", ":", "--format", "%{family}\t%{style[0]}\n").splitlines()
    listed = (line.split("\t") for line in lines)
    return tuple(sorted({style for names, style in listed if family in names.split(",")}))


@cache
def digest(file: Path) -> str:
    """SHA-256 of a font file."""
    return hashlib.sha256(file.read_bytes()).hexdigest()


@cache
def _match(family: str, weight: int) -> tuple[Face, str] | None:
    """The face that fontconfig takes, with the code points that it has, in hexadecimal ranges.

    It always takes one; another family or weight means that the face is not installed.
    """
    if family not in families():
        return None
    wanted = _FONTCONFIG[weight]
    pattern = f"{_escaped(family)}:slant=0:width=100:weight={wanted}"
    told = _run("fc-match", pattern, "--format", "%{family}\t%{weight}\t%{file}\t%{charset}")
    names, found, file, charset = told.split("\t")
    if family not in names.split(",") or round(float(found)) != wanted:
        return None
    return Face(family, weight, Path(file)), charset


@cache
def _code_points(charset: str) -> frozenset[int]:
    points: set[int] = set()
    for stretch in charset.split():
        first, _, last = stretch.partition("-")
        points.update(range(int(first, 16), int(last or first, 16) + 1))
    return frozenset(points)


def _escaped(family: str) -> str:
    return re.sub(r"([\\\-:,=])", r"\\\1", family)


def _run(*command: str) -> str:
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
