"""Numbers: bound, sourced, and true to each other."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.numbers.evidence import (
    evidence_after_briefing,
    rate_on_weekend,
    stale_source,
    unsourced_number,
)
from briefgen.check.rules.numbers.growth import (
    compound_growth_differs,
    fall_in_multiples,
    growth_differs,
    growth_sign,
)
from briefgen.check.rules.numbers.growth_prose import growth_in_prose_differs
from briefgen.check.rules.numbers.printed import printed_differs
from briefgen.check.rules.numbers.relations import (
    equality_differs,
    outside_range,
    part_exceeds_whole,
    ratio_differs,
    share_differs,
    sum_differs,
)
from briefgen.check.rules.numbers.statements import (
    only_in_summary,
    summary_differs_from_body,
    two_values_for_one_fact,
)
from briefgen.check.rules.numbers.unbound import unbound_number
from briefgen.diagnostics.finding import Severity

NUMBERS: tuple[Rule, ...] = (
    Rule("CHK101", Severity.ERROR, unbound_number),
    Rule("CHK102", Severity.ERROR, unsourced_number),
    Rule("CHK103", Severity.WARNING, stale_source),
    Rule("CHK104", Severity.ERROR, evidence_after_briefing),
    Rule("CHK105", Severity.WARNING, rate_on_weekend),
    Rule("CHK106", Severity.ERROR, printed_differs),
    Rule("CHK111", Severity.ERROR, growth_differs),
    Rule("CHK112", Severity.ERROR, growth_sign),
    Rule("CHK113", Severity.ERROR, fall_in_multiples),
    Rule("CHK114", Severity.ERROR, part_exceeds_whole),
    Rule("CHK115", Severity.ERROR, sum_differs),
    Rule("CHK116", Severity.ERROR, compound_growth_differs),
    Rule("CHK117", Severity.ERROR, ratio_differs),
    Rule("CHK118", Severity.ERROR, equality_differs),
    Rule("CHK119", Severity.ERROR, outside_range),
    Rule("CHK120", Severity.ERROR, two_values_for_one_fact),
    Rule("CHK121", Severity.ERROR, share_differs),
    Rule("CHK122", Severity.ERROR, summary_differs_from_body),
    Rule("CHK123", Severity.WARNING, only_in_summary),
    Rule("CHK124", Severity.ERROR, growth_in_prose_differs),
)
"""In the order of the codes."""
