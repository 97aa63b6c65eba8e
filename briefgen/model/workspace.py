"""What all briefings of a workspace share."""

from __future__ import annotations

import json

from pydantic import Field

from briefgen.model.glossary import Glossary
from briefgen.model.job import Job
from briefgen.model.security import Security
from briefgen.model.source import MaxAge, Source
from briefgen.model.theme import Theme
from briefgen.model.unit import UnitName
from briefgen.model.value import Flag, Slug, Text, Url, Value

OF_EDITIONS = "editions"
"""What the part of the settings is called that editions are made from."""


class SiteSettings(Value):
    """How the site of editions is written."""

    language: Text = "zh-CN"
    """The language of its own words."""
    url: Url | None = None
    """Where it stands; its feed and previews of its links then have whole addresses."""
    gallery: Flag = True
    """Whether it has the gallery of all kinds of charts, tables and sections."""


class EditionSettings(Value):
    """What of the settings editions are made from, with the name that every workspace has."""

    name: Text
    """What the workspace is called."""
    names_with_digits: tuple[Text, ...] = ()
    """Names that hold digits and are no numbers: `GPT-4`, `沪深 300`."""
    max_source_age: MaxAge = {}
    """How many months old sources may be when a briefing is issued, by kind."""
    rixml_xsd: Text | None = None
    """The XSD of RIXML in a folder below `data/`, with the ones that it includes beside it. It may
    not be handed on, so a house puts its own copy there."""


class Settings(EditionSettings):
    """`workspace.yaml`."""

    ledger: Text | None = None
    """The file or the database that keeps the record of runs; `${NAME}` is taken from the
    environment. Without it, a file in `output/`."""
    cache_mb: int = Field(default=2000, ge=0)
    """How many megabytes builds leave in the cache."""
    jobs: dict[Slug, Job] = {}
    """What `briefgen schedule` does, and when, by name."""
    site: SiteSettings = SiteSettings()
    """The site that `briefgen publish` writes."""

    def of_editions(self) -> bytes:
        """What editions are made from as a file of settings: JSON, which is YAML, less defaults."""
        keys = set(EditionSettings.model_fields)
        told = self.model_dump(mode="json", include=keys, exclude_defaults=True)
        return f"{json.dumps(told, ensure_ascii=False, indent=1)}\n".encode()


class ReferenceData(Value):
    """The records that briefings refer to, by id, and the settings."""

    settings: Settings
    securities: dict[str, Security]
    sources: dict[str, Source]
    units: dict[str, UnitName]
    glossary: Glossary = {}


class Templates(Value):
    """Templates, style sheets, labels and themes, by path below `templates/`."""

    files: dict[str, str]
    shown: dict[str, str]
    """What findings call each file."""
    labels: dict[str, dict[str, str]]
    """The words of the templates, by language and name."""
    themes: dict[str, Theme]
    digests: dict[str, str]
    """SHA-256 of each file, by its name in findings."""
