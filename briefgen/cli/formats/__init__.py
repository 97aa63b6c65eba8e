"""What `briefgen check` found, for people and for other programs; `FORMATS` lists the forms."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from briefgen.pipeline import Checked

FORMATS = ("json", "sarif", "github", "junit")
"""The forms that are one document; `text` is written as it comes."""


def written(form: str, results: Mapping[str, Checked]) -> str:
    """The results, by briefing, in one of the forms."""
    from briefgen.cli.formats.github import github
    from briefgen.cli.formats.junit import junit
    from briefgen.cli.formats.records import records
    from briefgen.cli.formats.sarif import sarif

    writers = dict(zip(FORMATS, (records, sarif, github, junit), strict=True))
    return writers[form](results)
