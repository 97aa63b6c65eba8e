"""The archive of the data that an edition was made from: from it alone it can be made again."""

from __future__ import annotations

import csv
import io
import re
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from briefgen.model.workspace import OF_EDITIONS

NAME = "sources.zip"
_PART = re.compile(rf"(.+)#(?:{OF_EDITIONS}|[a-z][a-z0-9_]*=[a-z0-9.-]+)")
_DATA, _FEEDS = "data/", "data/disclosures/"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_MOST_BYTES = 100_000_000
"""What an archive may hold in all, unpacked."""


def archive(contents: Mapping[str, bytes], reads: Iterable[str]) -> bytes | None:
    """A ZIP file of a workspace's data; `reads` names all that was read.

    Only files below `data/` go in: no templates, which are programs, and no feeds of a firm. Of a
    table or of settings of which only a part was read (`prices.csv#vendor_id=kimi`,
    `workspace.yaml#editions`), that part goes in. None is made of data that come from a query, for
    they are in no file.
    """
    if any(name not in contents for name in reads):
        return None
    packed_to = io.BytesIO()
    with zipfile.ZipFile(packed_to, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, content in sorted(_files(contents).items()):
            if not name.startswith(_DATA) or name.startswith(_FEEDS):
                continue
            entry = zipfile.ZipInfo(name, _LONG_AGO)
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            packed.writestr(entry, content, zipfile.ZIP_DEFLATED, 9)
    return packed_to.getvalue()


def _files(contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that the contents make; the parts of a table stand below one head."""
    found = {name: content for name, content in contents.items() if not _PART.fullmatch(name)}
    for name, content in sorted(contents.items()):
        part = _PART.fullmatch(name)
        if part is None or part[1] in contents:
            continue
        if part[1] in found:
            table = csv.reader(io.StringIO(content.decode()))
            next(table)
            rows = content.splitlines(keepends=True)[table.line_num :]
            found[part[1]] += b"".join(rows)
        else:
            found[part[1]] = content
    return found


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
