"""Exhibits: placed, named, captioned, sourced."""

from __future__ import annotations

from briefgen.check.rule import Rule
from briefgen.check.rules.exhibits.captions import caption_on_wrong_exhibit, caption_repeated
from briefgen.check.rules.exhibits.data import (
    mixed_units,
    rank_order,
    source_line_differs,
    timeline_out_of_order,
)
from briefgen.check.rules.exhibits.placing import (
    alt_text,
    exhibit_not_placed,
    exhibit_not_referenced,
    exhibit_placed_twice,
)
from briefgen.diagnostics.finding import Severity
from briefgen.model.verdict import Mode

EXHIBITS: tuple[Rule, ...] = (
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
)
"""In the order of the codes."""
