"""Findings as workflow commands of GitHub Actions, which shows them beside the lines.

Source: GitHub Docs, "Workflow commands for GitHub Actions".
"""

from __future__ import annotations

from collections.abc import Mapping

from briefgen.diagnostics.finding import Finding, Severity, in_order
from briefgen.diagnostics.place import NamedPlace
from briefgen.pipeline import Checked

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(results: Mapping[str, Checked]) -> str:
    """A line per finding; one that several briefings share stands once."""
    found = dict.fromkeys(
        _command(finding) for checked in results.values() for finding in in_order(checked.findings)
    )
    return "\n".join(found)


def _command(finding: Finding) -> str:
    properties: dict[str, object] = {}
    place = finding.place
    if place is not None:
        properties["file"] = place.file
        if not isinstance(place, NamedPlace):
            end = place.column + place.width - 1
            properties |= {"line": place.line, "col": place.column, "endColumn": end}
    properties["title"] = finding.code
    given = ",".join(f"{name}={_property(str(value))}" for name, value in properties.items())
    text = finding.message + (f"\nhelp: {finding.help}" if finding.help else "")
    return f"::{_COMMANDS[finding.severity]} {given}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
