"""Whether an edition is what it says: it is made again and compared, byte by byte."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.model.edition import file_name
from briefgen.pipeline import rehearse
from briefgen.publish.attachments import attached
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.sealed import REPORT
from briefgen.publish.sources import NAME as SOURCES
from briefgen.publish.sources import unpack
from briefgen.readback.edition import read_back
from briefgen.workspace import Workspace, open_workspace

_OWN = ("briefgen", "code")
"""What of a record's versions is briefgen itself; the others are libraries."""
_NAMED = 5
"""How many names a message gives."""


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as it was found: its files by name, the record of its build, its sources."""

    slug: str
    files: Mapping[str, bytes]
    record: Mapping[str, Any]
    sources: bytes | None


def read_published(path: Path) -> Made[Published]:
    """An edition's folder, or a PDF alone; of a folder, whether its files are as they were written.

    Reports: VER101, VER102.
    """
    out = Collector()
    try:
        files = _files(path)
        pdf = next((files[name] for name in sorted(files) if name.endswith(".pdf")), None)
        carried = attached(pdf) if pdf is not None else {}
        record = json.loads(files.get(MANIFEST) or carried.get(REPORT) or "{}")
    except (OSError, ValueError) as error:
        out.report("VER101", f"`{path}` cannot be read: {error}")
        return out.made(None)
    if "slug" not in record:
        out.report(
            "VER101",
            f"`{path}` has no record of its build",
            help="give an edition's folder, or its PDF with attachments; a plain PDF has none",
        )
        return out.made(None)
    slug = record["slug"]
    if path.is_dir():
        _compare_digests(files, record["outputs"], out)
    else:
        files = {file_name(slug, "pdf"): files[path.name]}
    return Made(Published(slug, files, record, carried.get(SOURCES)), tuple(out.findings))


def verify(published: Published, workspace: Workspace | None) -> Collector:
    """Make an edition again, from a workspace or else from the sources it carries, and compare.

    Reports: VER103 to VER108, and what the build finds.
    """
    out = Collector()
    with tempfile.TemporaryDirectory() as folder:
        if workspace is None and published.sources is not None:
            unpack(published.sources, Path(folder))
            opened = open_workspace(Path(folder))
            out.findings += opened.findings
            workspace = opened.value
        if workspace is None:
            out.report(
                "VER103",
                f"there is nothing to make `{published.slug}` from: it carries no sources",
                help="name the workspace that it came from: `--workspace DIR`",
            )
            return out
        made = rehearse(workspace, published.slug, published.record["formats"])
    if made.edition is None:
        out.findings += made.findings
        out.report("VER103", f"`{published.slug}` cannot be made again: the build has errors")
        return out
    _compare_records(published.record, json.loads(made.edition.files[MANIFEST]), out)
    for name, before in published.files.items():
        _compare_bytes(name, before, made.edition.files.get(name), out)
    return out


def _files(path: Path) -> dict[str, bytes]:
    """The files of an edition: a PDF, or what a folder with a manifest holds."""
    if path.is_dir():
        names = ["", *json.loads((path / MANIFEST).read_bytes())["outputs"]]
        return {
            name or MANIFEST: (path / (name or MANIFEST)).read_bytes()
            for name in names
            if (path / (name or MANIFEST)).is_file()
        }
    return {path.name: path.read_bytes()}


def _compare_digests(files: Mapping[str, bytes], told: Mapping[str, Any], out: Collector) -> None:
    """The files of a folder against the digests in its manifest."""
    for name, written in told.items():
        if name not in files:
            out.report("VER102", f"`{name}` is missing; the manifest names it")
        elif hashlib.sha256(files[name]).hexdigest() != written["sha256"]:
            out.report("VER102", f"`{name}` is not as it was written: its digest is another")


def _compare_records(before: Mapping[str, Any], now: Mapping[str, Any], out: Collector) -> None:
    """What two editions were made from and by."""

    def warn(code: str, what: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        if told := _changes(one, other):
            out.report(code, f"{what}: {told}", severity=Severity.WARNING)

    def versions(record: Mapping[str, Any], *, own: bool) -> dict[str, str]:
        return {k: v for k, v in record["versions"].items() if (k in _OWN) == own}

    def fonts(record: Mapping[str, Any]) -> dict[str, Any]:
        return {f"{face['family']} {face['weight']}": face for face in record["fonts"]}

    warn("VER104", "the inputs differ", before["inputs"], now["inputs"])
    warn("VER105", "briefgen differs", versions(before, own=True), versions(now, own=True))
    warn("VER106", "the fonts differ", fonts(before), fonts(now))
    warn("VER107", "the libraries differ", versions(before, own=False), versions(now, own=False))


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Which names came, went or mean something else; versions with both values."""
    told = []
    for name in sorted({*before, *now}):
        one, other = before.get(name), now.get(name)
        if one == other:
            continue
        if one is None or other is None:
            told.append(f"{name} is {'new' if one is None else 'gone'}")
        elif isinstance(one, str) and len(one) < 20:
            told.append(f"{name} was {one}, is {other}")
        else:
            told.append(name)
    more = f" and {len(told) - _NAMED} more" if len(told) > _NAMED else ""
    return ", ".join(told[:_NAMED]) + more


def _compare_bytes(name: str, before: bytes, now: bytes | None, out: Collector) -> None:
    """One file of an edition as it was found and as it was made again."""
    if now is None:
        out.report("VER108", f"`{name}` is not made again")
    elif now != before:
        out.report("VER108", f"`{name}` differs: {_where(name, before, now)}")


def _where(name: str, before: bytes, now: bytes) -> str:
    """Where two files differ, in words for a reader."""
    sizes = f"{len(before):,} bytes then, {len(now):,} now"
    if name.endswith(".pdf"):
        pages = zip_longest(read_back(None, before, ()).pages, read_back(None, now, ()).pages)
        page = next((n for n, (one, other) in enumerate(pages, 1) if one != other), None)
        text = f"the text from page {page} on" if page else "not in its text"
        return f"{text}; {sizes}"
    if name.endswith((".html", ".json")):
        lines = zip_longest(before.splitlines(), now.splitlines())
        line = next((n for n, (one, other) in enumerate(lines, 1) if one != other), None)
        return f"from line {line} on; {sizes}"
    return sizes
