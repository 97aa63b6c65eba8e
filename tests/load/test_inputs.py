"""What counts as read: of the settings, only what editions are made from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from briefgen import pipeline
from briefgen.load.briefings import Loaded
from briefgen.workspace import open_workspace

if TYPE_CHECKING:
    from tests.conftest import Desk

SETTINGS = "data/workspace.yaml"
PART = f"{SETTINGS}#editions"


def load(desk: Desk) -> Loaded:
    opened = open_workspace(desk.root)
    assert opened.value is not None, opened.findings
    return pipeline.load(opened.value, desk.slug)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('at: "07:30"', 'at: "07:45"'),
        ("jobs:", "cache_mb: 7\nsite: {language: en}\nledger: runs.db\nrixml_xsd: null\njobs:"),
        ("names_with_digits:", "# comment\nnames_with_digits:"),
        ("  - GPT-4 Turbo\n", '  - "GPT-4 Turbo"\n'),
    ],
)
def test_settings_that_no_edition_reads_are_no_input(desk: Desk, old: str, new: str) -> None:
    before = load(desk)
    desk.edit(SETTINGS, old, new)
    after = load(desk)
    assert after.files[SETTINGS] != before.files[SETTINGS]
    assert (after.reads, after.contents, after.made) == (before.reads, before.contents, before.made)
    assert SETTINGS not in after.reads


@pytest.mark.parametrize(
    ("old", "new"),
    [("report: 18", "report: 17"), ("  - GPT-4\n", "  - GPT-4\n  - GPT-5\n")],
)
def test_settings_that_editions_read_are_an_input(desk: Desk, old: str, new: str) -> None:
    before = load(desk)
    desk.edit(SETTINGS, old, new)
    assert load(desk).reads[PART] != before.reads[PART]


def test_what_was_read_of_the_settings_is_a_file_of_settings(desk: Desk) -> None:
    before = load(desk)
    desk.write(SETTINGS, before.contents[PART])
    after = load(desk)
    assert (after.reads, after.made.value) == (before.reads, before.made.value)
    assert after.files[SETTINGS] == after.reads[PART]
