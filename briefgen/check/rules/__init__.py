"""All rules, in one table. To add one: a function in a module here, and a line in `RULES`."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.captions import caption_on_wrong_exhibit, caption_repeated
from briefgen.check.rules.cn import CN
from briefgen.check.rules.edition import EDITION
from briefgen.check.rules.eu import EU, UK
from briefgen.check.rules.evidence import (
    evidence_after_briefing,
    rate_on_weekend,
    stale_source,
    unsourced_number,
)
from briefgen.check.rules.exhibit_data import (
    mixed_units,
    rank_order,
    source_line_differs,
    timeline_out_of_order,
)
from briefgen.check.rules.exhibits import (
    alt_text,
    exhibit_not_placed,
    exhibit_not_referenced,
    exhibit_placed_twice,
)
from briefgen.check.rules.growth import (
    compound_growth_differs,
    fall_in_multiples,
    growth_differs,
    growth_sign,
)
from briefgen.check.rules.growth_prose import growth_in_prose_differs
from briefgen.check.rules.hk import HK
from briefgen.check.rules.house import GEN, META
from briefgen.check.rules.issuance import (
    licence_number,
    missing_section,
    ratings_not_defined,
    reconstruction_without_original,
)
from briefgen.check.rules.lists import (
    name_twice,
    profiled_not_recommended,
    recommended_not_profiled,
    summary_list_differs,
    two_stances,
)
from briefgen.check.rules.numbers import unbound_number
from briefgen.check.rules.products import product_before_release, product_with_other_owner
from briefgen.check.rules.prose import (
    directive_mismatch,
    heading_levels,
    link_target,
    paragraph_twice,
)
from briefgen.check.rules.publication import (
    issued_without_licence,
    issued_without_publication,
    reconstruction_with_publication,
)
from briefgen.check.rules.ratings import RATINGS
from briefgen.check.rules.relations import (
    equality_differs,
    outside_range,
    part_exceeds_whole,
    ratio_differs,
    share_differs,
    sum_differs,
)
from briefgen.check.rules.securities import ticker_against_market
from briefgen.check.rules.statements import (
    only_in_summary,
    summary_differs_from_body,
    two_values_for_one_fact,
)
from briefgen.check.rules.typography import half_width_punctuation, unpaired_mark
from briefgen.check.rules.us import US
from briefgen.check.rules.wording import (
    barred_wording,
    placeholder,
    repeated_word,
    spelling_variant,
)
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Mode

RULES: tuple[Rule, ...] = (
    Rule("CHK101", Severity.ERROR, unbound_number),
    Rule("CHK102", Severity.ERROR, unsourced_number),
    Rule("CHK103", Severity.WARNING, stale_source),
    Rule("CHK104", Severity.ERROR, evidence_after_briefing),
    Rule("CHK105", Severity.WARNING, rate_on_weekend),
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
    *RATINGS,
    Rule("CHK301", Severity.WARNING, exhibit_not_placed),
    Rule("CHK302", Severity.ERROR, exhibit_placed_twice),
    Rule("CHK303", Severity.WARNING, caption_repeated),
    Rule("CHK304", Severity.WARNING, caption_on_wrong_exhibit, mode=Mode.HEURISTIC),
    Rule("CHK305", Severity.WARNING, exhibit_not_referenced),
    Rule("CHK306", Severity.WARNING, source_line_differs),
    Rule("CHK307", Severity.WARNING, alt_text),
    Rule("CHK308", Severity.WARNING, mixed_units),
    Rule("CHK309", Severity.WARNING, rank_order),
    Rule("CHK310", Severity.WARNING, timeline_out_of_order),
    Rule("CHK401", Severity.ERROR, reconstruction_without_original),
    Rule("CHK402", Severity.ERROR, licence_number),
    Rule("CHK403", Severity.ERROR, missing_section),
    Rule("CHK404", Severity.WARNING, ratings_not_defined),
    Rule("CHK405", Severity.ERROR, issued_without_publication, blocks=True),
    Rule("CHK406", Severity.ERROR, issued_without_licence, blocks=True),
    Rule("CHK407", Severity.ERROR, reconstruction_with_publication, blocks=True),
    Rule("CHK501", Severity.WARNING, name_twice),
    Rule("CHK502", Severity.ERROR, two_stances),
    Rule("CHK503", Severity.WARNING, recommended_not_profiled),
    Rule("CHK504", Severity.WARNING, profiled_not_recommended),
    Rule("CHK505", Severity.WARNING, summary_list_differs, mode=Mode.HEURISTIC),
    Rule("CHK506", Severity.ERROR, ticker_against_market),
    Rule("CHK507", Severity.WARNING, product_before_release),
    Rule("CHK508", Severity.WARNING, product_with_other_owner),
    Rule("CHK601", Severity.ERROR, placeholder, needs="both"),
    Rule("CHK602", Severity.ERROR, barred_wording, needs="both"),
    Rule("CHK603", Severity.ERROR, heading_levels),
    Rule("CHK604", Severity.WARNING, spelling_variant),
    Rule("CHK605", Severity.WARNING, half_width_punctuation),
    Rule("CHK606", Severity.WARNING, unpaired_mark),
    Rule("CHK607", Severity.WARNING, repeated_word),
    Rule("CHK608", Severity.WARNING, paragraph_twice),
    Rule("CHK609", Severity.ERROR, link_target),
    Rule("CHK610", Severity.ERROR, directive_mismatch),
    *EDITION,
    *CN,
    *HK,
    *US,
    *EU,
    *UK,
    *GEN,
    *META,
)
