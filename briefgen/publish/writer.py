"""Writes an edition beside the old one and renames: a reader never sees half a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.model.edition import FORMATS, Edition, file_name
from briefgen.publish.manifest import NAME as MANIFEST


def publish(edition: Edition, output: Path) -> Made[Path]:
    """Put the edition's files into `output/<slug>/`; the manifest comes last.

    All files are written out before the first is renamed, so a full disk changes nothing.
    Files of an earlier build that this one did not make (another format) are removed.
    Reports: PUB101.
    """
    out = Collector()
    folder = output / edition.slug
    written: dict[str, str] = {}
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in sorted(edition.files, key=lambda name: (name == MANIFEST, name)):
            written[name] = _write_beside(folder, name, edition.files[name])
        for name, beside in written.items():
            Path(beside).replace(folder / name)
        for stale in {file_name(edition.slug, name) for name in FORMATS} - set(edition.files):
            (folder / stale).unlink(missing_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        out.report("PUB101", f"cannot write `{error.filename or folder}`: {reason}")
        return out.made(None)
    finally:
        for beside in written.values():
            Path(beside).unlink(missing_ok=True)
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()
    return out.made(folder)


def _write_beside(folder: Path, name: str, content: bytes) -> str:
    handle, beside = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).chmod(0o644)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise
    return beside
