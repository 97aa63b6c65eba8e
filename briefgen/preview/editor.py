"""Links that open a place in an editor."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

EDITORS = {
    "vscode": "vscode://file{file}:{line}:{column}",
    "cursor": "cursor://file{file}:{line}:{column}",
    "zed": "zed://file{file}:{line}:{column}",
    "idea": "idea://open?file={file}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{file}&line={line}&column={column}",
    "none": "",
}
"""Patterns of addresses by the names of editors; the file begins with a slash."""
_FIELDS = ("{file}", "{line}", "{column}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_NEVER = re.compile(r"(?:javascript|data|vbscript):", re.IGNORECASE)


def pattern(given: str) -> str | None:
    """The pattern that a name or a pattern means; None if it is neither."""
    if given in EDITORS:
        return EDITORS[given]
    is_pattern = _FIELDS[0] in given and _ADDRESS.match(given) and not _NEVER.match(given)
    return given if is_pattern else None


def link(pattern: str, file: Path, line: int, column: int) -> str:
    """The address that opens a place; nothing without a pattern."""
    values = (quote(file.as_posix()), str(line), str(column))
    for field, value in zip(_FIELDS, values, strict=True):
        pattern = pattern.replace(field, value)
    return pattern
