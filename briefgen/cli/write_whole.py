"""Writes files all or none: after an error or Ctrl-C, what was there before is there again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made, has_errors

Files = dict[Path, str]
"""Whole texts by the files that they go into."""


def write_whole(files: Files, root: Path, out: Collector) -> Made[list[Path]]:
    """Write all files, unless errors were found before; the files. Messages name them from `root`.

    Reports: WSP107.
    """
    if has_errors(out.findings):
        return out.made(None)
    before: dict[Path, bytes | None] = {}
    made: list[Path] = []
    try:
        for file, text in files.items():
            new = [parent for parent in file.parents if not parent.exists()]
            for parent in reversed(new):
                parent.mkdir()
                made.append(parent)
            before[file] = file.read_bytes() if file.exists() else None
            file.write_bytes(text.encode())
    except OSError as error:
        _undo(before, made)
        reason = (error.strerror or str(error)).lower()
        failed = Path(error.filename or root)
        shown = failed.relative_to(root) if failed.is_relative_to(root) else failed
        message = f"cannot write `{shown.as_posix()}`: {reason}"
        out.report("WSP107", message, help="nothing was changed")
        return out.made(None)
    except KeyboardInterrupt:
        _undo(before, made)
        raise
    return out.made(list(files))


def _undo(before: Mapping[Path, bytes | None], made: list[Path]) -> None:
    for file, content in before.items():
        if content is None:
            if file.exists():
                file.unlink()
        elif file.read_bytes() != content:
            file.write_bytes(content)
    for folder in reversed(made):
        folder.rmdir()
