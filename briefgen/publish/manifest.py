"""`manifest.json`: what an edition was made from and what came out."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from briefgen.diagnostics.export import as_records
from briefgen.diagnostics.finding import Finding
from briefgen.model.briefing import Briefing
from briefgen.model.verdict import Report

NAME = "manifest.json"


def manifest(
    briefing: Briefing,
    *,
    inputs: Mapping[str, str],
    outputs: Mapping[str, bytes],
    counts: Mapping[str, int | None],
    fonts: Mapping[str, str],
    versions: Mapping[str, str],
    findings: Iterable[Finding],
    report: Report,
) -> bytes:
    """The manifest as JSON; it holds no time and no path of the machine.

    Shape: `inputs` and `fonts` map names to SHA-256, `outputs` maps names to contents. `findings`
    are those of all stages, `report` is that of the rules.
    """
    record = {
        "slug": briefing.slug,
        "title": briefing.front.title,
        "brokerage": briefing.brokerage.legal_name,
        "sector": briefing.front.sector,
        "date": briefing.front.date,
        "language": briefing.front.language,
        "issuance": briefing.front.issuance,
        **counts,
        "outputs": {
            name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
            for name, content in sorted(outputs.items())
        },
        "inputs": dict(sorted(inputs.items())),
        "fonts": dict(sorted(fonts.items())),
        "versions": dict(versions),
        "findings": as_records(findings),
        "check": _check(report),
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def _check(report: Report) -> dict[str, Any]:
    parts = {"digest", "scope", "verdicts", "waivers", "attestations"}
    record = report.model_dump(mode="json", include=parts, exclude_none=True)
    return {**record, "findings": as_records(report.findings)}
