"""The front matter of every edition, without the rest of its files."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from briefgen.diagnostics.finding import Collector, has_errors
from briefgen.diagnostics.place import SourceMap
from briefgen.load.editions import FRONT, edition_folders
from briefgen.load.families import KEY
from briefgen.load.files import Folder
from briefgen.load.references import Known, check_references
from briefgen.load.reported import Reported
from briefgen.load.shared import brokerage_ids, load_brokerage, read_data, typed_record
from briefgen.model.briefing import Front
from briefgen.model.brokerage import Brokerage
from briefgen.model.marks import marked
from briefgen.model.workspace import ReferenceData, Templates

Headed = tuple[Front, Brokerage]
"""The front matter of an edition, and the brokerage that it names."""


def read_fronts(
    data: Folder, shared: ReferenceData, templates: Templates
) -> Iterator[tuple[str, Headed | None]]:
    """The names of all editions, in order, with what heads them; None where that has errors.

    Of names, those are looked up that are known without the tables and the exhibits.
    """
    folders = edition_folders(data)
    known: Known = {
        "source": shared.sources,
        "security": shared.securities,
        "brokerage": brokerage_ids(data),
        "language": templates.labels,
        "theme": templates.themes,
    }

    @cache
    def house(name: str) -> Brokerage | None:
        found = load_brokerage(data, name, SourceMap(), out := Collector())
        return None if has_errors(out.findings) else found

    for slug, folder in folders.items():
        front = _front(folder, known | {"briefing": folders.keys() - {slug}})
        brokerage = front and house(front.brokerage)
        yield slug, (front, brokerage) if front and brokerage else None


def _front(folder: Folder, known: Known) -> Front | None:
    out, places = Collector(), SourceMap()
    data = read_data(folder, FRONT, "front", places, out)
    if not isinstance(data, dict) or (KEY in data and folder.member is None):
        return None
    data.pop(KEY, None)
    front: Front | None = typed_record(Front, data, "front", places, out)
    check_references(marked(front, ("front",)), known, Reported(), places, out)
    return None if has_errors(out.findings) else front
