"""What `briefgen check` found, for people and for other programs; `FORMATS` lists the forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from briefgen.cli.formats.github import github
from briefgen.cli.formats.junit import junit
from briefgen.cli.formats.records import records
from briefgen.cli.formats.sarif import sarif
from briefgen.pipeline import Checked

FORMATS: dict[str, Callable[[Mapping[str, Checked]], str]] = {
    "json": records,
    "sarif": sarif,
    "github": github,
    "junit": junit,
}
"""Each writes the results, by briefing, as one document; `text` is written as it comes."""
