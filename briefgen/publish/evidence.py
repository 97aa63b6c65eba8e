"""`evidence.json`: every number of an edition, with what it rests on and where it is shown."""

from __future__ import annotations

import json
from typing import Any

from briefgen.model.briefing import Briefing
from briefgen.model.evidence import Entry, evidence
from briefgen.model.language import write
from briefgen.model.number import Number
from briefgen.model.showing import shown_in

NAME = "evidence.json"


def evidence_file(briefing: Briefing) -> bytes:
    """All entries of the evidence list as JSON; values are texts, so that no digit is lost."""
    listed, places = evidence(briefing), shown_in(briefing)
    sources = dict.fromkeys(name for e in listed.entries for name in _sources(e.number))
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
        "sources": _sources(number),
        "where": number.where,
        "as_of": _as_of(number),
        "printed": number.printed,
        "note": number.note,
        "shown_in": list(places.get(number.name, ())),
    }
    return {key: value for key, value in record.items() if value not in (None, [])}


def _sources(number: Number) -> list[str]:
    """The sources of a number and of what it was computed from."""
    read = (name for one in number.read for name in one.sources)
    return list(dict.fromkeys((*number.sources, *read)))


def _as_of(number: Number) -> str | list[str] | None:
    """When a number holds; of a derived one, the periods of its inputs, each once and sorted."""
    if not number.is_derived:
        return number.as_of
    return sorted({one.as_of for one in number.read if one.as_of})
