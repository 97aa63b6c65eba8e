"""The rules of the United States: FINRA Rule 2241, Regulation AC, Rule 15a-6."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.us.certification import us_certification
from briefgen.check.rules.us.distribution import (
    us_banking_distribution,
    us_distribution_quarter,
    us_rating_distribution,
)
from briefgen.check.rules.us.history import us_price_chart
from briefgen.check.rules.us.interests import (
    us_analyst_interest,
    us_banking_relationship,
    us_market_making,
    us_other_compensation,
    us_ownership_of_one_percent,
)
from briefgen.check.rules.us.page import us_compendium, us_prominence
from briefgen.check.rules.us.ratings import us_rating_definitions, us_valuation_and_risks
from briefgen.check.rules.us.recipients import (
    us_recipients,
    us_scope_decision,
    us_supervisory_approval,
    us_third_party_research,
)
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Clause, Mode

_ERROR = Severity.ERROR
_DOCUMENT, _FEED, _HUMAN = Mode.DOCUMENT, Mode.FEED, Mode.HUMAN


def _finra(clause: str, evidence: str) -> Clause:
    return Clause(text=f"FINRA Rule 2241{clause}", evidence=evidence)


_15A6 = Clause(text="Exchange Act Rule 15a-6(a)(2)", evidence="M")
_AC = Clause(text="Regulation AC, 17 CFR 242.501(a)", evidence="V")
_APPROVAL = Clause(text="approval by a supervisory analyst (Series 16)", evidence="V2")

US: tuple[Rule, ...] = (
    Rule("US-01", _ERROR, us_scope_decision, _finra("(a)(11)", "M"), _HUMAN, blocks=True),
    Rule("US-02", _ERROR, us_recipients, _15A6, _FEED, blocks=True),
    Rule("US-03", _ERROR, us_certification, _AC, _DOCUMENT, blocks=True),
    Rule("US-04", _ERROR, us_rating_definitions, _finra("(c)(2)", "V2"), _DOCUMENT, blocks=True),
    Rule(
        "US-05",
        _ERROR,
        us_rating_distribution,
        _finra("(c)(2)(A)", "V2"),
        _FEED,
        blocks=True,
        needs="both",
    ),
    Rule(
        "US-06",
        _ERROR,
        us_banking_distribution,
        _finra("(c)(2)(B)", "V2"),
        _FEED,
        blocks=True,
        needs="both",
    ),
    Rule("US-07", _ERROR, us_distribution_quarter, _finra("(c)(2)(C)", "M"), _DOCUMENT),
    Rule("US-08", _ERROR, us_price_chart, _finra("(c)(3)", "M"), _FEED),
    Rule("US-09", _ERROR, us_analyst_interest, _finra("(c)(4)(A)", "M"), _HUMAN, blocks=True),
    Rule("US-10", _ERROR, us_banking_relationship, _finra("(c)(4)(C)", "V2"), _HUMAN, blocks=True),
    Rule("US-11", _ERROR, us_other_compensation, _finra("(c)(4)(D) and (E)", "V2"), _FEED),
    Rule(
        "US-12", _ERROR, us_ownership_of_one_percent, _finra("(c)(4)(F)", "M"), _FEED, blocks=True
    ),
    Rule("US-13", _ERROR, us_market_making, _finra("(c)(4)(G)", "M"), _FEED, blocks=True),
    Rule(
        "US-14",
        _ERROR,
        us_prominence,
        _finra(", prominence of disclosures", "V2"),
        _DOCUMENT,
        blocks=True,
        needs="edition",
    ),
    Rule("US-15", _ERROR, us_compendium, _finra(", compendium reports", "M"), _DOCUMENT),
    Rule("US-16", _ERROR, us_valuation_and_risks, _finra("(c)(1)", "V2"), _HUMAN),
    Rule("US-17", _ERROR, us_supervisory_approval, _APPROVAL, _HUMAN, blocks=True),
    Rule("US-18", _ERROR, us_third_party_research, _finra("(h)", "M"), _DOCUMENT, needs="both"),
)
"""In the order of their codes; the evidence of each clause says how it is known."""
