"""The record of a build, and `manifest.json`: what an edition was made from and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import Finding
from briefgen.model.briefing import Briefing
from briefgen.model.theme import UsedFace
from briefgen.model.verdict import Report

NAME = "manifest.json"


def build_record(
    briefing: Briefing,
    *,
    formats: Iterable[str],
    counts: Mapping[str, int | None],
    inputs: Mapping[str, str],
    fonts: Iterable[UsedFace],
    versions: Mapping[str, str],
    findings: Iterable[Finding],
    report: Report,
) -> dict[str, Any]:
    """What an edition was made from, by what, and what the checks said of it.

    It holds no time and no path of the machine. Shape: `inputs` maps names to SHA-256; `findings`
    are those of all stages, `report` is that of the rules.
    """
    return {
        "slug": briefing.slug,
        "title": briefing.front.title,
        "brokerage": briefing.brokerage.legal_name,
        "sector": briefing.front.sector,
        "date": briefing.front.date,
        "language": briefing.front.language,
        "issuance": briefing.front.issuance,
        **counts,
        "formats": list(formats),
        "inputs": dict(sorted(inputs.items())),
        "fonts": [face.model_dump() for face in fonts],
        "versions": dict(versions),
        "findings": as_records(findings),
        "check": _check(report),
    }


def manifest(record: Mapping[str, Any], outputs: Mapping[str, bytes]) -> bytes:
    """The manifest as JSON: the record of the build, and a digest of every file."""
    made = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in sorted(outputs.items())
    }
    return as_json({**record, "outputs": made})


def as_json(record: Mapping[str, Any]) -> bytes:
    """A record as a JSON file."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _check(report: Report) -> dict[str, Any]:
    parts = {"digest", "scope", "verdicts", "waivers", "attestations"}
    record = report.model_dump(mode="json", include=parts, exclude_none=True)
    return {**record, "findings": as_records(report.findings)}
