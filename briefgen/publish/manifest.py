"""The record of a build, and `manifest.json`: what an edition was made from and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import Finding
from briefgen.model.about import about
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
        **about(briefing, counts).model_dump(mode="json"),
        "formats": list(formats),
        "inputs": dict(sorted(inputs.items())),
        "fonts": [face.model_dump() for face in fonts],
        "versions": dict(versions),
        "findings": _records(findings, inputs),
        "check": _check(report, inputs),
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


def _records(findings: Iterable[Finding], inputs: Mapping[str, str]) -> list[dict[str, Any]]:
    """Findings as records.

    Of a table of which only a part was read they have no line: rows that were not read may move it.
    """
    parts = {name.partition("#")[0] for name in inputs} - inputs.keys()
    records = as_records(findings)
    for record in records:
        if record["place"] and record["place"]["file"] in parts:
            record["place"] = {"file": record["place"]["file"]}
    return records


def _check(report: Report, inputs: Mapping[str, str]) -> dict[str, Any]:
    parts = {"digest", "scope", "verdicts", "waivers", "attestations"}
    record = report.model_dump(mode="json", include=parts, exclude_none=True)
    return {**record, "findings": _records(report.findings, inputs)}
