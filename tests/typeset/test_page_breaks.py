"""The pages of every shipped edition, measured: edges, marks, page ends, how full pages are."""

import pytest
from shipped import SLUGS, opened
from typeset.measured import measure

RAGGED_PT = 0.7
FILLED, LAST_FILLED = 0.35, 0.12


@pytest.mark.slow
@pytest.mark.parametrize("slug", SLUGS)
def test_pages_are_set_well(slug: str, shipped, composed, tell) -> None:
    edition = shipped(slug).edition
    assert edition is not None
    page = composed(slug)
    size = opened().templates.themes["classic"].page
    measured = measure(edition.files[f"{slug}.pdf"])

    edges = sorted(by for by, _ in measured.raggedness(page.html, size))
    worst, most = edges[-1], edges[int(0.95 * len(edges))]
    fill = measured.filled(size)
    tell(
        f"{slug}: {len(edges)} full lines, ragged by {worst:.2f} pt at most (95 %: {most:.2f} pt); "
        f"{len(measured.astray())} marks astray; {len(fill)} pages, the emptiest {min(fill):.0%}, "
        f"the last {fill[-1]:.0%} full"
    )
    assert worst <= RAGGED_PT
    assert measured.astray() == []
    assert measured.lonely() == []
    assert measured.forsaken() == []
    assert measured.torn() == []
    assert min(fill[:-1]) >= FILLED
    assert fill[-1] >= LAST_FILLED

    written = {paragraph.text for paragraph in measured.paragraphs}
    missing = [text for text in measured.wanted(page.html) if text not in written]
    assert missing == []
