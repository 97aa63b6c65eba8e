"""The pages of every shipped edition, measured: edges, marks, page ends, how full pages are."""

import time

import pytest
from shipped import SLUGS, opened
from typeset.measured import measure

from briefgen.typeset import weasy

RAGGED_PT = 0.7
FILLED, LAST_FILLED = 0.35, 0.12
SHORT = "tfzq-kimi-2024-03-25"


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


@pytest.mark.slow
def test_justification_costs_little(composed, tell) -> None:
    page = composed(SHORT)
    ragged = page.model_copy(update={"html": page.html.replace("align: justify", "align: left")})
    assert ragged != page
    seconds: dict[str, list[float]] = {"ragged": [], "justified": []}
    more = 1.0
    for turn in range(12):  # the least time of either; the machine is not ours alone
        for kind, one in (("ragged", ragged), ("justified", page)):
            start = time.process_time()
            weasy.typeset(one)
            seconds[kind].append(time.process_time() - start)
        plain, justified = (min(found) for found in seconds.values())
        more = justified / plain - 1
        if turn and more <= 0.08:
            break
    tell(f"justification of {SHORT}: {more:+.1%} time ({plain:.2f} s, {justified:.2f} s)")
    assert more <= 0.08
