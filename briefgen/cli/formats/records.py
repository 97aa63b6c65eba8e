"""Findings and verdicts as JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping

from briefgen.diagnostics.export import as_records
from briefgen.pipeline import Checked


def records(results: Mapping[str, Checked]) -> str:
    """By briefing: `findings`, and `verdicts` with an entry per rule."""
    found = {
        slug: {
            "findings": as_records(checked.findings),
            "verdicts": [
                verdict.model_dump(mode="json")
                for verdict in (checked.report.verdicts if checked.report else ())
            ],
        }
        for slug, checked in results.items()
    }
    return json.dumps(found, ensure_ascii=False, indent=1)
