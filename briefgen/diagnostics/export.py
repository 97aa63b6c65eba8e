"""Findings for other programs: plain dictionaries that go into JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from briefgen.diagnostics.finding import Finding, in_order


def as_records(findings: Iterable[Finding]) -> list[dict[str, Any]]:
    """Findings as dictionaries: code, severity, message, place (or None), help (or None)."""
    return [asdict(finding) for finding in in_order(findings)]
