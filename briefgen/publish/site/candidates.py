"""Editions as a site takes them: whole, as they were written, without errors, and no drafts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from briefgen.diagnostics.finding import Collector, Finding, Made, Severity
from briefgen.model.about import About
from briefgen.model.edition import file_name
from briefgen.model.site import File, FileName, Site, Version
from briefgen.model.value import Slug
from briefgen.publish.attachments import attached
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.manifest import as_json
from briefgen.publish.sealed import REPORT, for_readers
from briefgen.publish.site.checks import CheckReport
from briefgen.publish.site.picture import NAME as PICTURE
from briefgen.publish.site.picture import picture
from briefgen.publish.sources import NAME as SOURCES

Validate = Callable[[bytes], tuple[Finding, ...]]
"""What a validator of PDFs finds."""

RESERVED = {"index.html", "feed.xml", "manifest.json", "sha256sums", "gallery"}
"""Names of the site's own, in small letters, which no edition can have."""

_AGAIN = "build it once more: `briefgen build {}`"


class _Manifest(CheckReport):
    """What is used of an edition's manifest; it may have been written by anybody."""

    slug: Slug
    inputs: dict[str, str]
    outputs: dict[FileName, File]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An edition that may be published, with the files that the site gets."""

    slug: str
    version: Version
    files: Mapping[str, bytes]


def candidate(
    folder: Path, site: Site, validate: Validate, read: Callable[[str], bytes]
) -> Made[Candidate]:
    """The edition in a folder, unless something speaks against publishing it.

    A PDF is validated and its picture taken once: not again when `site` has this version of the
    edition. `read` gives a file of the site by its path.
    Reports: PUB201 to PUB206, and what the validator finds.
    """
    out, slug = Collector(), folder.name
    try:
        content = (folder / MANIFEST).read_bytes()
        record = json.loads(content)
        told = _Manifest.model_validate(record)
        about = About.model_validate({k: v for k, v in record.items() if k in About.model_fields})
        for_site = as_json(for_readers(record))
    except (OSError, ValueError, RecursionError) as error:
        reason = _reason(error)
        message = f"`{slug}` is not published: its manifest cannot be used: {reason}"
        out.report("PUB201", message, help=_AGAIN.format(slug))
        return out.made(None)
    files = _files(folder, told, out)
    _check(slug, told, about, out)
    if out.findings:
        return out.made(None)
    digest = hashlib.sha256(content).hexdigest()
    known = site.edition(slug)
    before = known.versions if known else ()
    version = next((one for one in before if one.manifest == digest), None)
    if version is not None:
        carried = _carried(files[file_name(slug, "pdf")]) or {}
    else:
        carried = _look_into(slug, files[file_name(slug, "pdf")], record, validate, out)
        if out.findings:
            return out.made(None)
    files |= {name: carried[name] for name in (REPORT, SOURCES) if name in carried}
    files |= _picture(slug, version, files[file_name(slug, "pdf")], read)
    files[MANIFEST] = for_site
    version = Version(
        id=digest[:12],
        manifest=digest,
        about=about,
        files={name: described(files[name]) for name in sorted(files)},
    )
    return out.made(Candidate(slug, version, files))


def _picture(
    slug: str, known: Version | None, pdf: bytes, read: Callable[[str], bytes]
) -> dict[str, bytes]:
    """The picture of the first page; none of a version that was published without one."""
    if known is None:
        return {PICTURE: picture(pdf)}
    if PICTURE not in known.files:
        return {}
    with suppress(OSError):
        there = read(f"{slug}/{known.id}/{PICTURE}")
        if described(there) == known.files[PICTURE]:
            return {PICTURE: there}
    return {PICTURE: picture(pdf)}


def described(content: bytes) -> File:
    """The digest and the size of a content."""
    return File(sha256=hashlib.sha256(content).hexdigest(), bytes=len(content))


def _files(folder: Path, told: _Manifest, out: Collector) -> dict[str, bytes]:
    """The files that the manifest names, as they were written. Reports: PUB204, PUB205."""
    slug, files = folder.name, {}
    for name in ("html", "pdf"):
        if (wanted := file_name(slug, name)) not in told.outputs:
            message = f"`{slug}` is not published: its edition has no `{wanted}`"
            out.report("PUB205", message, help=_AGAIN.format(slug))
    for name, written in told.outputs.items():
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            message = f"`{slug}` is not published: `{name}` cannot be read: {_reason(error)}"
            out.report("PUB204", message, help=_AGAIN.format(slug))
            continue
        if described(files[name]) != written:
            message = f"`{slug}` is not published: `{name}` is not as it was written"
            out.report("PUB204", message, help=_AGAIN.format(slug))
    return files


def _check(slug: str, told: _Manifest, about: About, out: Collector) -> None:
    """What the manifest says against publishing. Reports: PUB201, PUB202, PUB203."""
    if told.slug != slug or slug in RESERVED:
        message = f"`{slug}` is not published: " + (
            f"its manifest is that of `{told.slug}`"
            if told.slug != slug
            else "a file of the site has this name"
        )
        out.report("PUB201", message, help="give it the name of its briefing; rename that one")
    if about.issuance == "draft":
        message = f"`{slug}` is not published: it is a draft"
        out.report(
            "PUB202", message, help="`issuance: issued` or `reconstruction` when it is ready"
        )
    if errors := [one.code for one in told.findings if one.severity is Severity.ERROR]:
        message = f"`{slug}` is not published: its build had errors: {', '.join(errors)}"
        out.report("PUB203", message, help=f"see `briefgen check {slug}`")


def _look_into(
    slug: str, pdf: bytes, record: dict[str, Any], validate: Validate, out: Collector
) -> dict[str, bytes]:
    """What the PDF carries, when it conforms and was made with this manifest.

    Reports: PUB204, PUB206, and what the validator finds.
    """
    carried = _carried(pdf)
    if carried is None or REPORT not in carried:
        message = f"`{slug}` is not published: its PDF carries no check report"
        out.report("PUB204", message, help=_AGAIN.format(slug))
        return {}
    made_with = for_readers({k: v for k, v in record.items() if k != "outputs"})
    if carried[REPORT] != as_json(made_with):
        message = f"`{slug}` is not published: manifest and check report of the PDF differ"
        out.report("PUB204", message, help=_AGAIN.format(slug))
    if found := validate(pdf):
        out.findings += found
        message = f"`{slug}` is not published: its PDF is not valid"
        out.report("PUB206", message, help=_AGAIN.format(slug))
    return carried


def _carried(pdf: bytes) -> dict[str, bytes] | None:
    try:
        return attached(pdf)
    except ValueError:
        return None


def _reason(error: OSError | ValueError | RecursionError) -> str:
    if isinstance(error, OSError):
        return (error.strerror or str(error)).lower()
    if isinstance(error, ValidationError):
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        return f"`{where}`: {first['msg'].lower()}"
    return "it is nested too deeply" if isinstance(error, RecursionError) else "it is not JSON"
