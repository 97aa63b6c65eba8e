"""Findings on a terminal: place, message, the source line with a caret, help."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.diagnostics.place import Place

SHOWN_CELLS, NEAR_CELLS = 100, 40
"""How much of a source line is shown, and how much of a longer one on either side of the place."""

Style = Callable[[str, str], str]
"""Colours a piece of text: `style(text, role)`, role being a severity, `dim` or `help`."""


def plain(text: str, role: str) -> str:  # noqa: ARG001
    """Text without colour, for pipes and files."""
    return text


def show(findings: Iterable[Finding], root: Path, style: Style = plain) -> str:
    """All findings as text, in the order of their places; `root` resolves file names."""
    return "\n".join(show_one(finding, root, style) for finding in in_order(findings))


def show_one(finding: Finding, root: Path, style: Style = plain) -> str:
    """One finding as text, a trailing newline included."""
    head = f"{style(f'{finding.severity}[{finding.code}]', finding.severity)}: {finding.message}"
    if finding.place is None:
        lines = [head]
    else:
        lines = [f"{finding.place}: {head}", *_snippet(finding.place, finding, root, style)]
    if finding.help:
        margin = " " * len(str(finding.place.line)) if finding.place else ""
        lines.append(f"{margin} {style('= help:', 'help')} {finding.help}")
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class Excerpt:
    """What is shown of a source line: before a place, at it and after it."""

    before: str
    meant: str
    after: str

    @property
    def carets(self) -> str:
        """What is written under the line, to point at the place."""
        return " " * cells(self.before) + "^" * max(1, cells(self.meant))


def excerpt(place: Place, root: Path) -> Excerpt | None:
    """The source line of a place; None when it cannot be read, or there is nothing to see."""
    try:
        file = root / place.file
        text = file.read_text(encoding="utf-8-sig") if file.is_file() else ""
        source = text.split("\n")[place.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return None
    if not source.strip() or "\0" in text:  # nothing to see, or a file that is no text
        return None
    return Excerpt(*_cut(source, place.column - 1, place.width))


def _snippet(place: Place, finding: Finding, root: Path, style: Style) -> list[str]:
    """The source line with carets under the place; nothing when it cannot be read."""
    found = excerpt(place, root)
    if found is None:
        return []
    number, carets = str(place.line), found.carets.lstrip()
    margin, bar = " " * len(number), style("|", "dim")
    return [
        f"{margin} {bar}",
        f"{style(number, 'dim')} {bar} {found.before}{found.meant}{found.after}".rstrip(),
        f"{margin} {bar} {' ' * cells(found.before)}{style(carets, finding.severity)}",
    ]


def _cut(source: str, start: int, width: int) -> tuple[str, str, str]:
    """A line before, at and after a place; of a long line only what stands near it."""
    line = "".join(char if char.isprintable() else " " for char in source)
    before, meant, after = line[:start], line[start : start + width], line[start + width :]
    if cells(line) <= SHOWN_CELLS:
        return before, meant, after
    if cells(before) > NEAR_CELLS:
        before = "…" + _begin(before[::-1], NEAR_CELLS)[::-1]
    room = max(SHOWN_CELLS - cells(before + meant), NEAR_CELLS)
    return before, meant, after if cells(after) <= room else _begin(after, room) + "…"


def _begin(text: str, room: int) -> str:
    """As much of a text as fits into so many cells."""
    taken = accumulate(cells(char) for char in text)
    return "".join(char for char, upto in zip(text, taken, strict=True) if upto <= room)


def cells(text: str) -> int:
    """How many terminal cells a text takes: ideographs take two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def tally(findings: Iterable[Finding]) -> str:
    """A short sum, such as `2 errors, 1 warning`; `no findings` for none."""
    counts = Counter(finding.severity for finding in findings)
    parts = [
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in Severity
        if counts[severity]
    ]
    return ", ".join(parts) or "no findings"
