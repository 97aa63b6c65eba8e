"""Every shipped PDF is set in the theme's fonts, and every character has a glyph."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from shipped import SLUGS, opened

from briefgen import pipeline
from briefgen.model.verdict import Outcome
from briefgen.readback.paper import read_pdf
from briefgen.toolchain.fonts import WEIGHTS, characters

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("slug", SLUGS)
def test_fonts_and_glyphs(
    slug: str, shipped: Callable[[str], pipeline.Checked], tell: Callable[[str], None]
) -> None:
    checked = shipped(slug)
    assert checked.edition is not None, checked.findings
    assert checked.report is not None
    outcomes = {v.code: v.outcome for v in checked.report.verdicts}
    assert (outcomes["CHK801"], outcomes["CHK802"]) == (Outcome.PASS, Outcome.PASS)
    fonts = opened().templates.themes["classic"].fonts
    names = {family.replace(" ", "-") + style for family in fonts.families for style in _STYLES}
    shown = frozenset.intersection(*(characters(fonts.sans, weight) for weight in WEIGHTS))
    for file in (name for name in checked.edition.files if name.endswith(".pdf")):
        pages, _, _, printed = read_pdf(checked.edition.files[file])
        used = {font.name for font in printed}
        text = {char for page in pages for char in page if not char.isspace()}
        missing = {char for char in text if ord(char) not in shown}
        tell(
            f"{file}: {len(text)} different characters, {len(missing)} without a glyph; "
            f"{len(used)} fonts, {len(used - names)} not of the theme"
        )
        assert used <= names
        assert missing == set()


_STYLES = ("", "-Bold", "-Oblique", "-Bold-Oblique")


@pytest.mark.parametrize("slug", SLUGS)
def test_the_manifest_names_every_face(
    slug: str, shipped: Callable[[str], pipeline.Checked]
) -> None:
    edition = shipped(slug).edition
    assert edition is not None
    faces = json.loads(edition.files["manifest.json"])["fonts"]
    fonts = opened().templates.themes["classic"].fonts
    wanted = [(family, weight) for family in fonts.families for weight in WEIGHTS]
    assert [(face["family"], face["weight"]) for face in faces] == wanted
    assert all(face["is_pinned"] for face in faces)
