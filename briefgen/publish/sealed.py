"""The PDF with everything that it carries: from it alone an edition can be looked into."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

from briefgen.diagnostics.finding import SEVERITIES
from briefgen.publish.attachments import Attachment, attach
from briefgen.publish.evidence import NAME as EVIDENCE
from briefgen.publish.manifest import as_json
from briefgen.publish.sources import NAME as SOURCES
from briefgen.publish.workbook import NAME as WORKBOOK

REPORT = "check-report.json"
"""The record of the build with the report of the rules."""

_JSON, _XLSX, _ZIP = (
    "application/json",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/zip",
)
_KINDS = {
    EVIDENCE: (_JSON, "Data"),
    WORKBOOK: (_XLSX, "Data"),
    REPORT: (_JSON, "Supplement"),
    SOURCES: (_ZIP, "Source"),
}
"""Media types, and relationships to the document as PDF/A-3 has them."""


_OF_THE_FIRM = re.compile(r"data/disclosures/.*|(.*/)?(attestations|waivers)(\.[^/]+)?\.yaml")
"""Inputs whose digests say too much: of a short list it can be guessed what stands in it."""


def sealed(
    pdf: bytes,
    record: Mapping[str, Any],
    files: Mapping[str, bytes],
    labels: Mapping[str, str],
    date: str | None,
) -> bytes:
    """A PDF with the record of its build and those of `files` that an edition attaches.

    `date` is that of the attachments, as ISO 8601.
    """
    contents = {**files, REPORT: as_json(for_readers(record))}
    return attach(
        pdf,
        (
            Attachment(name, contents[name], media_type, relationship, labels[_label(name)])
            for name, (media_type, relationship) in _KINDS.items()
            if name in contents
        ),
        date,
    )


def for_readers(record: Mapping[str, Any]) -> dict[str, Any]:
    """The record without what stays in the firm.

    What the checks of a draft or an issued report say rests on lists of the firm, and people of the
    firm stand behind waivers and attestations: readers get the outcome of each rule, no reasons,
    how many findings there were of each severity, and no digests of such lists.
    """
    if record["issuance"] == "reconstruction":
        return dict(record)
    check, severities = record["check"], Counter(one["severity"] for one in record["findings"])
    verdicts = [{k: v for k, v in one.items() if k != "reasons"} for one in check["verdicts"]]
    told = {"digest": check["digest"], "scope": check["scope"], "verdicts": verdicts}
    return {
        **record,
        "inputs": {k: v for k, v in record["inputs"].items() if not _OF_THE_FIRM.fullmatch(k)},
        "findings": [],
        "tally": {severity.value: severities[severity.value] for severity in SEVERITIES},
        "check": told,
    }


def _label(name: str) -> str:
    return "attached_" + name.split(".")[0].replace("-", "_")
