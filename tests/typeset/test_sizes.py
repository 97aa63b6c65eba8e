"""Charts as they stand in the finished PDFs, and how large the files are."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from shipped import ROOT, SLUGS
from typeset.printed_figures import contents, drawn, images, printed

from briefgen import pipeline
from briefgen.model.edition import file_name
from briefgen.workspace import open_workspace

pytestmark = pytest.mark.slow

ROUNDING_MM = 0.2
SMALLEST_PT = 6.0
FONTS = {"Noto-Sans-CJK-SC", "Noto-Sans-CJK-SC-Bold"}
"""The faces of the theme's font for charts, as a PDF calls them."""
MOST_BYTES = 1_500_000
CHARTS = 20


@pytest.mark.parametrize("slug", SLUGS)
def test_charts_stand_as_they_were_drawn(
    slug: str, shipped: Callable[[str], pipeline.Checked], tell: Callable[[str], None]
) -> None:
    edition = shipped(slug).edition
    assert edition is not None
    pdf = edition.files[file_name(slug, "pdf")]
    charts = drawn(edition.files[file_name(slug, "html")].decode())
    figures = printed(pdf)
    assert len(figures) == len(charts) > 0
    assert images(pdf) == 0
    for chart, figure in zip(charts, figures, strict=True):
        assert figure.width_mm == pytest.approx(chart.width_mm, abs=ROUNDING_MM)
        assert figure.height_mm == pytest.approx(chart.height_mm, abs=ROUNDING_MM)
        assert figure.text == chart.text
        assert {glyph.font.rpartition("+")[2] for glyph in figure.glyphs} <= FONTS
        assert figure.beyond() <= 0
    smallest = min(glyph.size for figure in figures for glyph in figure.glyphs)
    assert smallest >= SMALLEST_PT
    pairs = list(zip(charts, figures, strict=True))
    wide = max(abs(chart.width_mm - figure.width_mm) for chart, figure in pairs)
    high = max(abs(chart.height_mm - figure.height_mm) for chart, figure in pairs)
    tell(
        f"{len(figures)} charts in the PDF of {slug}: vector, text as drawn, "
        f"{smallest:.1f} pt at least, off by {max(wide, high):.3f} mm at most"
    )


@pytest.mark.parametrize("slug", SLUGS)
def test_files_are_in_proportion(
    slug: str, shipped: Callable[[str], pipeline.Checked], tell: Callable[[str], None]
) -> None:
    edition = shipped(slug).edition
    assert edition is not None
    for name in ("pdf", "plain"):
        content = edition.files[file_name(slug, name)]
        assert len(content) <= MOST_BYTES
        tell(_size(file_name(slug, name), content, edition.pages or 0))


def test_thirty_pages_with_twenty_charts(tmp_path: Path, tell: Callable[[str], None]) -> None:
    slug = "guosen-media-aigc-2024-06"
    _with_more_charts(tmp_path, slug)
    workspace = open_workspace(tmp_path).value
    assert workspace is not None
    began = time.process_time()
    checked = pipeline.rehearse(workspace, slug, ("html", "pdf"))
    seconds = time.process_time() - began
    assert checked.edition is not None, checked.findings
    pdf, pages = checked.edition.files[file_name(slug, "pdf")], checked.edition.pages or 0
    tell(_size(f"{pages} pages with {CHARTS} charts", pdf, pages))
    tell(f"{pages} pages with {CHARTS} charts: {seconds / pages:.2f} s a page, in all stages")
    assert len(printed(pdf)) == CHARTS
    assert pages >= 30
    assert len(pdf) <= MOST_BYTES


def _with_more_charts(root: Path, slug: str) -> None:
    """A desk with one briefing, whose charts stand in it more than once."""
    others = {path.name for path in (ROOT / "data" / "briefings").iterdir()} - {slug}
    shutil.copytree(ROOT / "data", root / "data", ignore=lambda *_: others)
    folder = root / "data" / "briefings" / slug
    file = folder / "exhibits.yaml"
    charts = re.findall(
        r"(?ms)^([\w-]+):\n(  caption(?:(?!^\S).)*?^  chart:(?:(?!^\S).)*)", file.read_text("utf-8")
    )
    again = {f"{name}-again": exhibit for name, exhibit in charts[: CHARTS - len(charts)]}
    with file.open("a", encoding="utf-8") as out:
        out.write("".join(f"{name}:\n{exhibit}" for name, exhibit in again.items()))
    with (folder / "market.md").open("a", encoding="utf-8") as out:
        for name in again:
            out.write(f"\n再看[](#{name})。\n\n:::{{figure}} {name}\n:::\n")


def _size(name: str, content: bytes, pages: int) -> str:
    parts = ", ".join(f"{what} {size / 1000:.0f}" for what, size in contents(content).items())
    total = len(content) / 1000
    return f"{name}: {total:.0f} kB, {total / pages:.0f} kB a page ({parts})"
