"""Whether an edition is what it says: it is made again and compared, byte by byte."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any, Literal

from pydantic import BaseModel, Field, ValidationError

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.load.sql_rows import RUNS_QUERIES
from briefgen.model.edition import file_name
from briefgen.model.value import Slug
from briefgen.pipeline import rehearse
from briefgen.publish.attachments import attached
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.manifest import as_json
from briefgen.publish.sealed import REPORT, for_readers
from briefgen.publish.sources import NAME as SOURCES
from briefgen.publish.sources import unpack
from briefgen.readback.edition import read_back
from briefgen.workspace import Workspace, open_workspace

_OWN = ("briefgen", "code")
"""What of a record's versions is briefgen itself; the others are libraries."""
_NAMED = 5
"""How many names a message gives."""


class Output(BaseModel):
    """A file of an edition, in its manifest."""

    sha256: str


class Face(BaseModel):
    """A font that an edition was set in."""

    family: str
    weight: int
    sha256: str


class Record(BaseModel):
    """What is used of the record of a build; it may have been written by anybody."""

    slug: Slug
    formats: tuple[Literal["html", "pdf", "plain"], ...]
    inputs: dict[str, str]
    versions: dict[str, str]
    fonts: tuple[Face, ...]
    tally: dict[str, int] | None = None
    """Of a record for readers of what the firm issued, in place of its findings."""
    outputs: dict[Annotated[str, Field(pattern=r"^[^/\\]+$")], Output] = {}


@dataclass(frozen=True, slots=True)
class Published:
    """An edition as it was found: its files by name, the record of its build, its sources."""

    files: Mapping[str, bytes]
    record: Record
    sources: bytes | None

    @property
    def slug(self) -> str:
        """The name of the edition."""
        return self.record.slug


def read_published(path: Path) -> Made[Published]:
    """An edition's folder, or a PDF alone; of a folder, whether its files are as they were written.

    Reports: VER101, VER102.
    """
    out = Collector()
    try:
        if path.is_dir():
            record = Record.model_validate_json((path / MANIFEST).read_bytes())
            names = [MANIFEST, *record.outputs]
            files = {n: (path / n).read_bytes() for n in names if (path / n).is_file()}
            sealed = files.get(file_name(record.slug, "pdf"))
            carried = attached(sealed) if sealed is not None else {}
            _compare_digests(files, record.outputs, out)
        else:
            content = path.read_bytes()
            carried = attached(content)
            record = Record.model_validate_json(carried.get(REPORT, b"{}"))
            files = {file_name(record.slug, "pdf"): content}
    except (OSError, ValueError) as error:
        reason = "it has no record of its build" if isinstance(error, ValidationError) else error
        out.report(
            "VER101",
            f"`{path}` cannot be verified: {reason}",
            help="give an edition's folder, or its PDF with attachments; a plain PDF has none",
        )
        return out.made(None)
    return Made(Published(files, record, carried.get(SOURCES)), tuple(out.findings))


def verify(published: Published, workspace: Workspace | None) -> Collector:
    """Make an edition again, from a workspace or else from the sources it carries, and compare.

    Sources may have been written by anybody: no query in them is run, no template is in them.
    Reports: VER103 to VER108, and what the build finds.
    """
    out = Collector()
    with TemporaryDirectory() as folder, _without_queries(unless=workspace is not None):
        if workspace is None and published.sources is not None:
            workspace = _laid_out(published.sources, Path(folder), out)
        if workspace is None:
            out.report(
                "VER103",
                f"there is nothing to make `{published.slug}` from: it carries no sources",
                help="name the workspace that it came from: `--workspace DIR`",
            )
            return out
        selected = workspace.select([published.slug])
        out.findings += selected.findings
        if selected.value is None:
            return out
        made = rehearse(workspace, published.slug, published.record.formats)
    if made.edition is None:
        out.findings += made.findings
        out.report("VER103", f"`{published.slug}` cannot be made again: the build has errors")
        return out
    files = dict(made.edition.files)
    if published.record.tally is not None:
        files[MANIFEST] = as_json(for_readers(json.loads(files[MANIFEST])))
    _compare_records(published.record, Record.model_validate_json(files[MANIFEST]), out)
    for name, before in published.files.items():
        _compare_bytes(name, before, files.get(name), out)
    return out


@contextmanager
def _without_queries(*, unless: bool) -> Iterator[None]:
    token = RUNS_QUERIES.set(unless)
    try:
        yield
    finally:
        RUNS_QUERIES.reset(token)


def _laid_out(sources: bytes, folder: Path, out: Collector) -> Workspace | None:
    """A workspace of the sources that a PDF carries."""
    try:
        unpack(sources, folder)
    except ValueError as error:
        out.report("VER103", f"the sources that it carries cannot be used: {error}")
        return None
    opened = open_workspace(folder)
    out.findings += opened.findings
    return opened.value


def _compare_digests(
    files: Mapping[str, bytes], told: Mapping[str, Output], out: Collector
) -> None:
    """The files of a folder against the digests in its manifest."""
    for name, written in told.items():
        if name not in files:
            out.report("VER102", f"`{name}` is missing; the manifest names it")
        elif hashlib.sha256(files[name]).hexdigest() != written.sha256:
            out.report("VER102", f"`{name}` is not as it was written: its digest is another")


def _compare_records(before: Record, now: Record, out: Collector) -> None:
    """What two editions were made from and by."""

    def warn(code: str, what: str, one: Mapping[str, Any], other: Mapping[str, Any]) -> None:
        if told := _changes(one, other):
            out.report(code, f"{what}: {told}", severity=Severity.WARNING)

    def versions(record: Record, *, own: bool) -> dict[str, str]:
        return {k: v for k, v in record.versions.items() if (k in _OWN) == own}

    def fonts(record: Record) -> dict[str, str]:
        return {f"{face.family} {face.weight}": face.sha256 for face in record.fonts}

    warn("VER104", "the inputs differ", before.inputs, now.inputs)
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
        return f"{_where_in_pdf(before, now)}; {sizes}"
    if name.endswith((".html", ".json")):
        lines = zip_longest(before.splitlines(), now.splitlines())
        line = next((n for n, (one, other) in enumerate(lines, 1) if one != other), None)
        return f"from line {line} on; {sizes}"
    return sizes


def _where_in_pdf(before: bytes, now: bytes) -> str:
    """What of two PDFs is not the same: text, attachments, or neither."""
    try:
        one, other = attached(before), attached(now)
        pages = zip_longest(read_back(None, before, ()).pages, read_back(None, now, ()).pages)
        page = next((n for n, (a, b) in enumerate(pages, 1) if a != b), None)
    except (ValueError, RuntimeError) as error:
        return f"it cannot be read: {error}"
    told = [f"the text from page {page} on"] if page else []
    told += [f"`{name}`" for name in sorted({*one, *other}) if one.get(name) != other.get(name)]
    return ", ".join(told) or "neither in its text nor in what it carries"
