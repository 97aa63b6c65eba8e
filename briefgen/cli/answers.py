"""What `briefgen new` must know: given as options, asked for on a terminal, or the default."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import click

from briefgen.diagnostics.finding import Collector, Made

T = TypeVar("T")

FOLDER, COLOUR = "desk", "#6b4226"
LANGUAGES = ("zh-CN", "en")
"""The languages that starting points are written in; the first is the default."""
_UNSEEN = {"Cc", "Cf", "Cn", "Co", "Cs", "Zl", "Zp"}
"""Kinds of characters that are no part of a line: controls, halves of pairs, line ends."""
LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Answers:
    """What a workspace is made from; where the house is None, it is the invented one."""

    folder: Path
    language: str = LANGUAGES[0]
    house: str | None = None
    colour: str = COLOUR


def checked(
    folder: Path | None, language: str | None, house: str | None, colour: str | None
) -> Made[Answers]:
    """What was given, with defaults for the rest. Reports: WSP104, WSP108."""
    out = Collector()
    place = None if folder is None else str(folder)
    checks: tuple[tuple[str, Callable[[str], object], str | None, str], ...] = (
        ("WSP104", free_folder, place, "name a new folder"),
        ("WSP108", house_name, house, "write it in one line"),
        ("WSP108", colour_name, colour, f"such as `{COLOUR.removeprefix('#')}`"),
    )
    for code, check, text, help_line in checks:
        try:
            if text is not None:
                check(text)
        except ValueError as error:
            out.report(code, str(error), help=help_line)
    if out.findings:
        return out.made(None)
    named = house and house_name(house)
    paint = colour_name(colour) if colour else COLOUR
    return Made(Answers(folder or Path(FOLDER), language or LANGUAGES[0], named, paint))


def asked(
    folder: Path | None, language: str | None, house: str | None, colour: str | None
) -> Answers:
    """What was given, and was checked; the rest is asked for.

    Raises: click.Abort for Ctrl-C and Ctrl-D.
    """
    from briefgen.cli.starter_texts import words_in

    place = folder or _ask("Folder", FOLDER, free_folder)
    words = language or click.prompt(
        f"Language ({', '.join(LANGUAGES)})",
        default=LANGUAGES[0],
        type=click.Choice(LANGUAGES, case_sensitive=False),
        show_choices=False,
    )
    invented = words_in(words)["house"]
    named = house_name(house) if house else _ask("Name of the house", invented, house_name)
    paint = colour or _ask("Its colour", COLOUR, colour_name)
    return Answers(place, words, None if named == invented else named, colour_name(paint))


def _ask(question: str, default: str, check: Callable[[str], T]) -> T:
    """An answer; one that is wrong is asked for again."""

    def value(text: str) -> T:
        try:
            return check(text)
        except ValueError as error:
            raise click.UsageError(str(error)) from None

    answer: T = click.prompt(question, default=default, value_proc=value)
    return answer


def free_folder(text: str) -> Path:
    """A folder that is not there yet, or is empty. Raises: ValueError."""
    folder = Path(text).expanduser()
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ValueError(f"`{folder}` is not an empty folder")
    return folder


def house_name(text: str) -> str:
    """A name that can be printed. Raises: ValueError."""
    name = text.strip()
    if not name:
        raise ValueError("the name of the house is empty")
    if any(unicodedata.category(character) in _UNSEEN for character in name):
        raise ValueError(f"the name of the house holds a character that cannot be seen: {name!r}")
    if len(name) > LONGEST_NAME or "{{" in name or "}}" in name:
        raise ValueError(f"a name of at most {LONGEST_NAME} characters, without `{{{{` and `}}}}`")
    if pictures := [c for c in name if unicodedata.category(c) == "So" and ord(c) > 0xFFFF]:
        raise ValueError(f"no font of the themes has `{pictures[0]}`")
    return name


def colour_name(text: str) -> str:
    """A colour as data write it: `#6b4226`. Raises: ValueError."""
    if not re.fullmatch("#?[0-9A-Fa-f]{6}", text.strip()):
        raise ValueError(f"`{text}` is no colour: six hexadecimal digits, with or without `#`")
    return f"#{text.strip().removeprefix('#').lower()}"
