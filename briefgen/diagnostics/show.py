"""Findings on a terminal: place, message, the source line with a caret, help."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.diagnostics.place import Place

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


def _snippet(place: Place, finding: Finding, root: Path, style: Style) -> list[str]:
    """The source line with carets under the place; nothing when it cannot be read."""
    try:
        source = (root / place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    except (OSError, UnicodeDecodeError, IndexError):
        return []
    number = str(place.line)
    margin = " " * len(number)
    before = _cells(source[: place.column - 1])
    carets = max(1, _cells(source[place.column - 1 : place.column - 1 + place.width]))
    bar = style("|", "dim")
    return [
        f"{margin} {bar}",
        f"{style(number, 'dim')} {bar} {source.replace(chr(9), ' ')}",
        f"{margin} {bar} {' ' * before}{style('^' * carets, finding.severity)}",
    ]


def _cells(text: str) -> int:
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
