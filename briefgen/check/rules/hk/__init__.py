"""The rules of Hong Kong: the SFC's Code of Conduct on research, and the house's own for it."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.hk.analysts import (
    hk_analyst_interest,
    hk_analyst_office,
    hk_certification,
    hk_dealing_blackout,
)
from briefgen.check.rules.hk.interests import (
    hk_banking_relationship,
    hk_interest_of_one_percent,
    hk_market_making,
    hk_officer_of_issuer,
)
from briefgen.check.rules.hk.licences import (
    hk_analyst_not_licensed,
    hk_foreign_research,
    hk_publisher_not_licensed,
)
from briefgen.check.rules.hk.page import hk_negative_statements
from briefgen.check.rules.hk.ratings import (
    hk_rating_table,
    hk_stock_code,
    hk_table_without_rating,
)
from briefgen.check.rules.hk.release import hk_no_banking_approval, hk_quiet_period
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Clause, Mode

_CODE = "SFC Code of Conduct, paragraph"
_ERROR, _WARNING = Severity.ERROR, Severity.WARNING
_DOCUMENT, _FEED, _HUMAN = Mode.DOCUMENT, Mode.FEED, Mode.HUMAN

_TYPE_4 = Clause(text="Securities and Futures Ordinance, Schedule 5, Types 4 and 1", evidence="V2")
_NUMBERS = Clause(
    text="house rule: analysts with their central entity numbers", evidence="I", basis="house"
)
_FIRM = Clause(text=f"{_CODE} 16.5", evidence="V")
_ANALYST = Clause(text=f"{_CODE} 16.4", evidence="M")
_BLACKOUT = Clause(text=f"{_CODE} 16, dealing by analysts", evidence="V2")
_CERTIFICATION = Clause(text=f"{_CODE} 16, certification by analysts", evidence="M")
_CLARITY = Clause(text=f"{_CODE} 16, clear and specific disclosure", evidence="V2")
_QUIET = Clause(text=f"{_CODE} 16, quiet periods of 40 and 10 days", evidence="M")
_TABLE = Clause(text="derived from the duty to disclose clearly", evidence="S", basis="derived")
_MASTER = Clause(text="house rule: codes as in the master", evidence="S", basis="house")
_FOREIGN = Clause(
    text="SFC, Analyst Conflicts of Interest: frequently asked questions, question 2", evidence="V"
)
_BANKING = Clause(text=f"{_CODE} 16.6", evidence="V")

HK: tuple[Rule, ...] = (
    Rule("HK-01", _ERROR, hk_publisher_not_licensed, _TYPE_4, _FEED, blocks=True),
    Rule("HK-02", _ERROR, hk_analyst_not_licensed, _NUMBERS, _FEED),
    Rule("HK-03", _ERROR, hk_interest_of_one_percent, _FIRM, _FEED, blocks=True),
    Rule("HK-04", _ERROR, hk_banking_relationship, _FIRM, _FEED, blocks=True),
    Rule("HK-05", _ERROR, hk_market_making, _FIRM, _FEED, blocks=True),
    Rule("HK-06", _ERROR, hk_officer_of_issuer, _FIRM, _HUMAN, blocks=True),
    Rule("HK-07", _ERROR, hk_analyst_interest, _ANALYST, _HUMAN, blocks=True),
    Rule("HK-08", _ERROR, hk_dealing_blackout, _BLACKOUT, _HUMAN, blocks=True),
    Rule("HK-09", _ERROR, hk_analyst_office, _ANALYST, _HUMAN, blocks=True),
    Rule("HK-10", _ERROR, hk_certification, _CERTIFICATION, _DOCUMENT),
    Rule("HK-11", _ERROR, hk_negative_statements, _CLARITY, _DOCUMENT, needs="both"),
    Rule("HK-12", _ERROR, hk_quiet_period, _QUIET, _FEED, blocks=True),
    Rule("HK-13", _ERROR, hk_rating_table, _TABLE, _DOCUMENT),
    Rule("HK-14", _ERROR, hk_stock_code, _MASTER, _FEED),
    Rule("HK-15", _ERROR, hk_foreign_research, _FOREIGN, _DOCUMENT, blocks=True),
    Rule("HK-16", _ERROR, hk_no_banking_approval, _BANKING, _HUMAN, blocks=True),
    Rule("HK-17", _WARNING, hk_table_without_rating, _TABLE, _DOCUMENT),
)
"""In the order of their codes; the evidence of each clause says how it is known."""
