"""Lists of securities, products and names."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.lists.names import (
    name_twice,
    profiled_not_recommended,
    recommended_not_profiled,
    two_stances,
)
from briefgen.check.rules.lists.products import product_before_release, product_with_other_owner
from briefgen.check.rules.lists.securities import ticker_against_market
from briefgen.check.rules.lists.stances import summary_list_differs
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Mode

LISTS: tuple[Rule, ...] = (
    Rule("CHK501", Severity.WARNING, name_twice),
    Rule("CHK502", Severity.ERROR, two_stances),
    Rule("CHK503", Severity.WARNING, recommended_not_profiled),
    Rule("CHK504", Severity.WARNING, profiled_not_recommended),
    Rule("CHK505", Severity.WARNING, summary_list_differs, mode=Mode.HEURISTIC),
    Rule("CHK506", Severity.ERROR, ticker_against_market),
    Rule("CHK507", Severity.WARNING, product_before_release),
    Rule("CHK508", Severity.WARNING, product_with_other_owner),
)
"""In the order of the codes."""
