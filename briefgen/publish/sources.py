"""The archive of the data that an edition was made from: from it alone it can be made again."""

from __future__ import annotations

import hashlib
import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

from briefgen.diagnostics.finding import Collector, Made
from briefgen.diagnostics.place import Place

NAME = "sources.zip"
_DATA, _FEEDS = "data/", "data/disclosures/"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 100_000_000
"""What an archive may hold in all, unpacked."""


def archive(root: Path, reads: Mapping[str, str]) -> Made[bytes]:
    """A ZIP file of the workspace's data; `reads` gives the SHA-256 of each when it was read.

    Only files below `data/` go in: no templates, which are programs, and no feeds of a firm. None
    is made of data that come from a query, for they are in no file.
    Reports: PUB102.
    """
    out, content = Collector(), io.BytesIO()
    if any("#" in name for name in reads):
        return out.made(None)
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, digest in sorted(reads.items()):
            if not name.startswith(_DATA) or name.startswith(_FEEDS):
                continue
            data = (root / name).read_bytes()
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
    """Lay the data of an archive out below a folder, whoever made the archive.

    Raises: ValueError for what is no archive, leads out of the folder, is no data, or is too much.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            entries = packed.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise ValueError(f"the archive holds more than {_MOST_BYTES // 1_000_000} MB")
            for entry in entries:
                target = folder / entry.filename
                if not target.resolve().is_relative_to(folder.resolve() / _DATA):
                    raise ValueError(f"the archive holds `{entry.filename}`, which is no data")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(packed.read(entry))
    except (zipfile.BadZipFile, zlib.error, OSError, NotImplementedError, RuntimeError) as error:
        raise ValueError(f"the archive cannot be read: {error}") from error
