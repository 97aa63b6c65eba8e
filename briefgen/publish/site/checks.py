"""The check report of an edition for readers: outcomes, findings, rule by rule."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from briefgen.diagnostics.finding import SEVERITIES, Severity
from briefgen.model.verdict import Outcome, Pack
from briefgen.publish.site.setting import Setting


class _Place(BaseModel):
    file: str
    line: int | None = None


class _Finding(BaseModel):
    code: str
    message: str
    severity: Severity
    place: _Place | None = None


class _Verdict(BaseModel):
    code: str
    name: str
    pack: Pack
    outcome: Outcome
    reasons: tuple[str, ...] = ()


class _Scope(BaseModel):
    pack: Pack
    runs: bool


class _Check(BaseModel):
    digest: str
    scope: tuple[_Scope, ...]
    verdicts: tuple[_Verdict, ...]


class CheckReport(BaseModel):
    """What pages show of a `check-report.json`."""

    findings: tuple[_Finding, ...]
    check: _Check


@dataclass(frozen=True, slots=True)
class Counted:
    """A name and how often it occurs."""

    name: str
    count: int


def shown(report: CheckReport, setting: Setting) -> dict[str, Any]:
    """What the template of an edition takes of the report."""
    check, t = report.check, setting.label
    outcomes = Counter(verdict.outcome for verdict in check.verdicts)
    by_pack = Counter(verdict.pack for verdict in check.verdicts)
    off = [t(f"pack_{one.pack}") for one in check.scope if not one.runs]
    return {
        "outcomes": [Counted(one.replace(" ", "_"), outcomes[one]) for one in Outcome],
        "packs": [Counted(one.pack, by_pack[one.pack]) for one in check.scope if one.runs],
        "packs_off": t("mark_separator").join(off),
        "verdicts": check.verdicts,
        "findings": sorted(report.findings, key=lambda one: SEVERITIES.index(one.severity)),
    }
