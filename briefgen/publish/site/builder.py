"""Publishes editions to a folder that is a site, or withdraws them from it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from jinja2 import TemplateError
from pydantic import ValidationError

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.model.site import Site, Withdrawn
from briefgen.publish.manifest import NAME as MANIFEST
from briefgen.publish.manifest import as_json
from briefgen.publish.site import sums
from briefgen.publish.site.candidates import Validate, candidate, described
from briefgen.publish.site.feed import NAME as FEED
from briefgen.publish.site.feed import feed
from briefgen.publish.site.pages import pages
from briefgen.publish.site.setting import Setting, straight
from briefgen.publish.site.staging import LinkError, Staging, alone

STATE = "manifest.json"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Publication:
    """What became of each edition, by name."""

    added: tuple[str, ...]
    """The site shows a version of it that it did not show before."""
    unchanged: tuple[str, ...]
    refused: tuple[str, ...]
    editions: int
    """How many the site has now."""

    def without(self, slugs: Iterable[str]) -> Publication:
        """The same, with editions that were refused before they came here."""
        return replace(self, refused=(*slugs, *self.refused))


def publish_site(
    folders: Iterable[Path], to: Path, setting: Setting, validate: Validate
) -> Made[Publication]:
    """Put editions on the site in the folder `to`; those that must not be there are refused.

    Versions of editions are never changed. All files are written out before the first comes to its
    place: versions, pages, feed, state, the list of all editions; then goes what an earlier
    publication wrote and this one does not, and the sums come last. When that fails, what stood
    there is put back; the value is None, and the site as it was.
    Reports: PUB201 to PUB215, PUB217, CMP101 to CMP104 for templates.
    """
    return _on_site(to, lambda out: _published(folders, to, setting, validate, out))


def withdraw(
    wanted: str, to: Path, setting: Setting, at: datetime, reason: str | None
) -> Made[tuple[Withdrawn, ...]]:
    """Take an edition, or one version of it (`SLUG@VERSION`), off the site in the folder `to`.

    Its files go, in the way in which `publish_site` writes others. Nothing happens to what was
    withdrawn before.
    Reports: PUB211 to PUB213, PUB215, PUB216, CMP101 to CMP104 for templates.
    """
    return _on_site(to, lambda out: _withdrawn(wanted, to, setting, at, reason, out))


def _on_site(to: Path, work: Callable[[Collector], T | None]) -> Made[T]:
    """What is done to a site while nobody else does anything. Reports: PUB211, PUB212, PUB213."""
    out = Collector()
    try:
        is_new = not to.exists()
        to.mkdir(parents=True, exist_ok=True)
        try:
            with alone(to):
                done = work(out)
        finally:
            if is_new and not any(to.iterdir()):
                to.rmdir()
    except BlockingIOError:
        message = f"another publication to `{to}` is under way"
        out.report("PUB213", message, help="try again when it is over")
        return Made(None, tuple(out.findings))
    except LinkError as error:
        out.report("PUB212", f"the site is not written: {error}", help="put a folder in its place")
        return Made(None, tuple(out.findings))
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"the site in `{to}` cannot be written: {reason}"
        out.report("PUB211", message, help="the site is as it was")
        return Made(None, tuple(out.findings))
    return Made(done, tuple(out.findings))


def _published(
    folders: Iterable[Path], to: Path, setting: Setting, validate: Validate, out: Collector
) -> Publication | None:
    before = _state(to, setting, out)
    if before is None:
        return None
    site = before
    added: list[str] = []
    unchanged: list[str] = []
    refused: list[str] = []
    with Staging(to) as staged:
        if not (to / STATE).exists():
            staged.add(STATE, _as_json(before))
        for folder in folders:
            if gone := _withdrawal(folder, site):
                message = f"`{gone.slug}` is not published: it was withdrawn on {gone.moment}"
                mend = f"mend and build `{gone.slug}` anew"
                out.report("PUB217", message, help=mend, severity=Severity.WARNING)
                continue
            made = candidate(folder, site, validate, staged.read)
            out.findings += made.findings
            if made.value is None:
                refused.append(folder.name)
                continue
            slug, version = made.value.slug, made.value.version
            for name, content in made.value.files.items():
                staged.add(f"{slug}/{version.id}/{name}", content)
            known = site.edition(slug)
            is_shown = known is not None and known.current == version.id
            (unchanged if is_shown else added).append(slug)
            site = site.with_version(slug, version)
        _check_kept(site, staged, out)
        published = Publication(tuple(added), tuple(unchanged), tuple(refused), len(site.editions))
        if not site.editions and not site.withdrawn:
            return published
        if not _stage_pages(site, to, setting, staged, out):
            return None
        staged.commit()
    return published


def _withdrawal(folder: Path, site: Site) -> Withdrawn | None:
    """What the site says of the edition in a folder, when that version was withdrawn."""
    gone = site.withdrawn_of(folder.name)
    with suppress(OSError):
        digest = hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()
        return next((one for one in gone if one.manifest == digest), None)
    return None


def _withdrawn(
    wanted: str, to: Path, setting: Setting, at: datetime, reason: str | None, out: Collector
) -> tuple[Withdrawn, ...] | None:
    before = _state(to, setting, out)
    if before is None:
        return None
    slug, at_sign, asked = wanted.partition("@")
    known, gone = before.edition(slug), before.withdrawn_of(slug)
    ids = {version.id for version in known.versions} if known else set()
    if known is None and not gone:
        slugs = [one.slug for one in before.editions]
        message = f"the site in `{to}` has no edition `{slug}`"
        out.report("PUB216", message, help=did_you_mean(slug, slugs))
        return None
    if at_sign and asked not in {*ids, *(one.id for one in gone)}:
        message = f"`{slug}` on the site has no version `{asked}`"
        out.report("PUB216", message, help=did_you_mean(asked, ids))
        return None
    why = straight(reason).strip() if reason else None
    site = before.without(known, {asked} if asked else ids, at, why or None) if known else before
    with Staging(to) as staged:
        _check_kept(site, staged, out)
        if not _stage_pages(site, to, setting, staged, out, keeps_damaged=True):
            return None
        staged.commit()
    return site.withdrawn[len(before.withdrawn) :]


def _check_kept(site: Site, staged: Staging, out: Collector) -> None:
    """Whether the files of all versions are as they were published. Reports: PUB215."""
    for one in site.editions:
        for version in one.versions:
            for name, file in version.files.items():
                path = f"{one.slug}/{version.id}/{name}"
                try:
                    what = "" if described(staged.read(path)) == file else "not as it was published"
                except FileNotFoundError:
                    what = "missing"
                if not what:
                    continue
                mend = (
                    f"publish `{one.slug}` once more"
                    if version.id == one.current
                    else "no command makes an earlier version again: put it back from a copy"
                )
                message = f"`{path}` on the site is {what}"
                out.report("PUB215", message, help=mend, severity=Severity.WARNING)


def _stage_pages(
    site: Site,
    to: Path,
    setting: Setting,
    staged: Staging,
    out: Collector,
    *,
    keeps_damaged: bool = False,
) -> bool:
    """The files that are written anew each time; whether they could be made.

    With `keeps_damaged`, the page of an edition whose files are damaged stays as it is.
    Reports: PUB212.
    """
    digests = {
        f"{one.slug}/{version.id}/{name}": file.sha256
        for one in site.editions
        for version in one.versions
        for name, file in version.files.items()
    }
    try:
        *of_editions, index = pages(site, setting, staged.read, keeps_damaged=keeps_damaged)
    except (ValidationError, FileNotFoundError) as error:
        message = f"the site is damaged: a check report cannot be read: {error}"
        out.report("PUB212", message, help="publish that edition once more")
        return False
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
        if (found := setting.trouble(error)) is None:
            raise
        out.findings.append(found)
        return False
    written = [*of_editions, (FEED, feed(site, setting)), (STATE, _as_json(site))]
    for name, content in written:
        staged.add(name, content)
    staged.add(*index)
    digests |= {name: described(content).sha256 for name, content in (*written, index)}
    for name in _outdated(site, to) - digests.keys():
        staged.remove(name)
    staged.add(sums.NAME, sums.written(digests))
    return True


def _outdated(site: Site, to: Path) -> set[str]:
    """What an earlier publication wrote anew, and the files of versions that were withdrawn."""
    folders = (to / one.slug / one.id for one in site.withdrawn)
    files = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return sums.pages_of(to) | {path.relative_to(to).as_posix() for path in files}


def _state(to: Path, setting: Setting, out: Collector) -> Site | None:
    """The site in a folder; an empty one in an empty folder. Reports: PUB212."""
    mend = "name an empty folder, or one that `briefgen publish` made"
    try:
        found = Site.model_validate_json((to / STATE).read_bytes())
    except FileNotFoundError:
        if any(not one.name.startswith(".") for one in to.iterdir()):
            out.report("PUB212", f"`{to}` holds other files and is no site", help=mend)
            return None
        found = Site(kind="briefgen site")
    except ValidationError:
        out.report("PUB212", f"`{to / STATE}` is not the state of a site", help=mend)
        return None
    base = setting.name if found.editions else setting.url or setting.name
    return found.model_copy(update={"feed": found.feed or base})


def _as_json(site: Site) -> bytes:
    return as_json(site.model_dump(mode="json", exclude_none=True))
