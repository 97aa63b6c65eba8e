"""What a batch built, onto a site: editions that it did not build are refused."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from briefgen.diagnostics.finding import Collector, Made, Severity
from briefgen.diagnostics.suggest import did_you_mean
from briefgen.engine.outcome import Outcome
from briefgen.workspace import Workspace, bundled_templates, cache_folder

if TYPE_CHECKING:
    from briefgen.model.site import Withdrawn
    from briefgen.publish.site.builder import Publication
    from briefgen.publish.site.setting import Setting


def publish_outcomes(
    workspace: Workspace, outcomes: Iterable[Outcome], to: Path
) -> Made[Publication]:
    """Put what a batch built, or found unchanged, on the site in the folder `to`.

    The value is None when the site could not be written; it is as it was then.
    Reports: LOD1xx and CMP1xx for templates of the site, PUB2xx, SET201, SET202, and warnings of
    the gallery.
    """
    from briefgen.publish.site.builder import publish_site
    from briefgen.typeset.conformance import validate

    out, done = Collector(), list(outcomes)
    setting = _setting(workspace, to, out)
    if setting is None:
        return out.made(None)
    left_out = [one.slug for one in done if one.folder is None]
    for slug in left_out:
        message = f"`{slug}` is not published: it was not built"
        out.report("PUB203", message, help=f"`briefgen build {slug}` says why")
    folders = [one.folder for one in done if one.folder is not None]
    made = publish_site(folders, to, setting, validate)
    published = made.value and made.value.without(left_out)
    return Made(published, (*out.findings, *made.findings))


def withdraw_from(
    workspace: Workspace, wanted: str, to: Path, at: datetime, reason: str | None
) -> Made[tuple[Withdrawn, ...]]:
    """Take an edition, or `SLUG@VERSION`, off the site in the folder `to`; what was withdrawn.

    Reports: as `publish_outcomes`, and PUB216.
    """
    from briefgen.publish.site.builder import withdraw

    out = Collector()
    setting = _setting(workspace, to, out)
    if setting is None:
        return out.made(None)
    made = withdraw(wanted, to, setting, at, reason)
    return Made(made.value, (*out.findings, *made.findings))


def _setting(workspace: Workspace, to: Path, out: Collector) -> Setting | None:
    """What the site of a workspace is made with. Reports: LOD1xx, PUB214; later, of the gallery."""
    from briefgen.load.site_templates import load_site_templates
    from briefgen.publish.site.setting import Setting

    bundled, own = bundled_templates(), workspace.root / "templates"
    is_own = own.is_dir() and own.resolve() != bundled.resolve()
    templates = load_site_templates(bundled, own if is_own else None)
    out.findings += templates.findings
    if templates.value is None:
        return None
    settings = workspace.shared.data.settings
    language, url = settings.site.language, settings.site.url
    if language not in templates.value.labels:
        near = did_you_mean(language, templates.value.labels)
        out.report("PUB214", f"the site has no words in `{language}`", help=near)
        return None
    return Setting(
        name=settings.name,
        language=language,
        url=url and url.rstrip("/") + "/",
        templates=templates.value,
        words=workspace.templates.labels,
        gallery=partial(_gallery, workspace, to, out),
    )


def _gallery(workspace: Workspace, to: Path, out: Collector) -> Mapping[str, str]:
    """The pages of the gallery, none where it is not wanted; those that are there if it fails."""
    from briefgen.gallery.make import gallery
    from briefgen.publish.site import sums

    wanted = workspace.shared.data.settings.site
    if not wanted.gallery:
        return {}
    made = gallery(workspace, cache_folder(workspace.root), wanted.language)
    out.findings += (replace(one, severity=Severity.WARNING) for one in made.findings)
    if made.value:
        return made.value.pages
    there = {to / name for name in sums.pages_of(to) if name.startswith("gallery/")}
    return {file.name: file.read_text("utf-8") for file in sorted(there) if file.is_file()}
