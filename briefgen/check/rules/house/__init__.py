"""The rules of the house on quality, and on the metadata that travel with a report."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.house.finished import (
    digest_not_embedded,
    essentials_differ,
    metadata_differ,
    unreadable_type,
)
from briefgen.check.rules.house.records import (
    boilerplate_not_approved,
    contact_block_incomplete,
    related_report_not_earlier,
)
from briefgen.check.rules.house.resting import (
    code_name_or_venue_wrong,
    exhibits_out_of_order,
    fall_by_multiples,
    growth_not_as_computed,
    residue_of_templates,
    result_not_as_computed,
    security_listed_twice,
)
from briefgen.check.rules.house.rixml import (
    industry_without_gics,
    rating_not_mapped,
    rixml_level_one,
    rixml_structure,
    rixml_times_and_status,
)
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Clause, Mode

_ERROR, _WARNING = Severity.ERROR, Severity.WARNING


def _house(subject: str, evidence: str = "S") -> Clause:
    return Clause(text=f"house rule: {subject}", evidence=evidence, basis="house")


_UTC = Clause(text="RIXML 2.5: times, status, language", evidence="V", basis="house")
_GICS = Clause(text="RIXML 2.5: industry classifications", evidence="V", basis="house")
_LEVEL_ONE = Clause(text="RIXML 2.5, Level One", evidence="V", basis="house")
_GROWTH = Clause(
    text="derived from 《发布证券研究报告暂行规定》第九条", evidence="S", basis="derived"
)

GEN: tuple[Rule, ...] = (
    Rule("GEN-01", _ERROR, exhibits_out_of_order, _house("exhibits")),
    Rule(
        "GEN-02",
        _ERROR,
        residue_of_templates,
        _house("nothing left to fill in"),
        blocks=True,
        needs="both",
    ),
    Rule("GEN-03", _ERROR, growth_not_as_computed, _GROWTH),
    Rule("GEN-04", _ERROR, fall_by_multiples, _house("falls")),
    Rule("GEN-05", _ERROR, result_not_as_computed, _house("arithmetic")),
    Rule("GEN-06", _WARNING, security_listed_twice, _house("lists of securities")),
    Rule("GEN-07", _ERROR, code_name_or_venue_wrong, _house("codes", "M"), Mode.FEED),
    Rule("GEN-08", _ERROR, boilerplate_not_approved, _house("approved texts"), blocks=True),
    Rule(
        "GEN-09",
        _ERROR,
        essentials_differ,
        _house("HTML, PDF and metadata agree", "–"),
        blocks=True,
        needs="edition",
    ),
    Rule("GEN-10", _WARNING, related_report_not_earlier, _house("related reports"), Mode.FEED),
    Rule("GEN-11", _WARNING, contact_block_incomplete, _house("contact")),
    Rule("GEN-12", _ERROR, unreadable_type, _house("type", "–"), needs="edition"),
)

META: tuple[Rule, ...] = (
    Rule(
        "META-01",
        _ERROR,
        rixml_structure,
        Clause(text="RIXML Research Standard 2.5", evidence="S", basis="house"),
    ),
    Rule("META-02", _WARNING, industry_without_gics, _GICS),
    Rule("META-03", _ERROR, rixml_times_and_status, _UTC),
    Rule("META-04", _ERROR, rixml_level_one, _LEVEL_ONE),
    Rule("META-05", _ERROR, rating_not_mapped, _house("ratings mapped by a version")),
    Rule(
        "META-06",
        _WARNING,
        metadata_differ,
        Clause(text="schema.org Report; PDF metadata", evidence="V", basis="house"),
        needs="edition",
    ),
    Rule(
        "META-07",
        _ERROR,
        digest_not_embedded,
        _house("what was checked is what goes out", "–"),
        blocks=True,
        needs="edition",
    ),
)
