"""The archive of what an edition was made from: from it alone the edition can be made again."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place

NAME = "sources.zip"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)


def archive(root: Path, reads: Mapping[str, str]) -> Made[bytes]:
    """A ZIP file of the workspace's files; `reads` gives the SHA-256 of each when it was read.

    Files outside the workspace, such as templates that come with briefgen, are left out.
    Reports: PUB102.
    """
    out, content = Collector(), io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, digest in sorted(reads.items()):
            file = root / name
            if not file.is_file():
                continue
            data = file.read_bytes()
            if hashlib.sha256(data).hexdigest() != digest:
                out.report(
                    "PUB102",
                    f"`{name}` changed while the edition was made",
                    Place(name),
                    help="build once more",
                )
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            packed.writestr(entry, data, zipfile.ZIP_DEFLATED, 9)
    return out.made(content.getvalue())


def unpack(content: bytes, folder: Path) -> None:
    """Lay the files of an archive out below a folder.

    Raises: ValueError for a name that leads out of it.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for entry in packed.infolist():
            target = folder / entry.filename
            if not target.resolve().is_relative_to(folder.resolve()):
                raise ValueError(f"the archive holds `{entry.filename}`, which leads out of it")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(packed.read(entry))
