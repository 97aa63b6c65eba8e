"""`evidence.json`: every number of an edition, with what it rests on and where it is shown."""

from __future__ import annotations

import json
from typing import Any

from briefgen.model.briefing import Briefing
from briefgen.model.evidence import Entry, evidence
from briefgen.model.language import write
from briefgen.model.showing import shown_in

NAME = "evidence.json"


def evidence_file(briefing: Briefing) -> bytes:
    """All entries of the evidence list as JSON; values are texts, so that no digit is lost."""
    listed, places = evidence(briefing), shown_in(briefing)
    sources = dict.fromkeys(name for e in listed.entries for name in e.number.sources)
    record = {
        "slug": briefing.slug,
        "date": briefing.front.date,
        "numbers": [_number(entry, briefing, places) for entry in listed.entries],
        "sources": {
            name: briefing.sources[name].model_dump(mode="json", exclude_none=True)
            for name in sources
        },
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _number(entry: Entry, briefing: Briefing, places: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    number = entry.number
    file, _, at = (number.origin or "").partition("#")
    record: dict[str, Any] = {
        "id": number.name,
        "label": entry.label,
        "value": f"{number.value:f}",
        "unit": str(number.unit),
        "written": write(entry.shown, briefing.language, briefing.units),
        "formula": number.formula,
        "inputs": [one.name for one in number.inputs],
        "file": file or None,
        "row": at or None,
        "sources": list(number.sources),
        "where": number.where,
        "as_of": number.as_of,
        "printed": number.printed,
        "note": number.note,
        "shown_in": list(places.get(number.name, ())),
    }
    return {key: value for key, value in record.items() if value not in (None, [])}
