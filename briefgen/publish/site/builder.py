"""Publishes editions to a folder that is a site; what was published before stays there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from jinja2 import TemplateError
from pydantic import ValidationError

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.model.site import Site
from briefgen.publish.manifest import as_json
from briefgen.publish.site.candidates import Validate, candidate, described
from briefgen.publish.site.feed import NAME as FEED
from briefgen.publish.site.feed import feed
from briefgen.publish.site.pages import pages
from briefgen.publish.site.setting import Setting
from briefgen.publish.site.staging import LinkError, Staging, alone

STATE, SUMS = "manifest.json", "SHA256SUMS"


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

    Versions of editions are never changed or removed. All files are written out before the first
    comes to its place: versions, pages, feed, state and sums, the list of all editions last. When
    that fails, what stood there is put back; the value is None, and the site as it was.
    Reports: PUB201 to PUB215, CMP101 to CMP104 for templates.
    """
    out = Collector()
    try:
        is_new = not to.exists()
        to.mkdir(parents=True, exist_ok=True)
        try:
            with alone(to):
                published = _published(folders, to, setting, validate, out)
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
    return Made(published, tuple(out.findings))


def _published(
    folders: Iterable[Path], to: Path, setting: Setting, validate: Validate, out: Collector
) -> Publication | None:
    before = _state(to, out)
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
        if not site.editions:
            return published
        if not _stage_pages(site, setting, staged, out):
            return None
        staged.commit()
    return published


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


def _stage_pages(site: Site, setting: Setting, staged: Staging, out: Collector) -> bool:
    """The files that are written anew each time; whether they could be made. Reports: PUB212."""
    sums = {
        f"{one.slug}/{version.id}/{name}": file.sha256
        for one in site.editions
        for version in one.versions
        for name, file in version.files.items()
    }
    try:
        *of_editions, index = pages(site, setting, staged.read)
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
    sums |= {name: described(content).sha256 for name, content in (*written, index)}
    lines = "".join(f"{digest}  {name}\n" for name, digest in sorted(sums.items()))
    staged.add(SUMS, lines.encode())
    staged.add(*index)
    return True


def _state(to: Path, out: Collector) -> Site | None:
    """The site in a folder; an empty one in an empty folder. Reports: PUB212."""
    mend = "name an empty folder, or one that `briefgen publish` made"
    try:
        return Site.model_validate_json((to / STATE).read_bytes())
    except FileNotFoundError:
        if not any(not one.name.startswith(".") for one in to.iterdir()):
            return Site(kind="briefgen site")
        out.report("PUB212", f"`{to}` holds other files and is no site", help=mend)
    except ValidationError:
        out.report("PUB212", f"`{to / STATE}` is not the state of a site", help=mend)
    return None


def _as_json(site: Site) -> bytes:
    return as_json(site.model_dump(mode="json", exclude_none=True))
