"""Reads `data/holidays.yaml`, which corrects the calendars of exchanges."""

from __future__ import annotations

from collections.abc import Collection

from briefgen.diagnostics.finding import Collector
from briefgen.diagnostics.place import SourceMap
from briefgen.load.files import Folder
from briefgen.load.references import check_references
from briefgen.load.reported import Reported
from briefgen.load.shared import read_record
from briefgen.model.holidays import Holidays
from briefgen.model.marks import marked

HOLIDAYS = "holidays.yaml"


def load_holidays(
    data: Folder, sources: Collection[str], places: SourceMap, out: Collector
) -> Holidays:
    """The exceptions by exchange; none without the file, and none after findings.

    Reports: LOD1xx, LOD201.
    """
    if not data.has(HOLIDAYS):
        return {}
    found: Holidays = read_record(data, HOLIDAYS, Holidays, "holidays", places, out) or {}
    names = marked(found, ("holidays",))
    check_references(names, {"source": sources}, Reported(), places, out)
    return found
