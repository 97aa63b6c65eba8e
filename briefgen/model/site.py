"""A site of editions: what its pages tell of each, and the state that its folder keeps."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime
from itertools import count
from typing import Annotated, Literal, Self

from pydantic import AwareDatetime, Field, model_validator

from briefgen.model.about import About
from briefgen.model.edition import file_name
from briefgen.model.value import Slug, Text, Value

FileName = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$")]
"""The name of a file, without a folder."""

Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class File(Value):
    """The digest and the size of a file."""

    sha256: Sha256
    bytes: Annotated[int, Field(ge=0)]


class Version(Value):
    """One state of an edition; its files never change."""

    id: Annotated[str, Field(pattern=r"^[0-9a-f]{12}$")]
    """The beginning of `manifest`."""
    manifest: Sha256
    """The digest of the manifest that the build wrote."""
    about: About
    files: dict[FileName, File]


class Listed(Value):
    """An edition on the site: its versions in the order in which they came."""

    slug: Slug
    current: str
    """The id of the version that the site shows."""
    versions: Annotated[tuple[Version, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """The version that is shown is one of them, and each has what pages lead to."""
        ids = [version.id for version in self.versions]
        if self.current not in ids or len(set(ids)) < len(ids):
            raise ValueError(f"`{self.slug}` has no version `{self.current}`, or one twice")
        needed = {file_name(self.slug, kind) for kind in ("html", "pdf")}
        for version in self.versions:
            if lost := needed - set(version.files):
                raise ValueError(f"`{self.slug}` has a version without `{min(lost)}`")
        return self

    @property
    def shown(self) -> Version:
        """The version that the site shows."""
        return next(version for version in self.versions if version.id == self.current)

    @property
    def earlier(self) -> tuple[Version, ...]:
        """The other versions, the last first."""
        return tuple(one for one in reversed(self.versions) if one.id != self.current)

    def with_version(self, version: Version) -> Listed:
        """The edition, with this version as the one that is shown."""
        known = tuple(one for one in self.versions if one.id != version.id)
        versions = self.versions if len(known) < len(self.versions) else (*known, version)
        return Listed(slug=self.slug, current=version.id, versions=versions)


class Withdrawn(Value):
    """A version of an edition that was taken back: its files are gone."""

    slug: Slug
    manifest: Sha256
    number: Annotated[int, Field(ge=1)]
    """Which version of its edition it was."""
    at: AwareDatetime
    reason: Text | None = None

    @property
    def id(self) -> str:
        """What the version was called."""
        return self.manifest[:12]

    @property
    def moment(self) -> str:
        """When it was withdrawn, to be read."""
        return f"{self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


class Site(Value):
    """The state of a site: `manifest.json` in its folder."""

    kind: Literal["briefgen site"]
    """Files of this name stand in other folders too: it says that this is one of a site."""
    editions: tuple[Listed, ...] = ()
    """By name."""
    withdrawn: tuple[Withdrawn, ...] = ()
    """In the order in which it was withdrawn."""
    feed: Text | None = None
    """What the ids of the feed follow from: they stay, whatever the site is called later."""

    def edition(self, slug: str) -> Listed | None:
        """The edition of that name."""
        return next((one for one in self.editions if one.slug == slug), None)

    def with_version(self, slug: str, version: Version) -> Site:
        """The site, with this version of an edition shown."""
        known = self.edition(slug)
        listed = (
            known.with_version(version)
            if known
            else Listed(slug=slug, current=version.id, versions=(version,))
        )
        others = (one for one in self.editions if one.slug != slug)
        editions = tuple(sorted((*others, listed), key=lambda one: one.slug))
        return self.model_copy(update={"editions": editions})

    def without(
        self, listed: Listed, ids: Collection[str], at: datetime, reason: str | None
    ) -> Site:
        """The site after versions of an edition were withdrawn; the last that is left is shown."""
        numbers = self.numbers(listed)
        gone = tuple(
            Withdrawn(
                slug=listed.slug, manifest=v.manifest, number=numbers[v.id], at=at, reason=reason
            )
            for v in listed.versions
            if v.id in ids
        )
        left = tuple(v for v in listed.versions if v.id not in ids)
        current = left[-1].id if left and listed.current in ids else listed.current
        kept = (Listed(slug=listed.slug, current=current, versions=left),) if left else ()
        others = (one for one in self.editions if one.slug != listed.slug)
        editions = tuple(sorted((*others, *kept), key=lambda one: one.slug))
        return self.model_copy(update={"editions": editions, "withdrawn": (*self.withdrawn, *gone)})

    def withdrawn_of(self, slug: str) -> tuple[Withdrawn, ...]:
        """What was withdrawn of an edition, the last version first."""
        found = (one for one in self.withdrawn if one.slug == slug)
        return tuple(sorted(found, key=lambda one: -one.number))

    def numbers(self, listed: Listed) -> dict[str, int]:
        """The number of each version by its id: those that were withdrawn keep theirs."""
        gone = {one.number for one in self.withdrawn if one.slug == listed.slug}
        free = (number for number in count(1) if number not in gone)
        return {version.id: number for version, number in zip(listed.versions, free, strict=False)}


class SiteTemplates(Value):
    """What a site's pages are made with: templates, style sheet, script, and words by language."""

    files: dict[str, str]
    shown: dict[str, str]
    """What findings call each file."""
    labels: dict[str, dict[str, str]]
