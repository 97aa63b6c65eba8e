"""Writes what findings say can safely be written into the data files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Finding, Made, Severity
from briefgen.diagnostics.place import NamedPlace


def mend(findings: Iterable[Finding], data: Path, root: Path) -> Made[dict[str, int]]:
    """Put `fix` in place of the text of each finding, in files below `data` only.

    What is waived or explained stays. A text that is no longer what its finding says is left
    alone, and each file is written whole or not at all.

    Shape: how many places were mended, by file as findings name it.
    Reports: PUB101.
    """
    out, mended = Collector(), dict[str, int]()
    by_file: dict[str, dict[tuple[int, int], Finding]] = {}
    for finding in findings:
        place = finding.place
        if finding.fix is None or finding.severity is Severity.NOTE:
            continue
        if place is not None and not isinstance(place, NamedPlace):
            by_file.setdefault(place.file, {})[place.line, place.column] = finding
    for name, places in sorted(by_file.items()):
        file = (root / name).resolve()
        if not file.is_relative_to(data.resolve()):
            continue
        try:
            before = file.read_bytes().decode()
            after, count = _mended(before, [places[at] for at in sorted(places, reverse=True)])
            if count:
                _write(file, after)
                mended[name] = count
        except (OSError, UnicodeDecodeError) as error:
            out.report("PUB101", f"cannot write `{name}`: {str(error).lower()}")
    return Made(mended, tuple(out.findings))


def _mended(text: str, findings: Iterable[Finding]) -> tuple[str, int]:
    """A text with its findings mended, from the last to the first, and how many were."""
    lines, count = text.split("\n"), 0
    reached = (len(lines) + 1, 0)
    for finding in findings:
        place = finding.place
        if place is None or finding.fix is None or place.line > len(lines):
            continue
        line, start = lines[place.line - 1], place.column - 1
        end = start + place.width
        found = line[start:end]
        overlaps = place.line == reached[0] and end > reached[1]
        if found and f"`{found}`" in finding.message and not overlaps:
            lines[place.line - 1] = line[:start] + finding.fix + line[end:]
            reached, count = (place.line, start), count + 1
    return "\n".join(lines), count


def _write(file: Path, text: str) -> None:
    """Write a file beside the old one, with its rights, and rename it."""
    handle, beside = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(text.encode())
            written.flush()
            os.fsync(written.fileno())
        Path(beside).chmod(file.stat().st_mode & 0o777)
        Path(beside).replace(file)
    finally:
        Path(beside).unlink(missing_ok=True)
