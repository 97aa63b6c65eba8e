"""Findings and verdicts as a SARIF log.

Source: OASIS, "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from briefgen import __version__
from briefgen.check.rules import RULES
from briefgen.check.settled import told
from briefgen.diagnostics.codes import CODES
from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.diagnostics.place import NamedPlace, Place
from briefgen.model.verdict import Outcome, Report, Verdict
from briefgen.pipeline import Checked

SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
ROOT = "%SRCROOT%"
_KINDS = {
    Outcome.PASS: "pass",
    Outcome.FAIL: "fail",
    Outcome.NEEDS_HUMAN: "review",
    Outcome.NOT_EVALUABLE: "open",
}


def sarif(results: Mapping[str, Checked]) -> str:
    """One run: a result per finding, and one per rule that found nothing.

    What several briefings have alike, such as a mistake in their template, is one result of all.
    """
    entries = _joined(
        entry for slug, checked in results.items() for entry in _results(slug, checked)
    )
    codes = sorted({entry["ruleId"] for entry in entries})
    for entry in entries:
        entry["ruleIndex"] = codes.index(entry["ruleId"])
    driver = {
        "name": "briefgen",
        "semanticVersion": __version__,
        "rules": [_rule(code) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": all(c.report for c in results.values())}],
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"description": {"text": "The workspace."}}},
        "results": entries,
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=1)


def _rule(code: str) -> dict[str, Any]:
    rule = next((rule for rule in RULES if rule.code == code), None)
    known = rule or CODES[code]
    text = rule.explanation if rule else CODES[code].text
    record: dict[str, Any] = {
        "id": code,
        "name": known.name,
        "shortDescription": {"text": text.partition("\n")[0]},
        "fullDescription": {"text": text},
        "help": {"text": text, "markdown": f"```text\n{text}\n```"},
        "defaultConfiguration": {"level": rule.level if rule else known.severity},
    }
    if rule:
        record["properties"] = {"pack": rule.pack, "mode": rule.mode}
        if rule.clause:
            record["properties"]["clause"] = rule.clause.text
    return record


def _results(slug: str, checked: Checked) -> Iterator[dict[str, Any]]:
    report = checked.report
    for finding in in_order(checked.findings):
        yield _result(slug, finding, report)
    found = {finding.code for finding in checked.findings}
    for verdict in report.verdicts if report else ():
        if verdict.code not in found:
            yield _silent(slug, verdict)


def _joined(entries: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Results that differ in nothing but their briefing as one, in their order."""
    found: dict[str, dict[str, Any]] = {}
    for entry in entries:
        alike = json.dumps({**entry, "properties": None})
        names = found.setdefault(alike, entry)["properties"]["briefings"]
        names += [name for name in entry["properties"]["briefings"] if name not in names]
    return list(found.values())


def _result(slug: str, finding: Finding, report: Report | None) -> dict[str, Any]:
    kind = next(
        (
            _KINDS[outcome]
            for outcome in (Outcome.NEEDS_HUMAN, Outcome.NOT_EVALUABLE)
            if finding.message.startswith(f"{outcome}: ")
        ),
        "fail",
    )
    message = finding.message + (f"\n{finding.help}" if finding.help else "")
    record = _record(slug, finding.code, kind, message)
    if kind == "fail":
        record["level"] = finding.severity
    if finding.place:
        record["locations"] = [_location(finding.place)]
    where = finding.place.file if finding.place else f"\0{slug}"
    identity = f"{finding.code}\0{where}\0{finding.message}"
    fingerprint = hashlib.sha256(identity.encode()).hexdigest()
    record["partialFingerprints"] = {"finding/v2": fingerprint}
    if finding.fix is not None and finding.place:
        record["fixes"] = [_fix(finding.place, finding.fix)]
    waivers = [
        waiver
        for waiver in (report.waivers if report else ())
        if waiver.rule == finding.code
        and finding.severity is Severity.NOTE
        and told(waiver) in finding.message
    ]
    if waivers:
        record["suppressions"] = [
            {"kind": "external", "status": "accepted", "justification": told(waiver)}
            for waiver in waivers
        ]
    return record


def _silent(slug: str, verdict: Verdict) -> dict[str, Any]:
    """The result of a rule that found nothing: it passes, or cannot say."""
    message = "; ".join(verdict.reasons) or "passes"
    return _record(slug, verdict.code, _KINDS[verdict.outcome], message)


def _record(slug: str, code: str, kind: str, message: str) -> dict[str, Any]:
    return {
        "ruleId": code,
        "kind": kind,
        "level": "none",
        "message": {"text": message},
        "locations": [{"logicalLocations": [{"name": slug}]}],
        "properties": {"briefings": [slug]},
    }


def _location(place: Place) -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(place)}
    if isinstance(place, NamedPlace):
        return {"physicalLocation": physical, "logicalLocations": [{"name": place.name}]}
    return {"physicalLocation": {**physical, "region": _region(place)}}


def _artifact(place: Place) -> dict[str, Any]:
    return {"uri": quote(place.file), "uriBaseId": ROOT}


def _region(place: Place) -> dict[str, int]:
    return {
        "startLine": place.line,
        "startColumn": place.column,
        "endColumn": place.column + place.width,
    }


def _fix(place: Place, text: str) -> dict[str, Any]:
    replacement = {"deletedRegion": _region(place), "insertedContent": {"text": text}}
    change = {"artifactLocation": _artifact(place), "replacements": [replacement]}
    return {"description": {"text": f"write `{text}`"}, "artifactChanges": [change]}
