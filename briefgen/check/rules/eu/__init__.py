"""The rules of the European Union on investment recommendations, and that of the United Kingdom."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.eu.calls import (
    change_of_view_unstated,
    meaning_or_sensitivity_missing,
    twelve_month_list_missing,
    untimed_price,
    update_frequency_missing,
    valuation_basis_missing,
)
from briefgen.check.rules.eu.content import (
    doubtful_source_unmarked,
    material_source_unnamed,
    projection_unlabelled,
    view_written_as_fact,
)
from briefgen.check.rules.eu.interests import (
    issuer_shareholding_unstated,
    market_making_or_services_unstated,
    net_position_unstated,
    quarterly_proportions_missing,
)
from briefgen.check.rules.eu.production import (
    alterations_unstated,
    completion_time_missing,
    first_dissemination_missing,
    issuer_sponsorship_unlabelled,
    person_without_job_title,
    producer_or_regulator_unnamed,
    shown_to_issuer_and_amended,
)
from briefgen.check.rules.eu.united_kingdom import marketing_communication_unlabelled
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Clause, Mode


def _article(article: str, evidence: str) -> Clause:
    return Clause(text=f"Delegated Regulation (EU) 2016/958, Art. {article}", evidence=evidence)


EU: tuple[Rule, ...] = (
    Rule(
        "EU-01",
        Severity.ERROR,
        person_without_job_title,
        _article("2(1)", "V"),
        blocks=True,
    ),
    Rule(
        "EU-02",
        Severity.ERROR,
        producer_or_regulator_unnamed,
        _article("2(1)(b), 2(2)", "V"),
        blocks=True,
        needs="both",
    ),
    Rule(
        "EU-03",
        Severity.ERROR,
        view_written_as_fact,
        _article("3(1)(a)", "V"),
        Mode.HEURISTIC,
    ),
    Rule("EU-04", Severity.ERROR, material_source_unnamed, _article("3(1)(b)", "V"), blocks=True),
    Rule("EU-05", Severity.ERROR, doubtful_source_unmarked, _article("3(1)(c)", "V")),
    Rule("EU-06", Severity.ERROR, projection_unlabelled, _article("3(1)(d)", "V"), blocks=True),
    Rule("EU-07", Severity.ERROR, completion_time_missing, _article("3(1)(e)", "V"), blocks=True),
    Rule(
        "EU-08",
        Severity.ERROR,
        shown_to_issuer_and_amended,
        _article("4(1)(a)", "M"),
        Mode.HUMAN,
    ),
    Rule("EU-09", Severity.ERROR, valuation_basis_missing, _article("4(1)(b)–(d)", "M")),
    Rule("EU-10", Severity.ERROR, meaning_or_sensitivity_missing, _article("4(1)(e)", "M")),
    Rule("EU-11", Severity.ERROR, update_frequency_missing, _article("4(1)(f)", "M")),
    Rule("EU-12", Severity.ERROR, untimed_price, _article("4(1)(g)", "M")),
    Rule(
        "EU-13",
        Severity.ERROR,
        change_of_view_unstated,
        _article("4(1)(h)", "M"),
        Mode.FEED,
        blocks=True,
    ),
    Rule(
        "EU-14",
        Severity.ERROR,
        twelve_month_list_missing,
        _article("4(1)(i)", "M"),
        Mode.FEED,
        needs="both",
    ),
    Rule(
        "EU-15",
        Severity.ERROR,
        net_position_unstated,
        _article("6(1)(a)", "V"),
        Mode.FEED,
        blocks=True,
        needs="both",
    ),
    Rule(
        "EU-16",
        Severity.ERROR,
        issuer_shareholding_unstated,
        _article("6(1)(b)", "V"),
        Mode.FEED,
        blocks=True,
        needs="both",
    ),
    Rule(
        "EU-17",
        Severity.ERROR,
        market_making_or_services_unstated,
        _article("6(1)(c)", "V"),
        Mode.FEED,
        blocks=True,
        needs="both",
    ),
    Rule("EU-18", Severity.ERROR, quarterly_proportions_missing, _article("6(3)", "M"), Mode.FEED),
    Rule("EU-19", Severity.ERROR, first_dissemination_missing, _article("8", "M"), blocks=True),
    Rule("EU-20", Severity.ERROR, alterations_unstated, _article("10", "V")),
    Rule(
        "EU-21",
        Severity.ERROR,
        issuer_sponsorship_unlabelled,
        Clause(
            text="Directive (EU) 2024/2811 with the technical standards adopted on 21 May 2026",
            evidence="V2",
        ),
        Mode.HUMAN,
        blocks=True,
    ),
)

UK: tuple[Rule, ...] = (
    Rule(
        "UK-01",
        Severity.ERROR,
        marketing_communication_unlabelled,
        Clause(
            text="COBS 12.3.2R as of 2009; restructured in 2018 after MiFID Org. Reg., Art. 36–37",
            evidence="V",
        ),
        blocks=True,
        needs="edition",
    ),
)
