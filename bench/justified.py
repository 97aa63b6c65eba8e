"""What justified Chinese costs: prints, as JSON, by how much longer a document is typeset with it.

Both kinds are typeset in turn in this process, several times; the least time of either counts, for
other work on the machine only ever adds.
"""

from __future__ import annotations

import argparse
import json
import time
from pathlib import Path

from briefgen import pipeline
from briefgen.cache.remember import Memory
from briefgen.compose.page import compose
from briefgen.diagnostics.finding import Collector
from briefgen.model.edition import Page
from briefgen.typeset.weasy import typeset
from briefgen.workspace import Workspace, open_workspace


def main() -> None:
    """Measure a briefing of the workspace that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("root", type=Path)
    parser.add_argument("slug")
    parser.add_argument("--turns", type=int, default=4)
    given = parser.parse_args()
    workspace = open_workspace(given.root).value
    assert workspace is not None
    justified = page_of(workspace, given.slug)
    ragged = justified.model_copy(
        update={"html": justified.html.replace("align: justify", "align: left")}
    )
    assert ragged != justified
    pairs = [(_seconds(ragged), _seconds(justified)) for _ in range(given.turns)]
    plain, spread = (min(found) for found in zip(*pairs, strict=True))
    print(json.dumps({"more": spread / plain - 1, "seconds": spread}))


def page_of(workspace: Workspace, slug: str) -> Page:
    """The page that the PDF of a briefing is typeset from."""
    loaded = pipeline.load(workspace, slug)
    briefing, report = loaded.made.value, pipeline.check(workspace, slug).report
    assert briefing is not None
    assert report is not None
    kit = workspace.kit
    theme = kit.templates.themes[briefing.front.theme]
    drawings = pipeline.drawings_of(briefing, theme, loaded.places, Memory(None, {}), Collector())
    page = compose(briefing, drawings, kit.templates, "print", report).value
    assert page is not None
    return page


def _seconds(page: Page) -> float:
    start = time.process_time()
    typeset(page)
    return time.process_time() - start


if __name__ == "__main__":
    main()
