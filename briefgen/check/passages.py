"""The text of a briefing in passages: of its values, or of the finished edition."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from briefgen.check.dossier import Dossier
from briefgen.check.rule import Problem
from briefgen.diagnostics.place import NamedPlace, Place, ValuePath
from briefgen.model.briefing import Briefing
from briefgen.model.markdown import plain_runs
from briefgen.model.marks import marked
from briefgen.model.output import Output
from briefgen.model.value import Markdown

_WRAPPED = re.compile(r"(?<=[^\x00-\x7f])\s*\n\s*(?=[^\x00-\x7f])")
"""Where a line of Chinese goes on in the next."""

PARTS = ("front", "facts", "exhibits", "recommendations")
"""The parts of a briefing that hold texts of their own, beside its prose."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of text without expressions, and where it stands.

    Units: `line` and `column` count from 1. In a one-line value, `whole` is all of its text and
    `column` says where in it the passage begins.
    """

    text: str
    path: ValuePath = ()
    line: int | None = None
    column: int = 1
    whole: str = ""
    place: Place | None = None
    is_code: bool = False
    """Whether it stands between backticks or in a block of code."""

    @property
    def is_quoted(self) -> bool:
        """Whether it is written as somebody else printed it: titles and captions of a source."""
        match self.path:
            case ("facts", *_, last):
                return last != "note" or "inputs" in self.path
            case ("front", "related" | "original", *_):
                return True
            case ("exhibits", *_, "original"):
                return True
            case ("front", "sections", _, "items", _, "source_line" | "caption" | "printed"):
                return True
            case ("front", "sections", _, "items", _, "original"):
                return True
        return False

    def problem(
        self,
        found: str,
        at: int,
        message: str,
        help: str | None = None,
        *,
        subject: str = "",
        fix: str | None = None,
    ) -> Problem:
        """What a rule found at an offset of the passage."""
        if self.place is not None:
            return Problem(self.path, message, help, found, subject=subject, place=self.place)
        if self.line is not None:
            before = self.text[:at].split("\n")
            column = len(before[-1]) + (self.column if len(before) == 1 else 1)
            line = self.line + len(before) - 1
            return Problem(self.path, message, help, found, line, column, 0, subject, None, fix)
        nth = self.whole.count(found, 0, self.column - 1 + at)
        return Problem(self.path, message, help, found, nth=nth, subject=subject, fix=fix)


def passages(dossier: Dossier) -> Iterator[Passage]:
    """All text: of the finished edition where there is one, else of the briefing's values."""
    if dossier.output is not None:
        yield from _of_output(dossier.output, dossier.briefing.slug)
    else:
        yield from prose_passages(dossier)
        yield from value_passages(dossier)


def prose_passages(dossier: Dossier) -> tuple[Passage, ...]:
    """The prose files: text between expressions."""
    return dossier.once("prose passages", lambda: tuple(_of_prose(dossier.briefing)))


def value_passages(dossier: Dossier) -> tuple[Passage, ...]:
    """The texts of the YAML files: titles, captions, notes, reasons."""
    return dossier.once("value passages", lambda: tuple(_of_values(dossier.briefing)))


def markdown_texts(briefing: Briefing) -> Iterator[tuple[ValuePath, str]]:
    """All Markdown with its path: the prose files, then fields of the YAML files."""
    for name, text in briefing.prose.items():
        yield ("prose", name), text
    for part in PARTS:
        for field in marked(getattr(briefing, part), (part,)):
            if isinstance(field.mark, Markdown):
                yield field.path, field.text


def _of_prose(briefing: Briefing) -> Iterator[Passage]:
    for name, text in briefing.prose.items():
        lines = text.splitlines()
        for run, line, column in plain_runs(text):
            is_code = lines[line - 1][column - 2 : column - 1] == "`" or _is_fenced(lines, line)
            yield Passage(run, ("prose", name), line, column, is_code=is_code)


def _is_fenced(lines: list[str], line: int) -> bool:
    """Whether a line (from 1) stands in a block of code."""
    before = [text for text in lines[: line - 1] if text.lstrip().startswith("```")]
    return len(before) % 2 == 1


def everywhere(
    dossier: Dossier, search: Callable[[Passage], Iterator[tuple[str, int]]]
) -> Iterator[tuple[Passage, str, int]]:
    """What a search finds in the values, and in the finished edition what it finds only there.

    Shape: the passage, the text that was found, its offset.
    """
    found: set[str] = set()
    for passage in (*prose_passages(dossier), *value_passages(dossier)):
        for text, at in search(passage):
            found.add(text)
            yield passage, text, at
    if dossier.output is not None:
        for passage in _of_output(dossier.output, dossier.briefing.slug):
            for text, at in search(passage):
                if text not in found:
                    found.add(text)
                    yield passage, text, at


def _of_values(briefing: Briefing) -> Iterator[Passage]:
    parts = {part: getattr(briefing, part) for part in PARTS}
    named = set()
    for field in (field for part, value in parts.items() for field in marked(value, (part,))):
        named.add(field.path)
        if isinstance(field.mark, Markdown):
            for run, _, column in plain_runs(field.text):
                yield Passage(run, field.path, None, column, field.text)
    for path, text in texts(briefing.model_dump(include=set(PARTS))):
        if path not in named:
            yield Passage(text, path, whole=text)


def texts(value: Any, path: ValuePath = ()) -> Iterator[tuple[ValuePath, str]]:
    """Every text in a value, with its path."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, (*path, key))
    elif isinstance(value, tuple | list):
        for position, inner in enumerate(value):
            yield from texts(inner, (*path, position))


def _of_output(output: Output, slug: str) -> Iterator[Passage]:
    for block in output.blocks:
        name = f"the section `{block.section}`" if block.section else "the head of the page"
        yield Passage(block.text, place=NamedPlace(f"{slug}.html", name=name))
    for number, page in enumerate(output.pages, start=1):
        yield Passage(
            _WRAPPED.sub("", page), place=NamedPlace(f"{slug}.pdf", number, name=f"page {number}")
        )
