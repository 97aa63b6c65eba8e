"""The pages of every shipped edition, measured: edges, marks, page ends, how full pages are."""

import time
from collections.abc import Callable

import pytest

from briefgen import pipeline
from briefgen.model.edition import Page, Pdf
from briefgen.typeset import weasy
from briefgen.workspace import Workspace, open_workspace
from tests.conftest import REPOSITORY
from tests.typeset.measured import measure

RAGGED_PT = 0.7
FILLED, LAST_FILLED = 0.35, 0.12
SHORT = "tfzq-kimi-2024-03-25"


def opened() -> Workspace:
    made = open_workspace(REPOSITORY)
    assert made.value is not None
    return made.value


class _Typeset(Exception):  # noqa: N818
    """The edition has come as far as is wanted here."""


def typeset(slug: str, monkeypatch: pytest.MonkeyPatch) -> tuple[Page, Pdf]:
    """A shipped edition's page and its PDF, straight from typesetting."""
    plain: Callable = pipeline.typeset
    caught = []

    def catch(page: Page, *others: object) -> None:
        made = plain(page, *others)
        assert made.value is not None
        caught.append((page, made.value))
        raise _Typeset

    monkeypatch.setattr(pipeline, "typeset", catch)
    with pytest.raises(_Typeset):
        pipeline.rehearse(opened(), slug, ("pdf",))
    return caught[0]


@pytest.mark.slow
@pytest.mark.parametrize("slug", opened().slugs())
def test_pages_are_set_well(slug: str, monkeypatch, tell) -> None:
    page, pdf = typeset(slug, monkeypatch)
    size = opened().templates.themes["classic"].page
    measured = measure(pdf.content)

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
def test_justification_costs_little(monkeypatch, tell) -> None:
    page, _ = typeset(SHORT, monkeypatch)
    ragged = page.model_copy(update={"html": page.html.replace("align: justify", "align: left")})
    assert ragged != page
    seconds: dict[str, list[float]] = {"ragged": [], "justified": []}
    for _ in range(5):
        for kind, one in (("ragged", ragged), ("justified", page)):
            start = time.process_time()
            weasy.typeset(one)
            seconds[kind].append(time.process_time() - start)
    plain, justified = (min(found) for found in seconds.values())
    more = justified / plain - 1
    tell(f"justification of {SHORT}: {more:+.1%} time ({plain:.2f} s, {justified:.2f} s)")
    assert more <= 0.08
